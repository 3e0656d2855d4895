<?php
// Платёж оплачен частично: берёт остаток, ещё один QR-код. Запуск: php pay-rest.php ТРАНЗАКЦИЯ

function call(string $path, ?array $body = null): array
{
    global $argv;
    $curl = curl_init(getenv('BYFLY_URL') . "/api/payment/{$argv[1]}$path");
    curl_setopt_array($curl, [
        CURLOPT_HTTPHEADER => [
            'X-API-Token: ' . getenv('BYFLY_API_TOKEN'),
            'Content-Type: application/json',
        ],
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_TIMEOUT => 70,
    ] + ($body === null ? [] : [CURLOPT_POSTFIELDS => json_encode($body)]));
    $answer = json_decode((string) curl_exec($curl), true);
    if (!($answer['success'] ?? false)) {
        throw new RuntimeException(($answer['code'] ?? '') . ': ' . ($answer['message'] ?? curl_error($curl)));
    }
    return $answer['data'];
}

$status = call('/status');
if ($status['status'] !== 'partially_paid') {
    throw new RuntimeException("Доплачивать нечего: {$status['status']}");
}
echo 'Осталось ', $status['remaining_amount'], "\n";
// Без amount берётся весь остаток; его цена зависит от способа.
$rest = call('/kaspi', ['payment_method' => 'kaspi_gold']);
echo 'К оплате ', $rest['charge_amount'], "\n";
echo 'QR-код ', $rest['qr_code'], "\n";
