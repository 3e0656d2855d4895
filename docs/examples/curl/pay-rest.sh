#!/usr/bin/env bash
# Платёж оплачен частично: берёт остаток, ещё один QR-код. Запуск: bash pay-rest.sh ТРАНЗАКЦИЯ
set -euo pipefail
id=$1

status=$(curl --silent --show-error --fail-with-body --max-time 30 \
  --header "X-API-Token: $BYFLY_API_TOKEN" \
  "$BYFLY_URL/api/payment/$id/status")
grep --quiet '"status":"partially_paid"' <<<"$status"

# Без amount берётся весь остаток; charge_amount в ответе скажет, сколько это.
curl --silent --show-error --fail-with-body --max-time 70 \
  --header "X-API-Token: $BYFLY_API_TOKEN" \
  --header 'Content-Type: application/json' \
  --data-binary '{"payment_method": "kaspi_gold"}' \
  "$BYFLY_URL/api/payment/$id/kaspi"
