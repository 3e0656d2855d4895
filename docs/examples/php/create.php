<?php
// Создаёт платёж на 10 000 ₸ за заказ. Запуск: php create.php order-12345

$order = $argv[1];
$curl = curl_init(getenv('BYFLY_URL') . '/api/payment/init');
curl_setopt_array($curl, [
    CURLOPT_HTTPHEADER => [
        'X-API-Token: ' . getenv('BYFLY_API_TOKEN'),
        'Content-Type: application/json',
    ],
    CURLOPT_POSTFIELDS => json_encode([
        'amount' => 1_000_000,
        'description' => "Заказ $order",
        'external_id' => $order,
        'metadata' => ['order_id' => $order],
    ]),
    CURLOPT_RETURNTRANSFER => true,
    CURLOPT_TIMEOUT => 30,
]);
$answer = json_decode((string) curl_exec($curl), true);

if (!($answer['success'] ?? false)) {
    throw new RuntimeException(($answer['code'] ?? '') . ': ' . ($answer['message'] ?? curl_error($curl)));
}
echo $answer['data']['transaction_id'], "\n";
// Отправьте покупателя сюда: страница сама покажет QR-код и дождётся оплаты.
echo $answer['data']['checkout_url'], "\n";
