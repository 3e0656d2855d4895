// Принимает вебхуки и проверяет подпись Standard Webhooks: она защищает и от повтора старых запросов.
// Запуск: PORT=8080 node webhook-standard.mjs
import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'

const { BYFLY_WEBHOOK_SECRET = '', PORT = '8080' } = process.env
const key = Buffer.from(BYFLY_WEBHOOK_SECRET.replace(/^whsec_/, ''), 'base64')
const TOLERANCE_SECONDS = 5 * 60

function isSigned(body, headers) {
  const id = headers['webhook-id'] ?? ''
  const timestamp = headers['webhook-timestamp'] ?? ''
  if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) <= TOLERANCE_SECONDS)) return false
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest()
  // После смены секрета подписей две: годится любая.
  return (headers['webhook-signature'] ?? '').split(' ').some((signature) => {
    const given = Buffer.from(signature.replace(/^v1,/, ''), 'base64')
    return given.length === expected.length && timingSafeEqual(given, expected)
  })
}

const server = createServer(async (request, response) => {
  const body = Buffer.concat(await Array.fromAsync(request))
  if (!isSigned(body, request.headers)) {
    response.writeHead(401).end()
    return
  }
  response.writeHead(200).end('OK')
  setImmediate(handle, request.headers['webhook-id'], JSON.parse(body))
})

function handle(id, payment) {
  if (payment.status === 'paid') console.log('paid', payment.metadata.order_id, id)
}

server.listen(Number(PORT), '127.0.0.1', () => console.log('Слушаю', server.address().port))
