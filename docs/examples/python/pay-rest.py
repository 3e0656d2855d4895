# Платёж оплачен частично: берёт остаток, ещё один QR-код. Запуск: python3 pay-rest.py ТРАНЗАКЦИЯ
import os
import sys

import requests

payment = f"{os.environ['BYFLY_URL']}/api/payment/{sys.argv[1]}"
headers = {"X-API-Token": os.environ["BYFLY_API_TOKEN"]}


def data_of(response):
    answer = response.json()
    if not answer["success"]:
        raise SystemExit(f"{answer['code']}: {answer['message']}")
    return answer["data"]


status = data_of(requests.get(f"{payment}/status", headers=headers, timeout=30))
if status["status"] != "partially_paid":
    raise SystemExit(f"Доплачивать нечего: {status['status']}")
print("Осталось", status["remaining_amount"])
# Без amount берётся весь остаток; его цена зависит от способа.
rest = data_of(
    requests.post(
        f"{payment}/kaspi", headers=headers, json={"payment_method": "kaspi_gold"}, timeout=70
    )
)
print("К оплате", rest["charge_amount"])
print("QR-код", rest["qr_code"])
