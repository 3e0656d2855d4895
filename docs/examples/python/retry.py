# Создаёт платёж так, чтобы повтор после обрыва связи не создал второго.
# Запуск: python3 retry.py order-12345
import os
import sys
import time

import requests

order = sys.argv[1]
headers = {
    "X-API-Token": os.environ["BYFLY_API_TOKEN"],
    # Ключ придумайте до первой попытки и сохраните вместе с заказом.
    "Idempotency-Key": f"init-{order}",
}


def init():
    try:
        response = requests.post(
            f"{os.environ['BYFLY_URL']}/api/payment/init",
            headers=headers,
            json={"amount": 1_000_000, "external_id": order},
            timeout=30,
        )
        may_retry = response.status_code == 429 or response.status_code >= 500
        return None if may_retry else response.json()
    except requests.RequestException:
        # Ответа нет, и что случилось с запросом, неизвестно: повторяем с тем же ключом.
        return None


answer = init()
for seconds in (1, 2, 4, 8):
    if answer is not None:
        break
    time.sleep(seconds)
    answer = init()

if answer is None:
    raise SystemExit("Центр не отвечает: повторите позже с тем же ключом")
if not answer["success"]:
    raise SystemExit(f"{answer['code']}: {answer['message']}")
print(answer["data"]["transaction_id"])
