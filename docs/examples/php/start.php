<?php
// Начинает оплату и показывает QR-код. Пока терминалы заняты, стоит в очереди.
// Запуск: php start.php ТРАНЗАКЦИЯ

$retryAfter = null;
$curl = curl_init(getenv('BYFLY_URL') . "/api/payment/{$argv[1]}/kaspi");
curl_setopt_array($curl, [
    CURLOPT_HTTPHEADER => [
        'X-API-Token: ' . getenv('BYFLY_API_TOKEN'),
        'Content-Type: application/json',
        // Ключ один на все повторы: второй оплаты не начнётся, что бы ни случилось со связью.
        'Idempotency-Key: ' . bin2hex(random_bytes(16)),
    ],
    CURLOPT_POSTFIELDS => json_encode(['payment_method' => 'kaspi_gold']),
    CURLOPT_HEADERFUNCTION => function ($curl, string $header) use (&$retryAfter): int {
        if (stripos($header, 'retry-after:') === 0) {
            $retryAfter = (int) substr($header, 12);
        }
        return strlen($header);
    },
    CURLOPT_RETURNTRANSFER => true,
    CURLOPT_TIMEOUT => 70,
]);

for ($tries = 0; $tries < 20; $tries++) {
    $retryAfter = null;
    $answer = json_decode((string) curl_exec($curl), true);
    if ($retryAfter === null) {
        break;
    }
    if (isset($answer['queue'])) {
        fwrite(STDERR, "В очереди: {$answer['queue']['position']}\n");
    }
    sleep($retryAfter);
}

if (!($answer['success'] ?? false)) {
    throw new RuntimeException(($answer['code'] ?? '') . ': ' . ($answer['message'] ?? curl_error($curl)));
}
echo 'QR-код ', $answer['data']['qr_code'], "\n";
echo 'Картинка для <img> ', $answer['data']['qr_image_url'], "\n";
echo 'Кнопка на телефоне ', $answer['data']['payment_url'], "\n";
