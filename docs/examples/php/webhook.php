<?php
// Принимает вебхуки и проверяет X-Webhook-Signature. Положите на сервер или запустите рядом с собой:
// php -S 127.0.0.1:8080 webhook.php

// Подпись — по байтам тела, какими они пришли: не разбирайте и не собирайте JSON заново.
$body = file_get_contents('php://input');
$expected = hash_hmac('sha256', $body, getenv('BYFLY_WEBHOOK_SECRET'));

if (!hash_equals($expected, $_SERVER['HTTP_X_WEBHOOK_SIGNATURE'] ?? '')) {
    http_response_code(401);
    exit;
}

// Сначала ответ, потом работа: на ответ только 10 секунд.
http_response_code(200);
echo 'OK';
if (function_exists('fastcgi_finish_request')) {
    fastcgi_finish_request();
}

// Событие может прийти дважды: запомните webhook-id и пропускайте знакомые.
$payment = json_decode($body, true);
if ($payment['status'] === 'paid') {
    error_log("paid {$payment['metadata']['order_id']} {$_SERVER['HTTP_WEBHOOK_ID']}");
}
