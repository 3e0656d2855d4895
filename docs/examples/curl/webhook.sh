#!/usr/bin/env bash
# Проверяет подпись сохранённого вебхука: тело в файле, как пришло, подпись — из X-Webhook-Signature.
# Запуск: bash webhook.sh body.json ПОДПИСЬ
set -euo pipefail
body=$1
signature=$2

expected=$(openssl dgst -sha256 -hmac "$BYFLY_WEBHOOK_SECRET" -r "$body" | cut -d' ' -f1)
if [ "$expected" = "$signature" ]; then
  echo 'Подпись верна'
else
  echo 'Подпись неверна' >&2
  exit 1
fi
