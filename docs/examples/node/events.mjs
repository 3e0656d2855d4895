// Показывает перемены платежа, как только они случаются, до последней. Запуск: node events.mjs ТРАНЗАКЦИЯ
import { setTimeout as sleep } from 'node:timers/promises'

const { BYFLY_URL, BYFLY_API_TOKEN } = process.env
const [id] = process.argv.slice(2)

let lastEventId = ''
let isOver = false
for (let tries = 0; tries < 5 && !isOver; tries += 1) {
  // После обрыва центр продолжит с того, что мы уже видели.
  const response = await fetch(`${BYFLY_URL}/api/payment/${id}/events`, {
    headers: { 'X-API-Token': BYFLY_API_TOKEN, 'Last-Event-ID': lastEventId },
    signal: AbortSignal.timeout(5 * 60_000),
  })
  if (response.status === 204) break
  if (!response.ok) throw new Error(await response.text())
  await readEvents(response.body)
  if (!isOver) await sleep(2000)
}

async function readEvents(stream) {
  let text = ''
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
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
