#!/usr/bin/env bash
# Какие источники вам видны. Токен сотрудника — из login.sh. Запуск: bash sources.sh
set -euo pipefail

curl --silent --show-error --fail-with-body --max-time 30 \
  --header "Authorization: Bearer $BYFLY_STAFF_TOKEN" \
  "$BYFLY_URL/api/admin/sources?limit=100"
