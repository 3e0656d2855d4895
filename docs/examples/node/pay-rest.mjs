// Платёж оплачен частично: берёт остаток, ещё один QR-код. Запуск: node pay-rest.mjs ТРАНЗАКЦИЯ
const { BYFLY_URL, BYFLY_API_TOKEN } = process.env
const [id] = process.argv.slice(2)

async function call(method, path, body) {
  const response = await fetch(`${BYFLY_URL}/api/payment/${id}${path}`, {
    method,
    headers: { 'X-API-Token': BYFLY_API_TOKEN, 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(70_000),
  })
  const answer = await response.json()
  if (!answer.success) throw new Error(`${answer.code}: ${answer.message}`)
  return answer.data
}

const { status, remaining_amount } = await call('GET', '/status')
if (status !== 'partially_paid') throw new Error(`Доплачивать нечего: ${status}`)
console.log('Осталось', remaining_amount)
// Без amount берётся весь остаток; его цена зависит от способа.
const rest = await call('POST', '/kaspi', { payment_method: 'kaspi_gold' })
console.log('К оплате', rest.charge_amount)
console.log('QR-код', rest.qr_code)
