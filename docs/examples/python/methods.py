# Какими способами могут заплатить ваши покупатели. Запуск: python3 methods.py
import os

import requests

response = requests.get(
    f"{os.environ['BYFLY_URL']}/api/payment-methods",
    headers={"X-API-Token": os.environ["BYFLY_API_TOKEN"]},
    timeout=30,
)
answer = response.json()
if not answer["success"]:
    raise SystemExit(f"{answer['code']}: {answer['message']}")
for method in answer["data"]:
    print(method["code"], f"{method['percent']} %", method["name"])
