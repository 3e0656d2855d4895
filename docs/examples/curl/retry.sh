#!/usr/bin/env bash
# Создаёт платёж так, чтобы повтор после обрыва связи не создал второго.
# Запуск: bash retry.sh order-12345
set -euo pipefail
order=$1
# Ключ придумайте до первой попытки и сохраните вместе с заказом.
key="init-$order"

for pause in 1 2 4 8 16; do
  # Ответ, затем строка с кодом HTTP; 000 — ответа нет, и что случилось с запросом, неизвестно.
  answer=$(curl --silent --max-time 30 \
    --header "X-API-Token: $BYFLY_API_TOKEN" \
    --header 'Content-Type: application/json' \
    --header "Idempotency-Key: $key" \
    --data-binary "{\"amount\": 1000000, \"external_id\": \"$order\"}" \
    --write-out '\n%{http_code}' \
    "$BYFLY_URL/api/payment/init" || true)
  case ${answer##*$'\n'} in
    000 | 429 | 5??) sleep "$pause" ;;
    *) break ;;
  esac
done

echo "${answer%$'\n'*}"
grep --quiet '"success":true' <<<"$answer"
