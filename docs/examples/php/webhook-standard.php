<?php
// Принимает вебхуки и проверяет подпись Standard Webhooks: она защищает и от повтора старых запросов.
// php -S 127.0.0.1:8080 webhook-standard.php

const TOLERANCE_SECONDS = 5 * 60;

function isSigned(string $body): bool
{
    $id = $_SERVER['HTTP_WEBHOOK_ID'] ?? '';
    $timestamp = $_SERVER['HTTP_WEBHOOK_TIMESTAMP'] ?? '';
    if (!ctype_digit($timestamp) || abs(time() - (int) $timestamp) > TOLERANCE_SECONDS) {
        return false;
    }
    $key = base64_decode(substr(getenv('BYFLY_WEBHOOK_SECRET'), strlen('whsec_')));
    $expected = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));
    // После смены секрета подписей две: годится любая.
    foreach (explode(' ', $_SERVER['HTTP_WEBHOOK_SIGNATURE'] ?? '') as $signature) {
        if (hash_equals($expected, $signature)) {
            return true;
        }
    }
    return false;
}

$body = file_get_contents('php://input');
if (!isSigned($body)) {
    http_response_code(401);
    exit;
}

http_response_code(200);
echo 'OK';
if (function_exists('fastcgi_finish_request')) {
    fastcgi_finish_request();
}

$payment = json_decode($body, true);
if ($payment['status'] === 'paid') {
    error_log("paid {$payment['metadata']['order_id']} {$_SERVER['HTTP_WEBHOOK_ID']}");
}
