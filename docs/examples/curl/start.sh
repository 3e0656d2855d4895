#!/usr/bin/env bash
# Начинает оплату и показывает QR-код. Пока терминалы заняты, стоит в очереди.
# Запуск: bash start.sh ТРАНЗАКЦИЯ
set -euo pipefail
id=$1
key="start-$id-$(date +%s)"

for _ in {1..20}; do
  # Ключ один на все повторы: второй оплаты не начнётся, что бы ни случилось со связью.
  answer=$(curl --silent --show-error --max-time 70 --include \
    --header "X-API-Token: $BYFLY_API_TOKEN" \
    --header 'Content-Type: application/json' \
    --header "Idempotency-Key: $key" \
    --data-binary '{"payment_method": "kaspi_gold"}' \
    "$BYFLY_URL/api/payment/$id/kaspi")
  body=${answer#*$'\r\n\r\n'}
  retry_after=$(grep -i '^retry-after:' <<<"$answer" | tr -dc '0-9' || true)
  [ -z "$retry_after" ] && break
  sleep "$retry_after"
done

echo "$body"
grep --quiet '"success":true' <<<"$body"
