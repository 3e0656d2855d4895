// A device and a camera that say something of their own in every place there is: none of it reaches
// an answer of the administration or line of the audit (T6, A8, A31).

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { type FakeDevice, startFakeDevice, wholeAnswer } from '../providers/fake-device.ts'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'
import { makeTestCertificate } from '../support/test-certificate.ts'

const TAINT = 'xTAINTx'
const ALL_OF_IT = {
  posNum: TAINT,
  serialNum: TAINT,
  terminalId: TAINT,
  accessToken: TAINT,
  refreshToken: TAINT,
  expirationDate: TAINT,
  message: TAINT,
  [TAINT]: TAINT,
}

const ANSWERS: readonly [unknown, number][] = [
  [{ statusCode: 0, data: ALL_OF_IT }, 200],
  [ALL_OF_IT, 200],
  [{ statusCode: 100, errorText: TAINT, data: ALL_OF_IT }, 200],
  [{ statusCode: 105, errorText: TAINT, message: TAINT }, 200],
  [{ statusCode: 107, errorText: TAINT }, 500],
  [{ message: TAINT }, 500],
  [{ message: TAINT }, 403],
  [`<h1>${TAINT}</h1>`, 401],
  [`<h1>${TAINT}</h1>`, 502],
]

const CAMERA = [
  { success: true, qrData: `https://${TAINT}.example/1` },
  { success: true, qrData: `https://qr.kaspi.kz/${TAINT}` },
  { success: false, message: TAINT },
  TAINT,
]

let centre: TestCentre
let root: TestStaff
let device: FakeDevice
let secure: Server
let wanted: { answer: readonly [unknown, number]; camera: unknown }

before(async () => {
  wanted = { answer: [{}, 200], camera: {} }
  device = await startFakeDevice((socket, { path }) => {
    const headers = [`server: ${TAINT}`, `date: ${TAINT}`, `x-${TAINT}: ${TAINT}`]
    if (path === '/camera') return socket.write(wholeAnswer(wanted.camera, 200, headers))
    const [body, httpStatus] = wanted.answer
    return socket.write(wholeAnswer(body, httpStatus, headers))
  })
  secure = createServer(makeTestCertificate(`${TAINT}.kaspipos.kz`), (_request, response) => {
    const [body, httpStatus] = wanted.answer
    response.statusCode = httpStatus
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }).listen(0, '127.0.0.1')
  await once(secure, 'listening')
  centre = await startTestCentre({
    terminals: 1,
    limits: { renewAgainMs: 20 },
    provider: { limits: { checkMs: 800 } },
  })
  root = await loginAs(centre, 'super_admin')
})
after(async () => {
  await centre.stop()
  await device.close()
  secure.closeAllConnections()
  secure.close()
})

async function added(body: Record<string, unknown>): Promise<string> {
  const answer = await root.call('POST', '/api/admin/terminals', { name: 'Чужой', ...body })
  assert.equal(answer.status, 201, answer.text)
  return `/api/admin/terminals/${answer.body.data.id}`
}

/** Every call that makes the device speak, and every place where its words might be kept. */
async function everything(terminal: string): Promise<string[]> {
  const answers = [
    await root.call('GET', `${terminal}/status`),
    await root.call('POST', `${terminal}/self-test`),
    await root.call('POST', `${terminal}/register`, {}),
    await root.call('POST', `${terminal}/trust-certificate`),
    await root.call('GET', `${terminal}/status`),
    await root.call('GET', terminal),
    await root.call('GET', '/api/admin/terminals'),
    await root.call('GET', '/api/admin/audit'),
  ]
  for (const { status, text } of answers) assert.equal(status, 200, text)
  return answers.map(({ headers, text }) => `${text} ${JSON.stringify([...headers])}`)
}

test('no byte of a hostile device or camera in any answer', async () => {
  const plain = await added({
    ip_address: '127.0.0.1',
    port: device.port,
    camera_url: `http://127.0.0.1:${device.port}/camera`,
  })
  const { port } = secure.address() as AddressInfo
  const secured = await added({ ip_address: 'https://127.0.0.1', port, tls: 'insecure' })
  const pinned = await added({ ip_address: 'https://127.0.0.1', port, tls: 'pinned' })
  let heard = 0
  for (const [n, answer] of ANSWERS.entries()) {
    wanted = { answer, camera: CAMERA[n % CAMERA.length] }
    for (const terminal of [plain, secured, pinned]) {
      for (const text of await everything(terminal)) {
        heard += 1
        assert.ok(!text.includes(TAINT), text)
      }
    }
  }
  assert.equal(heard, ANSWERS.length * 3 * 8)
  assert.ok(device.requests.length > ANSWERS.length * 3)
  const kept = await centre.sql('SELECT serial FROM terminals WHERE serial IS NOT NULL')
  assert.ok(
    kept.some(({ serial }) => serial === TAINT),
    'the taint was never taken in',
  )
})
