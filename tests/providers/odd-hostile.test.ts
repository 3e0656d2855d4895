// A31: devices that mean harm. Whatever they send, the driver neither throws nor follows nor fills its
// memory; it never takes their word for a no, for money of another process, or into its log.

import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Observation, StartResult } from '@byfly-pay/core'
import { until } from '../support/until.ts'
import { deviceAt, driverUnderTest, patience } from './driver-under-test.ts'
import {
  body,
  flood,
  type HostileDevice,
  json,
  openHostileDevice,
  redirect,
  type Script,
} from './odd-device/hostile-device.ts'

const PROCESS_ID = '1685890325386'
const TENGE_505 = 50_500n
/** What the kernel holds for two sockets, and far below what is on offer. */
const MOST_SENT_BYTES = 24 * 1024 * 1024
const PIECE = Buffer.alloc(64 * 1024, 'a')

/** Short: much here never ends by itself. */
const { driver, lines } = driverUnderTest()
let device: HostileDevice
let elsewhere: HostileDevice
before(async () => {
  device = await openHostileDevice()
  elsewhere = await openHostileDevice()
})
after(async () => {
  await Promise.all([driver.close(), device.close(), elsewhere.close()])
})
beforeEach(() => {
  elsewhere.play(json(paid()))
})

function start(): Promise<StartResult> {
  return driver.start(deviceAt(device.port), TENGE_505)
}

async function observe(): Promise<Observation> {
  const { trouble: _, ...observation } = await driver.observe(
    deviceAt(device.port),
    PROCESS_ID,
    patience(),
  )
  return observation
}

function paid(data: object = {}, cheque: object = {}) {
  return {
    statusCode: 0,
    data: {
      processId: PROCESS_ID,
      status: 'success',
      subStatus: 'QrTransactionSuccess',
      transactionId: '3699352521',
      addInfo: { ProductType: 'Gold' },
      chequeInfo: { method: 'qr', type: 'payment', amount: '505 ₸', ...cheque },
      ...data,
    },
  }
}

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n'
const HUNDRED_MB = 1_600

/** No answer in any of them, however it is asked for. */
const NO_ANSWERS: readonly [string, Script][] = [
  ['a body of 100 MB', flood(`${HEAD}Content-Length: 104857600\r\n\r\n`, PIECE, HUNDRED_MB)],
  ['a body that never ends', flood(`${HEAD}Connection: close\r\n\r\n`, PIECE)],
  [
    'a chunked body that never ends',
    flood(`${HEAD}Transfer-Encoding: chunked\r\n\r\n`, `10000\r\n${PIECE}\r\n`),
  ],
  ['a body of spaces that never ends', flood(`${HEAD}\r\n{"statusCode":0`, ' '.repeat(1_000))],
  ['headers that never end', flood(HEAD, `X-Debug: ${'x'.repeat(1_000)}\r\n`)],
  ['one header that never ends', flood(`${HEAD}X-Debug: `, PIECE)],
  ['a status line that never ends', flood('HTTP/1.1 200 ', PIECE)],
  [
    'a chunk extension that never ends',
    flood(`${HEAD}Transfer-Encoding: chunked\r\n\r\n5;`, PIECE),
  ],
  ['interim answers that never end', flood('', 'HTTP/1.1 103 Early Hints\r\nX: 1\r\n\r\n')],
  [
    'trailers that never end',
    flood(`${HEAD}Transfer-Encoding: chunked\r\n\r\n0\r\n`, `X: ${'x'.repeat(1_000)}\r\n`),
  ],
  ['silence', async () => new Promise(() => {})],
  ['a length that is not kept', flood(`${HEAD}Content-Length: 100\r\n\r\n`, '{}', 1)],
  ['a negative length', flood(`${HEAD}Content-Length: -1\r\n\r\n`, '{}', 1)],
  [
    'two lengths',
    flood(`${HEAD}Content-Length: 2\r\nContent-Length: 400\r\n\r\n`, JSON.stringify(paid()), 1),
  ],
  ['depth instead of JSON', body('['.repeat(60_000))],
  ['depth in an object', body(`${'{"data":'.repeat(6_000)}1${'}'.repeat(6_000)}`)],
  ['a NUL', body('\0')],
  ['NULs in the JSON', body(JSON.stringify(paid()).replace(',', ',\0'))],
  ['UTF-16', body(Buffer.from(JSON.stringify(paid()), 'utf16le'))],
  ['gzip that nobody asked for', body(gzipSync(JSON.stringify(paid())), 'Content-Encoding: gzip')],
  ['a gzip bomb', body(gzipSync(Buffer.alloc(30_000_000)), 'Content-Encoding: gzip')],
  ['HTTP 204', flood('HTTP/1.1 204 \r\n\r\n', JSON.stringify(paid()), 1)],
  ['HTTP 304', flood('HTTP/1.1 304 \r\n\r\n', JSON.stringify(paid()), 1)],
  ['a switch of protocols', flood('HTTP/1.1 101 \r\nUpgrade: websocket\r\n\r\n', 'x', 1)],
  [
    'data that belongs to a prototype',
    body(`{"statusCode":0,"__proto__":${JSON.stringify(paid())}}`),
  ],
  ['data in a list', json({ statusCode: 0, data: [paid().data] })],
  ['data in a text', json({ statusCode: 0, data: JSON.stringify(paid().data) })],
]

describe('answers that are none', () => {
  for (const [name, script] of NO_ANSWERS) {
    test(`${name}: a start is lost, a look has no answer, and little is read`, async () => {
      device.play(script)
      assert.deepEqual(await start(), { kind: 'lost' })
      assert.deepEqual(await observe(), { kind: 'no_answer' })
      assert.ok(device.sentBytes < MOST_SENT_BYTES, `${device.sentBytes} bytes were taken`)
      assert.equal(device.requests.length, 2)
      await until(() => device.openCount === 0)
    })
  }
})

describe('redirects', () => {
  for (const httpStatus of [300, 301, 302, 303, 307, 308]) {
    test(`${httpStatus} is not followed, neither elsewhere nor to the same device`, async () => {
      const away = `http://127.0.0.1:${elsewhere.port}/v2/payment?amount=505`
      const back = `/v2/payment?amount=505`
      for (const location of [away, back]) {
        device.play(redirect(httpStatus, location))
        assert.deepEqual(await start(), { kind: 'lost' })
        assert.deepEqual(await observe(), { kind: 'no_answer' })
        assert.deepEqual(
          device.requests.map(({ url }) => url.pathname),
          ['/v2/payment', '/v2/status'],
        )
      }
      assert.equal(elsewhere.requests.length, 0)
    })
  }
})

describe('answers about something else', () => {
  const others = ['1685890325387', '0', `${PROCESS_ID}0`, `0${PROCESS_ID}`, 'ПРОЦЕСС']
  for (const processId of others) {
    test(`money of the process «${processId}» is not this one's`, async () => {
      device.play(json(paid({ processId })))
      assert.deepEqual(await observe(), { kind: 'no_answer' })
    })
  }

  test('nor is its failure', async () => {
    const data = { processId: '1', status: 'fail', subStatus: 'QrTransactionFailure' }
    device.play(json({ statusCode: 0, data }))
    assert.deepEqual(await observe(), { kind: 'no_answer' })
  })

  test('two words that contradict each other about money are neither a yes nor a no', async () => {
    for (const data of [
      { status: 'success', subStatus: 'QrTransactionFailure' },
      { status: 'success', subStatus: 'ProcessCancelled' },
      { status: 'fail', subStatus: 'QrTransactionSuccess' },
      { status: 'fail', subStatus: 'CardTransactionSuccess' },
    ]) {
      device.play(json(paid(data)))
      assert.deepEqual(await observe(), { kind: 'unknown' }, JSON.stringify(data))
    }
  })

  test('a status that is not of the page is no end', async () => {
    const words = ['Fail', 'FAIL', 'failed', 'error', 'declined', 'cancel', 'wait\0', 'constructor']
    for (const status of words) {
      device.play(json(paid({ status, subStatus: 'Initialize' })))
      assert.deepEqual(await observe(), { kind: 'waiting', phase: 'starting' }, status)
    }
    for (const status of [null, false, 0, '', {}, ['fail']]) {
      device.play(json(paid({ status })))
      const { kind } = await observe()
      assert.ok(kind === 'no_answer' || kind === 'waiting', JSON.stringify(status))
    }
  })
})

describe('truth in strange company', () => {
  test('depth beside the truth hides it at most', async () => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
    const said = JSON.stringify(paid()).replace('"addInfo"', `"junk":${deep},"addInfo"`)
    device.play(body(said))
    const observed = await observe()
    if (observed.kind !== 'no_answer') {
      assert.equal(observed.kind, 'succeeded')
      assert.equal(observed.success.grossTiyn, TENGE_505)
    }
  })

  test('an unasked 100 Continue is legal (RFC 9110) and costs the answer at most', async () => {
    const head = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nConnection: close\r\n\r\n'
    device.play(flood(head, JSON.stringify(paid()), 1))
    const observed = await observe()
    const isTrue = observed.kind === 'succeeded' && observed.success.grossTiyn === TENGE_505
    assert.ok(isTrue || observed.kind === 'no_answer', observed.kind)
  })
})

describe('process ids', () => {
  const ids: unknown[] = [
    '1&processId=2',
    '1#',
    '../../v2/payment?amount=1',
    '1\r\nX-Injected: 1',
    '1\0',
    '',
    ' ',
    '0',
    0,
    '-1',
    -1,
    'x'.repeat(10_000),
    '\ud800',
    '１２３',
    null,
    true,
    {},
    ['1'],
  ]
  for (const processId of ids) {
    test(`${JSON.stringify(processId).slice(0, 40)} cannot be asked about: the start is lost`, async () => {
      device.play(json({ statusCode: 0, data: { processId, status: 'wait' } }))
      assert.deepEqual(await start(), { kind: 'lost' })
    })
  }
})

describe('words and numbers', () => {
  const hostile = [
    'Go\0ld',
    '\u202eGold',
    'Gold\u0007',
    '\u001b[31mGold',
    '\ud800',
    'x'.repeat(9_999),
  ]
  for (const word of hostile) {
    test(`the product ${JSON.stringify(word).slice(0, 24)} is kept clean and short`, async () => {
      device.play(json(paid({ addInfo: { ProductType: word } })))
      const observed = await observe()
      assert.equal(observed.kind, 'succeeded')
      const kept = observed.success.product.word
      assert.ok(kept.isWellFormed() && kept.length <= 64)
      assert.doesNotMatch(kept, /[\p{Cc}\p{Cf}\p{Cs}]/u)
    })
  }

  test('a transaction number with anything but plain characters is none', async () => {
    for (const transactionId of ['1\0', '1\n2', '<1>', 'x'.repeat(65), '../1', {}, [1]]) {
      device.play(json(paid({ transactionId })))
      const observed = await observe()
      assert.equal(observed.kind, 'succeeded')
      assert.equal(observed.success.providerTransactionId, null)
    }
  })

  test('a sum beyond all reason, or of another kind than a text, is held', async () => {
    const sums = ['9'.repeat(40), '99999999999999 ₸', '1e5', '-1', '0', '٥٠٥ ₸', {}, [505], true]
    for (const amount of [...sums, `505 ${'\0'}`, '505\n606', ' '.repeat(60_000)]) {
      device.play(json(paid({}, { amount })))
      const observed = await observe()
      assert.equal(observed.kind, 'succeeded')
      assert.equal(observed.success.grossTiyn, null, JSON.stringify(amount).slice(0, 40))
    }
  })

  test('codes that are no codes prove nothing', async () => {
    for (const statusCode of [null, true, '', '107x', '1e2', 107.5, [107], { code: 107 }, '٠']) {
      device.play(json({ statusCode, data: { processId: '1' } }))
      assert.deepEqual(await start(), { kind: 'lost' }, JSON.stringify(statusCode))
    }
  })
})

test('the log has words of ours and plain words of the device, nothing else', () => {
  assert.ok(lines.length > 0)
  for (const { fields, message } of lines) {
    for (const value of [message, ...Object.values(fields)]) {
      assert.match(String(value), /^[\p{L}\p{N} _.:,«»()-]{1,120}$/u)
    }
  }
})
