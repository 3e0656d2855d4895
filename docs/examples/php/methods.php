<?php
// Какими способами могут заплатить ваши покупатели. Запуск: php methods.php

$curl = curl_init(getenv('BYFLY_URL') . '/api/payment-methods');
curl_setopt_array($curl, [
    CURLOPT_HTTPHEADER => ['X-API-Token: ' . getenv('BYFLY_API_TOKEN')],
    CURLOPT_RETURNTRANSFER => true,
    CURLOPT_TIMEOUT => 30,
]);
$answer = json_decode((string) curl_exec($curl), true);

if (!($answer['success'] ?? false)) {
    throw new RuntimeException(($answer['code'] ?? '') . ': ' . ($answer['message'] ?? curl_error($curl)));
}
foreach ($answer['data'] as $method) {
    echo "{$method['code']} {$method['percent']} % {$method['name']}\n";
}
