#!/usr/bin/env bash
# Создаёт платёж на 10 000 ₸ за заказ. Запуск: bash create.sh order-12345
set -euo pipefail
order=$1

curl --silent --show-error --fail-with-body --max-time 30 \
  --header "X-API-Token: $BYFLY_API_TOKEN" \
  --header 'Content-Type: application/json' \
  --data-binary @- "$BYFLY_URL/api/payment/init" <<JSON
{
  "amount": 1000000,
  "description": "Заказ $order",
  "external_id": "$order",
  "metadata": {"order_id": "$order"}
}
JSON
