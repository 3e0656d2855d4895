# Принимает вебхуки и проверяет X-Webhook-Signature. Запуск: PORT=8080 python3 webhook.py
import hashlib
import hmac
import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from threading import Thread

SECRET = os.environ["BYFLY_WEBHOOK_SECRET"].encode()
events = Queue()


def is_signed(body, signature):
    expected = hmac.new(SECRET, body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), signature.encode())


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        # Подпись — по байтам тела, какими они пришли: не разбирайте и не собирайте JSON заново.
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not is_signed(body, self.headers.get("X-Webhook-Signature", "")):
            self.send_error(401)
            return
        # Сначала ответ, потом работа: на ответ только 10 секунд.
        events.put((self.headers["webhook-id"], json.loads(body)))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()


def handle():
    while True:
        event_id, payment = events.get()
        # Событие может прийти дважды: запомните event_id и пропускайте знакомые.
        if payment["status"] == "paid":
            print("paid", payment["metadata"]["order_id"], event_id, flush=True)


Thread(target=handle, daemon=True).start()
server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8080"))), Receiver)
print("Слушаю", server.server_port, flush=True)
server.serve_forever()
