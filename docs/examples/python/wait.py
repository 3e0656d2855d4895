# Ждёт перемен без частых вопросов: каждый запрос длится до 25 секунд и отвечает, как только статус
# изменится. Запуск: python3 wait.py ТРАНЗАКЦИЯ
import os
import sys
import time

import requests

url = f"{os.environ['BYFLY_URL']}/api/payment/{sys.argv[1]}/status"
headers = {"X-API-Token": os.environ["BYFLY_API_TOKEN"]}
deadline = time.monotonic() + 300

status = "pending"
wait = 0  # первый ответ сразу
while status in ("pending", "processing") and time.monotonic() < deadline:
    response = requests.get(url, headers=headers, params={"wait": wait}, timeout=40)
    answer = response.json()
    wait = 25
    if answer["success"]:
        status = answer["data"]["status"]
    elif "Retry-After" not in response.headers:
        raise SystemExit(f"{answer['code']}: {answer['message']}")
    time.sleep(int(response.headers.get("Retry-After", 0)))

print(status)
