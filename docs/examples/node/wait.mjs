// Ждёт перемен без частых вопросов: каждый запрос длится до 25 секунд и отвечает, как только статус
// изменится. Запуск: node wait.mjs ТРАНЗАКЦИЯ
import { setTimeout as sleep } from 'node:timers/promises'

const { BYFLY_URL, BYFLY_API_TOKEN } = process.env
const [id] = process.argv.slice(2)
const deadline = Date.now() + 5 * 60_000

let status = 'pending'
let wait = 0 // первый ответ сразу
while (['pending', 'processing'].includes(status) && Date.now() < deadline) {
  const response = await fetch(`${BYFLY_URL}/api/payment/${id}/status?wait=${wait}`, {
    headers: { 'X-API-Token': BYFLY_API_TOKEN },
    signal: AbortSignal.timeout(40_000),
  })
  const answer = await response.json()
  wait = 25
  if (answer.success) status = answer.data.status
  else if (!response.headers.has('retry-after'))
    throw new Error(`${answer.code}: ${answer.message}`)
  await sleep(Number(response.headers.get('retry-after') ?? 0) * 1000)
}
console.log(status)
