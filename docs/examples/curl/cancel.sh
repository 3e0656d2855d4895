#!/usr/bin/env bash
# Отменяет платёж; уже отменённый — тоже успех. Запуск: bash cancel.sh ТРАНЗАКЦИЯ
set -euo pipefail
id=$1

curl --silent --show-error --fail-with-body --max-time 30 --request POST \
  --header "X-API-Token: $BYFLY_API_TOKEN" \
  "$BYFLY_URL/api/payment/$id/cancel"
