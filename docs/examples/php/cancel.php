<?php
// Отменяет платёж; уже отменённый — тоже успех. Запуск: php cancel.php ТРАНЗАКЦИЯ

$curl = curl_init(getenv('BYFLY_URL') . "/api/payment/{$argv[1]}/cancel");
curl_setopt_array($curl, [
    CURLOPT_CUSTOMREQUEST => 'POST',
    CURLOPT_HTTPHEADER => ['X-API-Token: ' . getenv('BYFLY_API_TOKEN')],
    CURLOPT_RETURNTRANSFER => true,
    CURLOPT_TIMEOUT => 30,
]);
$answer = json_decode((string) curl_exec($curl), true);

// already_paid: покупатель успел раньше, деньги получены.
if (!($answer['success'] ?? false)) {
    throw new RuntimeException(($answer['code'] ?? '') . ': ' . ($answer['message'] ?? curl_error($curl)));
}
echo $answer['message'], "\n";
