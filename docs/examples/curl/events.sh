#!/usr/bin/env bash
# Показывает перемены платежа, как только они случаются, до последней. Запуск: bash events.sh ТРАНЗАКЦИЯ
set -euo pipefail
id=$1

curl --silent --show-error --fail-with-body --no-buffer --max-time 660 \
  --header "X-API-Token: $BYFLY_API_TOKEN" \
  --header 'Accept: text/event-stream' \
  "$BYFLY_URL/api/payment/$id/events"
