// Показывает перемены платежа, как только они случаются, до последней. Запуск: node events.mjs ТРАНЗАКЦИЯ
import { setTimeout as sleep } from 'node:timers/promises'

const { BYFLY_URL, BYFLY_API_TOKEN } = process.env
const [id] = process.argv.slice(2)

let lastEventId = ''
let isOver = false

async function watch() {
  const response = await fetch(`${BYFLY_URL}/api/payment/${id}/events`, {
    // После обрыва центр продолжит с того, что мы уже видели.
    headers: { 'X-API-Token': BYFLY_API_TOKEN, 'Last-Event-ID': lastEventId },
    signal: AbortSignal.timeout(11 * 60_000),
  })
  isOver = response.status === 204 || (response.status >= 400 && response.status < 429)
  if (!response.ok) throw new Error(await response.text())
  let text = ''
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const events = (text + chunk).split('\n\n')
    text = events.pop()
    for (const event of events) readEvent(event)
  }
}

function readEvent(event) {
  const fields = Object.fromEntries(event.split('\n').map((line) => line.split(/: (.*)/s, 2)))
  lastEventId = fields.id ?? lastEventId
  if (fields.event === 'end') isOver = true
  if (fields.event === 'status') console.log(JSON.parse(fields.data).status)
}

for (let tries = 0; tries < 5 && !isOver; tries += 1) {
  await watch().catch((error) => console.error(error.message))
  if (!isOver) await sleep(2000)
}
