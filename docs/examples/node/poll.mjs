// Спрашивает статус раз в секунду, не дольше 5 минут. Запуск: node poll.mjs ТРАНЗАКЦИЯ
import { setTimeout as sleep } from 'node:timers/promises'

const { BYFLY_URL, BYFLY_API_TOKEN } = process.env
const [id] = process.argv.slice(2)
const deadline = Date.now() + 5 * 60_000

let status = 'pending'
while (['pending', 'processing'].includes(status) && Date.now() < deadline) {
  const response = await fetch(`${BYFLY_URL}/api/payment/${id}/status`, {
    headers: { 'X-API-Token': BYFLY_API_TOKEN },
    signal: AbortSignal.timeout(10_000),
  })
  const answer = await response.json()
  if (answer.success) status = answer.data.status
  else if (!response.headers.has('retry-after'))
    throw new Error(`${answer.code}: ${answer.message}`)
  await sleep(Number(response.headers.get('retry-after') ?? 1) * 1000)
}
// pending и processing здесь значат «ещё идёт»: дождитесь вебхука.
console.log(status)
