# Создаёт платёж на 10 000 ₸ за заказ. Запуск: python3 create.py order-12345
import os
import sys

import requests

order = sys.argv[1]
response = requests.post(
    f"{os.environ['BYFLY_URL']}/api/payment/init",
    headers={"X-API-Token": os.environ["BYFLY_API_TOKEN"]},
    json={
        "amount": 1_000_000,
        "description": f"Заказ {order}",
        "external_id": order,
        "metadata": {"order_id": order},
    },
    timeout=30,
)
answer = response.json()
if not answer["success"]:
    raise SystemExit(f"{answer['code']}: {answer['message']}")
print(answer["data"]["transaction_id"])
# Отправьте покупателя сюда: страница сама покажет QR-код и дождётся оплаты.
print(answer["data"]["checkout_url"])
