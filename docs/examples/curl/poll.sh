#!/usr/bin/env bash
# Спрашивает статус раз в секунду, не дольше 5 минут. Запуск: bash poll.sh ТРАНЗАКЦИЯ
set -euo pipefail
id=$1
deadline=$((SECONDS + 300))

while [ "$SECONDS" -lt "$deadline" ]; do
  answer=$(curl --silent --show-error --max-time 10 \
    --header "X-API-Token: $BYFLY_API_TOKEN" \
    "$BYFLY_URL/api/payment/$id/status" || true)
  status=$(sed -n 's/.*"status":"\([a-z_]*\)".*/\1/p' <<<"$answer")
  case $status in
    paid) echo paid; exit 0 ;;
    cancelled | failed | partially_paid) echo "$status"; exit 1 ;;
  esac
  sleep 1
done

echo 'Платёж ещё идёт: дождитесь вебхука'
exit 2
