// Отменяет платёж; уже отменённый — тоже успех. Запуск: node cancel.mjs ТРАНЗАКЦИЯ
const { BYFLY_URL, BYFLY_API_TOKEN } = process.env
const [id] = process.argv.slice(2)

const response = await fetch(`${BYFLY_URL}/api/payment/${id}/cancel`, {
  method: 'POST',
  headers: { 'X-API-Token': BYFLY_API_TOKEN },
  signal: AbortSignal.timeout(30_000),
})
const answer = await response.json()
// already_paid: покупатель успел раньше, деньги получены.
if (!answer.success) throw new Error(`${answer.code}: ${answer.message}`)
console.log(answer.message)
