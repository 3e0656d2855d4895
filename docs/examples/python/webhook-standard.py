# Принимает вебхуки и проверяет подпись Standard Webhooks: она защищает и от повтора старых запросов.
# Запуск: PORT=8080 python3 webhook-standard.py
import base64
import hashlib
import hmac
import json
import os
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from threading import Thread

KEY = base64.b64decode(os.environ["BYFLY_WEBHOOK_SECRET"].removeprefix("whsec_"))
TOLERANCE_SECONDS = 5 * 60
events = Queue()


def is_signed(body, headers):
    timestamp = headers.get("webhook-timestamp", "")
    if not timestamp.isdecimal() or abs(time.time() - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    text = f"{headers.get('webhook-id', '')}.{timestamp}.".encode() + body
    digest = hmac.new(KEY, text, hashlib.sha256).digest()
    expected = b"v1," + base64.b64encode(digest)
    # После смены секрета подписей две: годится любая.
    given = headers.get("webhook-signature", "").encode().split(b" ")
    return any(hmac.compare_digest(expected, signature) for signature in given)


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not is_signed(body, self.headers):
            self.send_error(401)
            return
        events.put((self.headers["webhook-id"], json.loads(body)))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()


def handle():
    while True:
        event_id, payment = events.get()
        if payment["status"] == "paid":
            print("paid", payment["metadata"]["order_id"], event_id, flush=True)


Thread(target=handle, daemon=True).start()
server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8080"))), Receiver)
print("Слушаю", server.server_port, flush=True)
server.serve_forever()
