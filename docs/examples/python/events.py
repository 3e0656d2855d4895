# Показывает перемены платежа, как только они случаются, до последней.
# Запуск: python3 events.py ТРАНЗАКЦИЯ
import json
import os
import sys
import time

import requests

url = f"{os.environ['BYFLY_URL']}/api/payment/{sys.argv[1]}/events"
headers = {"X-API-Token": os.environ["BYFLY_API_TOKEN"]}


def watch():
    """True, когда событий больше не будет."""
    # 60 секунд — между знаками жизни, а они приходят каждые 15.
    with requests.get(url, headers=headers, stream=True, timeout=60) as response:
        if response.status_code == 204:
            return True
        if response.status_code != 200:
            print(response.text, file=sys.stderr)
            return response.status_code < 429
        response.encoding = "utf-8"
        event = ""
        for line in response.iter_lines(chunk_size=1, decode_unicode=True):
            name, _, value = line.partition(": ")
            if name == "event":
                event = value
            elif name == "id":
                # После обрыва центр продолжит с того, что мы уже видели.
                headers["Last-Event-ID"] = value
            elif name == "data" and event == "end":
                return True
            elif name == "data" and event == "status":
                print(json.loads(value)["status"], flush=True)
    return False


for _ in range(5):
    try:
        if watch():
            break
    except requests.RequestException as error:
        print(error, file=sys.stderr)
    time.sleep(2)
