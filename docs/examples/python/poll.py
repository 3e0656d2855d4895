# Спрашивает статус раз в секунду, не дольше 5 минут. Запуск: python3 poll.py ТРАНЗАКЦИЯ
import os
import sys
import time

import requests

url = f"{os.environ['BYFLY_URL']}/api/payment/{sys.argv[1]}/status"
headers = {"X-API-Token": os.environ["BYFLY_API_TOKEN"]}
deadline = time.monotonic() + 300

status = "pending"
while status in ("pending", "processing") and time.monotonic() < deadline:
    response = requests.get(url, headers=headers, timeout=10)
    answer = response.json()
    if answer["success"]:
        status = answer["data"]["status"]
    elif "Retry-After" not in response.headers:
        raise SystemExit(f"{answer['code']}: {answer['message']}")
    time.sleep(int(response.headers.get("Retry-After", 1)))

# pending и processing здесь значат «ещё идёт»: дождитесь вебхука.
print(status)
