// A24: whatever anybody sends, and whatever a terminal, a camera or a receiver answers, nothing of it is met in the log
// at its loudest, in the metrics or in a trace; nor is any secret of the centre's own.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { after, before, test } from 'node:test'
import { type FakeDevice, startFakeDevice, wholeAnswer } from '../providers/fake-device.ts'
import { adminCalls, make } from '../staff/admin-calls.ts'
import { openWorld, type World } from '../staff/fresh-rows.ts'
import { type LoginCentre, startLoginCentre } from '../support/login.ts'
import { loginAs, sessionFor, type TestStaff } from '../support/staff.ts'
import { until } from '../support/until.ts'
import { bodiesOf, CANARY, HEADERS, met, QUERY, type Reference } from './canaries.ts'
import { samplesIn } from './metrics-text.ts'
import { type OtlpReceiver, startOtlpReceiver } from './otlp-receiver.ts'

const METRICS_TOKEN = 'token-for-metrics-of-this-test'

let collector: OtlpReceiver
let receiver: Server
let strange: FakeDevice
let broken: FakeDevice
let centre: LoginCentre
let world: World
let root: TestStaff
let reference: Reference
const lines: string[] = []
const secrets: string[] = [METRICS_TOKEN]
before(async () => {
  collector = await startOtlpReceiver()
  receiver = createServer((request, response) => {
    request.resume()
    response.writeHead(500, `canary ${CANARY.phone}`, { 'X-Said': CANARY.card })
    response.end(JSON.stringify(CANARY))
  })
  receiver.listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  strange = await startFakeDevice((socket, { path }) => socket.write(wholeAnswer(wordsOf(path))))
  broken = await startFakeDevice((socket) => socket.end(wholeAnswer({ ...CANARY }, 500)))
  centre = await startLoginCentre({
    terminals: 1,
    logTo: { write: (line) => void lines.push(line) },
    env: {
      BYFLY_LOG_LEVEL: 'trace',
      BYFLY_METRICS_TOKEN: METRICS_TOKEN,
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    },
  })
  root = await loginAs(centre, 'super_admin', { sources: [centre.source.id] })
  const [{ id: terminalId }] = await centre.sql('SELECT id FROM terminals')
  world = openWorld(centre, terminalId)
  reference = (await centre.call('GET', '/docs/openapi.json')).body
  const { apiToken, webhookSecret } = centre.source
  const { password } = new URL(centre.database.url)
  secrets.push(
    apiToken,
    webhookSecret,
    root.token,
    root.phone.slice(1),
    ...(password === '' ? [] : [password]),
  )
})
after(async () => {
  await Promise.all([strange.close(), broken.close()])
  receiver.close()
  receiver.closeAllConnections()
  await collector.close()
})

/** A device that takes any start and tells of it in words of its own. */
function wordsOf(path: string): unknown {
  const data = path.includes('payment')
    ? { processId: '555001', status: 'wait' }
    : {
        processId: '555001',
        status: CANARY.phone,
        subStatus: CANARY.card,
        message: CANARY.email,
        chequeInfo: { ...CANARY, orderNumber: CANARY.card, method: CANARY.phone },
        accessToken: CANARY.token,
        refreshToken: CANARY.secret,
      }
  return { statusCode: 0, errorText: CANARY.text, data }
}

/** Starts a payment before this device, which takes it or does not. */
async function standBefore(device: FakeDevice, cameraUrl: string): Promise<void> {
  const [{ id }] = await centre.sql(
    `INSERT INTO terminals (name, ip_address, scheme, host, port, camera_url)
     VALUES ($1, '127.0.0.1', 'http', '127.0.0.1', $2, $3) RETURNING id`,
    [CANARY.name, device.port, cameraUrl],
  )
  const customer = { customer_phone: CANARY.phone }
  await centre.kaspi(await centre.init(500_000, customer), {
    payment_method: 'kaspi_gold',
    presence: 'in_person',
    terminal_id: id,
  })
}

const says = (text: string) => lines.some((line) => line.includes(text))

test('payments of a customer who has told all, on good and bad devices, to a receiver that talks', async () => {
  const { port } = receiver.address() as AddressInfo
  const customer = {
    customer_phone: CANARY.phone,
    customer_email: CANARY.email,
    customer_name: CANARY.name,
    description: CANARY.text,
    metadata: { ...CANARY, card: CANARY.text },
    external_id: CANARY.text,
    webhook_url: `http://127.0.0.1:${port}/${CANARY.text}?token=${CANARY.token}`,
  }
  const id = await centre.init(1_000_000, customer)
  const started = await centre.kaspi(id, undefined, HEADERS)
  assert.equal(started.status, 200, started.text)
  const { payment_url: url, qr_code: qr } = started.body.data
  secrets.push(qr, url)
  centre.simulator.phone.scan({ qr })
  await centre.until(id, 'paid')
  await until(() => says('Webhook не доставлен'))

  const camera = `http://127.0.0.1:${port}/${CANARY.text}`
  await standBefore(strange, camera)
  await until(() => says('незнакомым словом'))
  await standBefore(broken, camera)
})

test('logging in with a true code and with false ones', async () => {
  const code = await centre.codeFor(root.phone)
  secrets.push(code)
  await centre.login(root.phone)
  const ask = centre.from('10.9.9.9')
  await ask('send-code', { phone: CANARY.phone })
  await ask('verify', { phone: CANARY.phone, code: '731049', totp: '731049' })
})

test('every other call of the reference, with canaries in its address too', async () => {
  const id = await centre.init(1_000_000)
  for (const [path, methods] of Object.entries(reference.paths)) {
    if (path.startsWith('/api/admin')) continue
    for (const [method, operation] of Object.entries(methods)) {
      for (const [n, body] of bodiesOf(reference, operation).entries()) {
        const headers = { ...HEADERS, 'Idempotency-Key': `canary-${path.length}-${n}` }
        for (const shown of [id, CANARY.token, encodeURIComponent(CANARY.qr)]) {
          const address = `${path.replace(/{\w+}/g, shown)}${QUERY}`
          await centre.call(method.toUpperCase(), address, body, headers)
        }
        const wrong = {
          ...headers,
          'X-API-Token': CANARY.token,
          Authorization: `Bearer ${CANARY.jwt}`,
        }
        await centre.call(method.toUpperCase(), path, body, wrong)
      }
    }
  }
  await centre.call('GET', `/${CANARY.text}/${CANARY.card}${QUERY}`, undefined, HEADERS)
})

test('bytes that are no request', async () => {
  const { hostname, port } = new URL(centre.url)
  for (const bytes of [
    `GET /${CANARY.text} HTTP/9.9\r\n${CANARY.phone}\r\n\r\n`,
    `GET /%zz${CANARY.card} HTTP/1.1\r\nHost: x\r\n\r\n`,
    `POST /api/payment/init HTTP/1.1\r\nHost: x\r\nContent-Length: ${CANARY.text}\r\n\r\n`,
  ]) {
    const socket = connect(Number(port), hostname)
    socket.on('error', () => {})
    socket.resume().end(bytes)
    await once(socket, 'close')
  }
})

test('each line that is written for a request carries the number that its caller was told', async () => {
  const id = await centre.init(1_000_000)
  await centre.sql('UPDATE terminals SET is_active = false')
  const answer = await centre.kaspi(id)
  assert.equal(answer.status, 503, answer.text)
  const told = answer.headers.get('x-request-id')
  const [line = '{}'] = lines.filter((text) => text.includes('Нет ни одного терминала')).slice(-1)
  assert.equal(JSON.parse(line).request, told)
  await centre.sql('UPDATE terminals SET is_active = true')
})

test('every call of the administration, as it is meant and with canaries everywhere', async () => {
  for (const [route, [call]] of Object.entries(adminCalls(world.sourceId))) {
    if (call === undefined) throw new Error(route)
    const staff = { ...root, ...(await sessionFor(centre, root.id)) }
    secrets.push(staff.token)
    await make(world, route, call, staff)
    const [method = '', path = ''] = route.split(' ')
    const told = path.replace(/:(\w+)/g, '{}')
    const found = Object.entries(reference.paths).find(
      ([key]) => key.replace(/{\w+}/g, '{}') === told,
    )
    const operation = found?.[1][method.toLowerCase()]
    if (operation === undefined) throw new Error(`${route} не описан`)
    for (const [n, body] of bodiesOf(reference, operation).entries()) {
      const keyed = { ...HEADERS, 'Idempotency-Key': `canary-${route.length}-${n}` }
      const wild = body === undefined ? {} : { body: () => body as object }
      const again = await sessionFor(centre, root.id)
      await make(
        world,
        route,
        { ...call, ...wild, headers: keyed, query: QUERY },
        { ...root, ...again },
      )
    }
  }
})

test('nothing of it is met anywhere', async () => {
  const answer = await centre.call('GET', '/metrics', undefined, {
    Authorization: `Bearer ${METRICS_TOKEN}`,
  })
  assert.ok(samplesIn(answer.text).length > 100)
  await centre.stop()
  assert.ok(collector.spans.length > 300, `${collector.spans.length}`)
  for (const text of ['Webhook не доставлен', 'Старт не удался', 'незнакомым словом'])
    assert.ok(says(text), text)
  const written = [
    ...lines,
    ...answer.text.split('\n'),
    ...collector.spans.map((span) => JSON.stringify(span)),
  ]
  const leaks = written.flatMap((text) => met(text, secrets).map((found) => ({ found, text })))
  assert.deepEqual(leaks, [])
})
