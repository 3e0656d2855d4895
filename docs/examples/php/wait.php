<?php
// Ждёт перемен без частых вопросов: каждый запрос длится до 25 секунд и отвечает, как только статус
// изменится. Запуск: php wait.php ТРАНЗАКЦИЯ

$url = getenv('BYFLY_URL') . "/api/payment/{$argv[1]}/status";
$curl = curl_init();
curl_setopt_array($curl, [
    CURLOPT_HTTPHEADER => ['X-API-Token: ' . getenv('BYFLY_API_TOKEN')],
    CURLOPT_RETURNTRANSFER => true,
    CURLOPT_TIMEOUT => 40,
]);
$deadline = time() + 300;

$status = 'pending';
$wait = 0; // первый ответ сразу
while (in_array($status, ['pending', 'processing'], true) && time() < $deadline) {
    curl_setopt($curl, CURLOPT_URL, "$url?wait=$wait");
    $answer = json_decode((string) curl_exec($curl), true);
    $httpCode = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
    $wait = 25;
    if ($answer['success'] ?? false) {
        $status = $answer['data']['status'];
    } elseif (in_array($httpCode, [400, 401, 403, 404], true)) {
        throw new RuntimeException("{$answer['code']}: {$answer['message']}");
    } else {
        sleep(1);
    }
}

echo $status, "\n";
