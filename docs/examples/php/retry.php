<?php
// Создаёт платёж так, чтобы повтор после обрыва связи не создал второго. Запуск: php retry.php order-12345

$order = $argv[1];
$curl = curl_init(getenv('BYFLY_URL') . '/api/payment/init');
curl_setopt_array($curl, [
    CURLOPT_HTTPHEADER => [
        'X-API-Token: ' . getenv('BYFLY_API_TOKEN'),
        'Content-Type: application/json',
        // Ключ придумайте до первой попытки и сохраните вместе с заказом.
        "Idempotency-Key: init-$order",
    ],
    CURLOPT_POSTFIELDS => json_encode(['amount' => 1_000_000, 'external_id' => $order]),
    CURLOPT_RETURNTRANSFER => true,
    CURLOPT_TIMEOUT => 30,
]);

foreach ([1, 2, 4, 8, 16] as $pause) {
    $body = curl_exec($curl);
    $httpCode = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
    // Ответа нет, и что случилось с запросом, неизвестно: повторяем с тем же ключом.
    if ($body !== false && $httpCode !== 429 && $httpCode < 500) {
        break;
    }
    sleep($pause);
}

$answer = json_decode((string) $body, true);
if (!($answer['success'] ?? false)) {
    throw new RuntimeException(($answer['code'] ?? '') . ': ' . ($answer['message'] ?? curl_error($curl)));
}
echo $answer['data']['transaction_id'], "\n";
