<?php
// Показывает перемены платежа, как только они случаются, до последней. Запуск: php events.php ТРАНЗАКЦИЯ

$lastEventId = '';
$isOver = false;
$readEvent = function (string $event) use (&$lastEventId, &$isOver): void {
    preg_match_all('/^(\w+): (.*)$/m', $event, $lines);
    $fields = array_combine($lines[1], $lines[2]);
    $lastEventId = $fields['id'] ?? $lastEventId;
    $name = $fields['event'] ?? '';
    $isOver = $isOver || $name === 'end';
    if ($name === 'status') {
        echo json_decode($fields['data'], true)['status'], "\n";
    }
};

for ($tries = 0; $tries < 5 && !$isOver; $tries++) {
    $text = '';
    $curl = curl_init(getenv('BYFLY_URL') . "/api/payment/{$argv[1]}/events");
    curl_setopt_array($curl, [
        // После обрыва центр продолжит с того, что мы уже видели.
        CURLOPT_HTTPHEADER => [
            'X-API-Token: ' . getenv('BYFLY_API_TOKEN'),
            'Accept: text/event-stream',
            "Last-Event-ID: $lastEventId",
        ],
        CURLOPT_WRITEFUNCTION => function ($curl, string $part) use (&$text, $readEvent): int {
            $events = explode("\n\n", $text . $part);
            $text = array_pop($events);
            array_walk($events, $readEvent);
            return strlen($part);
        },
        CURLOPT_FAILONERROR => true,
        CURLOPT_TIMEOUT => 660,
    ]);
    curl_exec($curl);
    $httpCode = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
    $isOver = $isOver || $httpCode === 204 || ($httpCode >= 400 && $httpCode < 429);
    if (!$isOver) {
        sleep(2);
    }
}
