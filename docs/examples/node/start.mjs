// Начинает оплату и показывает QR-код. Пока терминалы заняты, стоит в очереди.
// Запуск: node start.mjs ТРАНЗАКЦИЯ
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

const { BYFLY_URL, BYFLY_API_TOKEN } = process.env
const [id] = process.argv.slice(2)
// Ключ один на все повторы: второй оплаты не начнётся, что бы ни случилось со связью.
const key = randomUUID()

async function start() {
  const response = await fetch(`${BYFLY_URL}/api/payment/${id}/kaspi`, {
    method: 'POST',
    headers: {
      'X-API-Token': BYFLY_API_TOKEN,
      'Content-Type': 'application/json',
      'Idempotency-Key': key,
    },
    body: JSON.stringify({ payment_method: 'kaspi_gold' }),
    signal: AbortSignal.timeout(70_000),
  })
  return { answer: await response.json(), retryAfter: response.headers.get('retry-after') }
}

let { answer, retryAfter } = await start()
for (let tries = 1; tries < 20 && retryAfter !== null; tries += 1) {
  if (answer.queue) console.error(`В очереди: ${answer.queue.position}`)
  await sleep(Number(retryAfter) * 1000)
  ;({ answer, retryAfter } = await start())
}
if (!answer.success) throw new Error(`${answer.code}: ${answer.message}`)
const { qr_code, qr_image_url, payment_url } = answer.data
console.log('QR-код', qr_code)
console.log('Картинка для <img>', qr_image_url)
console.log('Кнопка на телефоне', payment_url)
