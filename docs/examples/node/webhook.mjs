// Принимает вебхуки и проверяет X-Webhook-Signature. Запуск: PORT=8080 node webhook.mjs
import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'

const { BYFLY_WEBHOOK_SECRET, PORT = '8080' } = process.env

function isSigned(body, signature) {
  const expected = createHmac('sha256', BYFLY_WEBHOOK_SECRET).update(body).digest()
  const given = Buffer.from(signature, 'hex')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

const server = createServer(async (request, response) => {
  // Подпись — по байтам тела, какими они пришли: не разбирайте и не собирайте JSON заново.
  const body = Buffer.concat(await Array.fromAsync(request))
  if (!isSigned(body, request.headers['x-webhook-signature'] ?? '')) {
    response.writeHead(401).end()
    return
  }
  response.writeHead(200).end('OK')
  // Работа — после ответа: у него только 10 секунд.
  setImmediate(handle, request.headers['webhook-id'], JSON.parse(body))
})

function handle(id, payment) {
  // Событие может прийти дважды: запомните id и пропускайте знакомые.
  if (payment.status === 'paid') console.log('paid', payment.metadata.order_id, id)
}

server.listen(Number(PORT), '127.0.0.1', () => console.log('Слушаю', server.address().port))
