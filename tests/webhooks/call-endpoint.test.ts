// One try against real receivers (W4, W5, section 4 of the invariants): what is sent, and what becomes
// of each kind of answer. Where a connection may go is in connection.test.ts.

import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, afterEach, describe, it } from 'node:test'
import { Webhook } from 'standardwebhooks'
import { retryAfterMs } from '../../packages/server/src/webhooks/call-endpoint.ts'
import {
  BODY,
  callTo,
  failed,
  keeper,
  NOW_MS,
  openSender,
  SECRET,
  startRawReceiver,
  startReceiver,
} from './receivers.ts'

type Sender = ReturnType<typeof openSender>
const never = new AbortController().signal
const { kept, stopAll } = keeper()
const sender = openSender()
const hasty = openSender({ timeoutMs: 300 })

afterEach(async () => {
  await stopAll()
  assert.deepEqual([...sender.faults.splice(0), ...hasty.faults.splice(0)], [])
})

after(() => Promise.all([sender.close(), hasty.close()]))

function post(port: number, from: Sender = sender) {
  return from.send(callTo(`http://127.0.0.1:${port}/hook?order=1`), never)
}

function delivered(answer: string) {
  return { kind: 'delivered', httpStatus: 200, answer }
}

/** Answers with these bytes, then leaves the connection as it is. */
function rawly(bytes: string) {
  return startRawReceiver((socket) => void socket.write(bytes)).then(kept)
}

describe('what is sent', () => {
  it('is the stored text and headers that both kinds of verifier accept', async () => {
    const receiver = kept(await startReceiver((response) => response.end('OK')))
    assert.deepEqual(await post(receiver.port), delivered('OK'))
    const [got] = receiver.received
    assert.ok(got)
    assert.equal(got.url, '/hook?order=1')
    assert.equal(got.raw.toString('utf8'), BODY)
    const documented = createHmac('sha256', SECRET).update(got.raw).digest('hex')
    assert.equal(got.headers['x-webhook-signature'], documented)
    assert.equal(got.headers['content-type'], 'application/json')
    assert.equal(got.headers['user-agent'], 'ByFlyPay-Webhooks/1')
    assert.equal(got.headers['x-webhook-test'], undefined)
    assert.equal(got.headers['content-length'], String(got.raw.length))
    assert.equal(got.headers.host, `127.0.0.1:${receiver.port}`)
    new Webhook(SECRET).verify(got.raw, got.headers as Record<string, string>)
  })

  it('goes over a kept connection', async () => {
    const receiver = kept(await startReceiver((response) => response.writeHead(204).end()))
    for (let i = 0; i < 50; i += 1) await post(receiver.port)
    // Not one: undici frees a connection a moment after the answer's end, so two take turns.
    assert.ok(new Set(receiver.received.map(({ port }) => port)).size <= 2)
  })
})

describe('what a receiver answers', () => {
  it('is delivered for each 2xx and failed for the rest', async () => {
    const receiver = kept(
      await startReceiver((response, request) => {
        response.writeHead(Number(request.url?.slice(1))).end()
      }),
    )
    const answers = [200, 201, 202, 299, 304, 400, 401, 404, 410, 429, 500, 503]
    for (const status of answers) {
      const outcome = await sender.send(
        callTo(`http://127.0.0.1:${receiver.port}/${status}`),
        never,
      )
      const taken = { kind: 'delivered', httpStatus: status }
      assert.deepEqual(outcome, status < 300 ? taken : failed('http_status', status))
    }
  })

  it('is handed on by its start, as text that can be kept and shown', async () => {
    const long = `\u0000\u0007строка\nдалее 🏖${'я'.repeat(1_000)}`
    const receiver = kept(await startReceiver((response) => response.writeHead(500).end(long)))
    const { answer = '' } = await post(receiver.port)
    assert.equal(answer.length, 500)
    assert.ok(answer.startsWith('\ufffd\ufffdстрока\nдалее 🏖я'))
    const bytes = kept(
      await startReceiver((response) =>
        response.writeHead(500).end(Buffer.from([0xff, 0xfe, 0x00])),
      ),
    )
    const broken = await post(bytes.port)
    assert.equal(broken.answer, '\ufffd\ufffd\ufffd')
    // A pair of surrogates that the limit would part.
    const parted = kept(
      await startReceiver((response) => response.writeHead(500).end(`${'a'.repeat(499)}🏖`)),
    )
    assert.ok((await post(parted.port)).answer?.isWellFormed())
  })

  it('is not followed when it is a redirect, inward or elsewhere', async () => {
    const inner = kept(await startReceiver((response) => response.end('secret')))
    for (const status of [301, 302, 303, 307, 308]) {
      const location = `http://127.0.0.1:${inner.port}/`
      const outer = await startReceiver((response) =>
        response.writeHead(status, { location }).end(),
      )
      kept(outer)
      assert.deepEqual(await post(outer.port), failed('redirect', status))
    }
    assert.equal(inner.received.length, 0)
  })

  it('is heard when it asks to wait', async () => {
    const headers = { 'retry-after': '120' }
    const receiver = kept(await startReceiver((response) => response.writeHead(429, headers).end()))
    assert.deepEqual(await post(receiver.port), failed('http_status', 429, 120_000))
  })

  it('may be huge: it is cut, and the headers have already decided', async () => {
    let written = 0
    const receiver = await startReceiver((response) => {
      const pour = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, 97))) written += 65_536
        if (!response.destroyed) response.once('drain', pour)
      }
      pour()
    })
    kept(receiver)
    const started = performance.now()
    assert.deepEqual(await post(receiver.port), delivered('a'.repeat(500)))
    assert.ok(performance.now() - started < 900, 'cut by its size, not by time')
    assert.ok(written < 50_000_000, `${written} bytes were taken`)
  })

  it('may never end: it is left after a second', async () => {
    const receiver = await rawly('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf')
    const started = performance.now()
    assert.deepEqual(await post(receiver.port), delivered('half'))
    assert.ok(performance.now() - started < 1_900)
  })

  it('may break off after the headers of a 2xx', async () => {
    const receiver = await startRawReceiver((socket) => {
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf')
    })
    assert.deepEqual(await post(kept(receiver).port), delivered('half'))
  })
})

describe('no answer, or none that can be read', () => {
  it('is a bad one when it is no HTTP, or only headers', async () => {
    const junk = await rawly('220 mail.example.com ESMTP\r\n')
    assert.deepEqual(await post(junk.port), failed('bad_answer'))
    const header = `X: ${'a'.repeat(40_000)}\r\n`
    const large = await rawly(`HTTP/1.1 200 OK\r\n${header}\r\n`)
    assert.deepEqual(await post(large.port), failed('bad_answer'))
  })

  it('is a timeout when the receiver hangs', async () => {
    const receiver = kept(await startReceiver(() => {}))
    const started = performance.now()
    assert.deepEqual(await post(receiver.port, hasty), failed('timeout'))
    assert.ok(performance.now() - started < 1_000)
    assert.equal(receiver.received.length, 1)
  })

  it('is a timeout when the headers trickle, however often a byte comes', async () => {
    const receiver = await startRawReceiver((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n')
      const timer = setInterval(() => socket.write('X-A: b\r\n'), 20)
      socket.on('close', () => clearInterval(timer))
    })
    assert.deepEqual(await post(kept(receiver).port, hasty), failed('timeout'))
  })

  it('is a timeout when there are interim answers for ever', async () => {
    const receiver = await startRawReceiver((socket) => {
      const timer = setInterval(() => socket.write('HTTP/1.1 102 Processing\r\n\r\n'), 20)
      socket.on('close', () => clearInterval(timer))
    })
    assert.deepEqual(await post(kept(receiver).port, hasty), failed('timeout'))
  })

  it('is a reset when the connection is cut after the request or within the headers', async () => {
    const cut = kept(await startRawReceiver((socket) => void socket.resetAndDestroy()))
    assert.deepEqual(await post(cut.port), failed('reset'))
    const half = await startRawReceiver((socket) => void socket.end('HTTP/1.1 200 OK\r\nCont'))
    assert.deepEqual(await post(kept(half).port), failed('reset'))
  })

  it('is refused when nobody listens', async () => {
    const receiver = await startReceiver((response) => response.end())
    await receiver.stop()
    assert.deepEqual(await post(receiver.port), failed('refused'))
  })

  it('is a timeout when the name server hangs, and dns when it knows nothing', async () => {
    const lost = openSender({ timeoutMs: 300, lookup: () => new Promise(() => {}) })
    assert.deepEqual(await lost.send(callTo('https://a.example.com/'), never), failed('timeout'))
    const empty = openSender({ lookup: () => Promise.resolve([]) })
    assert.deepEqual(await empty.send(callTo('https://a.example.com/'), never), failed('dns'))
    const broken = openSender({ lookup: () => Promise.reject(new Error('SERVFAIL')) })
    assert.deepEqual(await broken.send(callTo('https://a.example.com/'), never), failed('dns'))
    await Promise.all([lost.close(), empty.close(), broken.close()])
  })
})

describe('a call that came to nothing here', () => {
  it('is aborted when the caller or the centre stops', async () => {
    const receiver = kept(await startReceiver(() => {}))
    const url = `http://127.0.0.1:${receiver.port}/`
    assert.deepEqual(await sender.send(callTo(url), AbortSignal.timeout(50)), failed('aborted'))
    assert.deepEqual(await sender.send(callTo(url), AbortSignal.abort()), failed('aborted'))
    assert.equal(receiver.received.length, 1)
    const closing = openSender()
    const outcome = closing.send(callTo(url), never)
    await closing.close()
    assert.deepEqual(await outcome, failed('aborted'))
  })

  it('is logged without the body when the fault is ours', async () => {
    const own = openSender()
    const call = callTo('http://127.0.0.1:1/', { secrets: [] })
    assert.deepEqual(await own.send(call, never), failed('unknown'))
    assert.equal(own.faults.length, 1)
    assert.ok(!JSON.stringify(own.faults).includes('status'))
    await own.close()
  })
})

describe('retryAfterMs', () => {
  it('reads seconds and HTTP dates within bounds, and nothing else', () => {
    const day = 86_400_000
    const cases: readonly (readonly [string | undefined, number | null])[] = [
      ['0', 0],
      [' 30 ', 30_000],
      ['999999999999999999999', day],
      ['9'.repeat(400), day],
      ['Thu, 15 Jan 2026 10:00:45 GMT', 45_000],
      ['Thu, 15 Jan 2026 09:00:00 GMT', 0],
      ['Fri, 31 Dec 2099 23:59:59 GMT', day],
      ['Xxx, 99 Xxx 2026 10:00:45 GMT', null],
      ...['', '-5', '1.5', '1e3', 'soon', '2026-01-15', '5, 6'].map(
        (each) => [each, null] as const,
      ),
      [undefined, null],
    ]
    for (const [header, wait] of cases) assert.equal(retryAfterMs(header, NOW_MS), wait, header)
    assert.equal(retryAfterMs(['1', '2'], NOW_MS), null)
  })
})
