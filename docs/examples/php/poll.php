<?php
// Спрашивает статус раз в секунду, не дольше 5 минут. Запуск: php poll.php ТРАНЗАКЦИЯ

$curl = curl_init(getenv('BYFLY_URL') . "/api/payment/{$argv[1]}/status");
curl_setopt_array($curl, [
    CURLOPT_HTTPHEADER => ['X-API-Token: ' . getenv('BYFLY_API_TOKEN')],
    CURLOPT_RETURNTRANSFER => true,
    CURLOPT_TIMEOUT => 10,
]);
$deadline = time() + 300;

$status = 'pending';
while (in_array($status, ['pending', 'processing'], true) && time() < $deadline) {
    $answer = json_decode((string) curl_exec($curl), true);
    $httpCode = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
    if ($answer['success'] ?? false) {
        $status = $answer['data']['status'];
    } elseif (in_array($httpCode, [400, 401, 403, 404], true)) {
        throw new RuntimeException("{$answer['code']}: {$answer['message']}");
    }
    sleep(1);
}

// pending и processing здесь значат «ещё идёт»: дождитесь вебхука.
echo $status, "\n";
