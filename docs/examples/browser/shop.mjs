// Магазин в двух страницах: токен знает только сервер, браузер получает от него готовые ссылки.
// Запуск: PORT=8000 node shop.mjs, затем откройте http://127.0.0.1:8000/
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'

const { BYFLY_URL, BYFLY_API_TOKEN, PORT = '8000' } = process.env

async function call(method, path, body) {
  const response = await fetch(`${BYFLY_URL}/api/payment/${path}`, {
    method,
    headers: { 'X-API-Token': BYFLY_API_TOKEN, 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(70_000),
  })
  const answer = await response.json()
  if (!answer.success) throw new Error(`${answer.code}: ${answer.message}`)
  return answer.data
}

// Сумму считает сервер: той, что пришла бы со страницы, верить нельзя.
const create = () =>
  call('POST', 'init', { amount: 1_000_000, external_id: `order-${randomUUID()}` })

const PAGES = { '/': 'redirect.html', '/qr': 'own-qr.html' }

const CALLS = {
  '/pay': async () => ({ checkout_url: (await create()).checkout_url }),
  '/pay-here': async () => {
    const { transaction_id: id } = await create()
    const started = await call('POST', `${id}/kaspi`, { payment_method: 'kaspi_gold' })
    return { id, qr_image_url: started.qr_image_url, payment_url: started.payment_url }
  },
  '/status': async (query) => ({
    status: (await call('GET', `${encodeURIComponent(query.get('id'))}/status?wait=25`)).status,
  }),
}

const server = createServer(async ({ url }, response) => {
  const { pathname, searchParams } = new URL(url, 'http://shop')
  try {
    if (pathname in PAGES) {
      response.setHeader('Content-Type', 'text/html; charset=utf-8')
      response.end(await readFile(new URL(PAGES[pathname], import.meta.url)))
    } else if (pathname in CALLS) {
      response.setHeader('Content-Type', 'application/json')
      response.end(JSON.stringify(await CALLS[pathname](searchParams)))
    } else {
      response.writeHead(404).end()
    }
  } catch (error) {
    console.error(error.message)
    response.writeHead(502).end('{}')
  }
})

server.listen(Number(PORT), '127.0.0.1', () => console.log('Слушаю', server.address().port))
