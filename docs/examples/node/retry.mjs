// Создаёт платёж так, чтобы повтор после обрыва связи не создал второго. Запуск: node retry.mjs order-12345
import { setTimeout as sleep } from 'node:timers/promises'

const { BYFLY_URL, BYFLY_API_TOKEN } = process.env
const [order] = process.argv.slice(2)
// Ключ придумайте до первой попытки и сохраните вместе с заказом.
const key = `init-${order}`

async function init() {
  try {
    const response = await fetch(`${BYFLY_URL}/api/payment/init`, {
      method: 'POST',
      headers: {
        'X-API-Token': BYFLY_API_TOKEN,
        'Content-Type': 'application/json',
        'Idempotency-Key': key,
      },
      body: JSON.stringify({ amount: 1_000_000, external_id: order }),
      signal: AbortSignal.timeout(30_000),
    })
    const mayRetry = response.status === 429 || response.status >= 500
    return mayRetry ? null : await response.json()
  } catch {
    // Ответа нет, и что случилось с запросом, неизвестно: повторяем с тем же ключом.
    return null
  }
}

let answer = await init()
for (const seconds of [1, 2, 4, 8]) {
  if (answer !== null) break
  await sleep(seconds * 1000)
  answer = await init()
}
if (answer === null) throw new Error('Центр не отвечает: повторите позже с тем же ключом')
if (!answer.success) throw new Error(`${answer.code}: ${answer.message}`)
console.log(answer.data.transaction_id)
