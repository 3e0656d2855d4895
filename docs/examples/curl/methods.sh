#!/usr/bin/env bash
# Какими способами могут заплатить ваши покупатели. Запуск: bash methods.sh
set -euo pipefail

curl --silent --show-error --fail-with-body --max-time 30 \
  --header "X-API-Token: $BYFLY_API_TOKEN" \
  "$BYFLY_URL/api/payment-methods"
