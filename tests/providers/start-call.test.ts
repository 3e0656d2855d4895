// The call that takes money: sent once whatever happens, and told apart by proof, not by hope.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { deviceAt, driverUnderTest, SCALED_LIMITS } from './driver-under-test.ts'
import {
  answer,
  type Behaviour,
  chunkedAnswer,
  drip,
  type FakeDevice,
  flood,
  partOf,
  startFakeDevice,
  wholeAnswer,
} from './fake-device.ts'

const ACCEPTED = { statusCode: 0, data: { processId: '1685890325386', status: 'wait' } }
const YES = { kind: 'accepted', processId: '1685890325386' }
const LOST = { kind: 'lost' }
const CHARGE = 50_500n

/** Long enough for a second try, if the client were to make one. */
const SECOND_TRY_MS = 30

const { driver, lines } = driverUnderTest()
let fake: FakeDevice
let elsewhere: FakeDevice

before(async () => {
  fake = await startFakeDevice(answer(ACCEPTED))
  elsewhere = await startFakeDevice(answer(ACCEPTED))
})

after(async () => {
  await driver.close()
  await Promise.all([fake.close(), elsewhere.close()])
})

async function startAgainst(behaviour: Behaviour) {
  fake.behave(behaviour)
  const before = { requests: fake.requests.length, connections: fake.connections() }
  const result = await driver.start(deviceAt(fake.port), CHARGE)
  await sleep(SECOND_TRY_MS)
  const requests = fake.requests.slice(before.requests)
  return { result, requests, connections: fake.connections() - before.connections }
}

function refused(reason: string, trouble?: string) {
  return { kind: 'refused', reason, ...(trouble === undefined ? {} : { trouble }) }
}

function redirect(httpStatus: number): Behaviour {
  const body = { statusCode: 1, data: ACCEPTED.data }
  const location = `location: http://127.0.0.1:${elsewhere.port}/v2/payment?amount=505`
  return (socket) => socket.write(wholeAnswer(body, httpStatus, [location]))
}

const STRANGE_BUT_SOUND = {
  extra: { deep: [[[]]] },
  data: { unknown: 1, status: 'wait', processId: 1685890325386 },
  statusCode: '0',
}

/** Each way in which a device that was connected to can answer, or not. */
const ROWS: readonly [string, Behaviour, object][] = [
  ['a sound answer', answer(ACCEPTED), YES],
  ['a sound answer in chunks', chunkedAnswer(ACCEPTED), YES],
  ['other order, extra fields, numbers for texts', answer(STRANGE_BUT_SOUND), YES],
  ['a byte order mark', answer(`\ufeff${JSON.stringify(ACCEPTED)}`), YES],
  ['HTTP 500 with a sound envelope', answer(ACCEPTED, 500), YES],
  ['slow, but in time', drip(ACCEPTED, 1), YES],
  [
    'early hints first',
    (socket) => socket.write(Buffer.concat([EARLY_HINTS, wholeAnswer(ACCEPTED)])),
    YES,
  ],
  [
    'no length, ended by closing',
    (socket) => socket.end(`HTTP/1.1 200 OK\r\n\r\n${JSON.stringify(ACCEPTED)}`),
    YES,
  ],
  ['code 107', answer({ statusCode: 107, errorText: 'занят' }), refused('terminal_busy')],
  ['code 107 with HTTP 500', answer({ statusCode: 107 }, 500), refused('terminal_busy')],
  ['code 999 as a text', answer({ statusCode: '999' }), refused('bad_request')],
  ['HTTP 401', answer('', 401), refused('access_denied', 'not_registered')],
  ['HTTP 403', answer('<html>', 403), refused('access_denied', 'token_expired')],
  ['code 105', answer({ statusCode: 105, errorText: 'ошибка' }), LOST],
  ['a code nobody knows', answer({ statusCode: 777 }), LOST],
  ['code 0 without a processId', answer({ statusCode: 0, data: { status: 'wait' } }), LOST],
  ['HTTP 404 with a page', answer('<html>', 404), LOST],
  ['HTTP 503 with a page', answer('<html>', 503), LOST],
  ['HTTP 204', (socket) => socket.write('HTTP/1.1 204 No Content\r\n\r\n'), LOST],
  ['closed without an answer', (socket) => socket.end(), LOST],
  ['reset without an answer', (socket) => socket.resetAndDestroy(), LOST],
  ['half a head, then closed', partOf(ACCEPTED, 0.1, (socket) => socket.end()), LOST],
  ['half a body, then closed', partOf(ACCEPTED, 0.9, (socket) => socket.end()), LOST],
  ['half a body, then reset', partOf(ACCEPTED, 0.9, (socket) => socket.resetAndDestroy()), LOST],
  ['half a body, then nothing', partOf(ACCEPTED, 0.9, () => {}), LOST],
  ['half a 401, then closed', (socket) => socket.end(CUT_DENIAL), LOST],
  ['no answer at all', () => {}, LOST],
  ['too slow', drip(ACCEPTED, 50), LOST],
  ['not HTTP', (socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'), LOST],
  ['a chunk size that is none', (socket) => socket.write(BROKEN_CHUNK), LOST],
  ['a switch of protocols', (socket) => socket.write(SWITCHING), LOST],
]

const EARLY_HINTS = Buffer.from('HTTP/1.1 103 Early Hints\r\nlink: <x>\r\n\r\n')
const BROKEN_CHUNK = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n'
const SWITCHING = 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'
const CUT_DENIAL = 'HTTP/1.1 401 Unauthorized\r\ncontent-length: 100\r\n\r\n{'

describe('S9, S6a: a device that was connected to', () => {
  for (const [name, behaviour, expected] of ROWS) {
    test(`${name}: asked once`, async () => {
      const { result, requests, connections } = await startAgainst(behaviour)
      assert.deepEqual(result, expected)
      assert.equal(requests.length, 1)
      assert.equal(connections, 1)
    })
  }

  for (const httpStatus of [301, 302, 303, 307, 308]) {
    test(`a redirect ${httpStatus} is never followed`, async () => {
      const { result, requests } = await startAgainst(redirect(httpStatus))
      assert.deepEqual(result, LOST)
      assert.equal(requests.length, 1)
      assert.equal(elsewhere.connections(), 0)
    })
  }

  for (const head of ['HTTP/1.1 200 OK\r\n\r\n{"a":"', 'HTTP/1.1 200 OK\r\nx: ', '']) {
    test(`an endless answer is cut short: ${JSON.stringify(head)}`, async () => {
      let sentBytes = 0
      const startedAt = Date.now()
      const endless = flood(head, (bytes) => {
        sentBytes += bytes
      })
      const { result, requests } = await startAgainst(endless)
      assert.deepEqual(result, LOST)
      assert.equal(requests.length, 1)
      // What the kernel's buffers took in by themselves is not ours to limit.
      assert.ok(sentBytes < 20_000_000, `${sentBytes} bytes`)
      assert.ok(Date.now() - startedAt < SCALED_LIMITS.startMs)
    })
  }

  test('an answer that was not asked for yet does not count as one', async () => {
    const impatient = createServer((socket) => {
      socket.on('error', () => {})
      socket.resume().write(wholeAnswer({ statusCode: 107 }))
    })
    impatient.listen(0, '127.0.0.1')
    await once(impatient, 'listening')
    const { port } = impatient.address() as AddressInfo
    const result = await driver.start(deviceAt(port), CHARGE)
    assert.ok(['lost', 'refused'].includes(result.kind))
    impatient.close()
  })

  test('the time limit is one for the whole call', async () => {
    const startedAt = Date.now()
    await startAgainst(drip(ACCEPTED, 20))
    const tookMs = Date.now() - startedAt - SECOND_TRY_MS
    assert.ok(tookMs >= SCALED_LIMITS.startMs - 5 && tookMs < SCALED_LIMITS.startMs + 250)
  })
})

describe('the request itself', () => {
  test('GET, whole tenge, the token raw, a connection that is closed', async () => {
    fake.behave(answer(ACCEPTED))
    const device = deviceAt(fake.port, { accessToken: 'aBc.dEf==', ownCheque: true })
    await driver.start(device, 1_010_000n)
    const request = fake.requests.at(-1)
    assert.equal(request?.method, 'GET')
    assert.equal(request?.path, '/v2/payment')
    assert.equal(request?.query.toString(), 'amount=10100&owncheque=true')
    assert.equal(request?.headers.get('accesstoken'), 'aBc.dEf==')
    assert.equal(request?.headers.get('connection'), 'close')
  })

  test('without protection no token, without a till no owncheque', async () => {
    const { requests } = await startAgainst(answer(ACCEPTED))
    assert.equal(requests[0]?.query.toString(), 'amount=505')
    assert.equal(requests[0]?.headers.has('accesstoken'), false)
  })

  test('a sum that is not whole tenge above zero is never sent', async () => {
    const connections = fake.connections()
    for (const tiyn of [0n, -100n, 50n, 50_501n]) {
      const result = await driver.start(deviceAt(fake.port), tiyn)
      assert.deepEqual(result, refused('bad_request'))
    }
    assert.equal(fake.connections(), connections)
  })

  test('a token that cannot be a header is never sent', async () => {
    const connections = fake.connections()
    const device = deviceAt(fake.port, { accessToken: 'a\r\nx: y' })
    assert.equal((await driver.start(device, CHARGE)).kind, 'refused')
    assert.equal(fake.connections(), connections)
  })

  test('fifty starts at once are fifty requests on fifty connections', async () => {
    fake.behave((socket) => socket.destroy())
    const before = fake.requests.length
    const calls = Array.from({ length: 50 }, () => driver.start(deviceAt(fake.port), CHARGE))
    for (const result of await Promise.all(calls)) assert.deepEqual(result, LOST)
    await sleep(SECOND_TRY_MS)
    assert.equal(fake.requests.length - before, 50)
  })
})

test('A24: the log learns why, in our own words, and nothing that the device said', async () => {
  const before = lines.length
  await startAgainst(answer({ statusCode: 105, errorText: 'секрет' }, 500))
  await startAgainst((socket) => socket.resetAndDestroy())
  await driver.start(deviceAt(1, { host: '8.8.8.8' }), CHARGE)
  const told = lines.slice(before).map(({ fields }) => [fields['reason'], fields['cause']])
  assert.deepEqual(told, [
    ['lost', 'HTTP_500'],
    ['lost', 'ECONNRESET'],
    ['not_connected', 'FORBIDDEN_ADDRESS'],
  ])
})
