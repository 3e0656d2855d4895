#!/usr/bin/env bash
# Входит сотрудником: отправляет код, спрашивает его и печатает токен на 12 часов.
# Запуск: BYFLY_STAFF_TOKEN=$(bash login.sh +77780021666)
set -euo pipefail
phone=$1

curl --silent --show-error --fail-with-body --max-time 30 \
  --header 'Content-Type: application/json' \
  --data-binary "{\"phone\": \"$phone\"}" \
  "$BYFLY_URL/api/auth/send-code" >&2
read -r -p 'Код из SMS: ' code

# При включённом втором факторе добавьте в тело "totp" — код из приложения.
answer=$(curl --silent --show-error --fail-with-body --max-time 30 \
  --header 'Content-Type: application/json' \
  --data-binary "{\"phone\": \"$phone\", \"code\": \"$code\"}" \
  "$BYFLY_URL/api/auth/verify") || { echo "$answer" >&2; exit 1; }
sed -n 's/.*"token":"\([^"]*\)".*/\1/p' <<<"$answer"
