// Создаёт платёж на 10 000 ₸ за заказ. Запуск: node create.mjs order-12345
const { BYFLY_URL, BYFLY_API_TOKEN } = process.env
const [order] = process.argv.slice(2)

const response = await fetch(`${BYFLY_URL}/api/payment/init`, {
  method: 'POST',
  headers: { 'X-API-Token': BYFLY_API_TOKEN, 'Content-Type': 'application/json' },
  body: JSON.stringify({
    amount: 1_000_000,
    description: `Заказ ${order}`,
    external_id: order,
    metadata: { order_id: order },
  }),
  signal: AbortSignal.timeout(30_000),
})
const answer = await response.json()
if (!answer.success) throw new Error(`${answer.code}: ${answer.message}`)
console.log(answer.data.transaction_id)
// Отправьте покупателя сюда: страница сама покажет QR-код и дождётся оплаты.
console.log(answer.data.checkout_url)
