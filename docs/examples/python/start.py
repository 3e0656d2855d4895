# Начинает оплату и показывает QR-код. Пока терминалы заняты, стоит в очереди.
# Запуск: python3 start.py ТРАНЗАКЦИЯ
import os
import sys
import time
import uuid

import requests

url = f"{os.environ['BYFLY_URL']}/api/payment/{sys.argv[1]}/kaspi"
headers = {
    "X-API-Token": os.environ["BYFLY_API_TOKEN"],
    # Ключ один на все повторы: второй оплаты не начнётся, что бы ни случилось со связью.
    "Idempotency-Key": str(uuid.uuid4()),
}

for _ in range(20):
    response = requests.post(
        url, headers=headers, json={"payment_method": "kaspi_gold"}, timeout=70
    )
    answer = response.json()
    if "Retry-After" not in response.headers:
        break
    if "queue" in answer:
        print("В очереди:", answer["queue"]["position"], file=sys.stderr)
    time.sleep(int(response.headers["Retry-After"]))

if not answer["success"]:
    raise SystemExit(f"{answer['code']}: {answer['message']}")
print("QR-код", answer["data"]["qr_code"])
print("Картинка для <img>", answer["data"]["qr_image_url"])
print("Кнопка на телефоне", answer["data"]["payment_url"])
