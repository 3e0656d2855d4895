#!/usr/bin/env bash
# Ждёт перемен без частых вопросов: каждый запрос длится до 25 секунд и отвечает, как только статус
# изменится. Запуск: bash wait.sh ТРАНЗАКЦИЯ
set -euo pipefail
id=$1
deadline=$((SECONDS + 300))
wait=0 # первый ответ сразу

while [ "$SECONDS" -lt "$deadline" ]; do
  answer=$(curl --silent --show-error --max-time 40 \
    --header "X-API-Token: $BYFLY_API_TOKEN" \
    "$BYFLY_URL/api/payment/$id/status?wait=$wait" || true)
  status=$(sed -n 's/.*"status":"\([a-z_]*\)".*/\1/p' <<<"$answer")
  wait=25
  case $status in
    pending | processing) ;;
    '') sleep 1 ;;
    *) echo "$status"; exit 0 ;;
  esac
done

echo 'Платёж ещё идёт: дождитесь вебхука'
exit 2
