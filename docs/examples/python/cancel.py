# Отменяет платёж; уже отменённый — тоже успех. Запуск: python3 cancel.py ТРАНЗАКЦИЯ
import os
import sys

import requests

response = requests.post(
    f"{os.environ['BYFLY_URL']}/api/payment/{sys.argv[1]}/cancel",
    headers={"X-API-Token": os.environ["BYFLY_API_TOKEN"]},
    timeout=30,
)
answer = response.json()
# already_paid: покупатель успел раньше, деньги получены.
if not answer["success"]:
    raise SystemExit(f"{answer['code']}: {answer['message']}")
print(answer["message"])
