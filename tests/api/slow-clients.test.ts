// A21: clients that take for ever are cut off, and meanwhile the others are served.

import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { after, before, test } from 'node:test'
import { caller, raw } from './caller.ts'
import { type FakeApp, startFakeApp, TOKEN } from './fake-centre.ts'

let app: FakeApp
before(async () => {
  app = await startFakeApp({
    limits: { headersMs: 500, requestMs: 700, keepAliveMs: 400, connections: 40 },
  })
})
after(() => app.stop())

const HEAD = `POST /api/payment/init HTTP/1.1\r\nHost: x\r\nX-API-Token: ${TOKEN}\r\n`

/** Milliseconds until the server ends the connection. */
async function endsAfter(bytes: string): Promise<number> {
  const started = performance.now()
  await raw(app.port, bytes, 6_000)
  return performance.now() - started
}

test('A21: half a head, half a body, an idle connection: each has its end', async () => {
  const halves = [
    'GET /healthz HTTP/1.1\r\nHo',
    `${HEAD}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"amount"`,
    `${HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\n{"amo`,
    'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n',
  ]
  const times = await Promise.all(halves.map(endsAfter))
  for (const [index, ms] of times.entries()) assert.ok(ms < 4_000, `${halves[index]}: ${ms} мс`)
})

test('A21: thirty slow clients do not keep the others waiting', async () => {
  const slow: Socket[] = []
  for (let n = 0; n < 30; n += 1) {
    const socket = connect(app.port, '127.0.0.1')
    socket.on('error', () => {})
    socket.write(HEAD)
    slow.push(socket)
  }
  const dripping = setInterval(() => {
    for (const socket of slow) if (socket.writable) socket.write('X')
  }, 50)
  const call = caller(app.url, TOKEN)
  for (let n = 0; n < 10; n += 1) {
    const started = performance.now()
    assert.equal((await call('GET', '/healthz')).status, 200)
    assert.ok(performance.now() - started < 500)
  }
  clearInterval(dripping)
  for (const socket of slow) socket.destroy()
})

test('A21: connections beyond the cap are dropped, and a free place is given again', async () => {
  const held: Socket[] = []
  let dropped = 0
  for (let n = 0; n < 60; n += 1) {
    const socket = connect(app.port, '127.0.0.1')
    socket.on('error', () => {})
    socket.on('close', () => {
      dropped += 1
    })
    held.push(socket)
  }
  await new Promise((resolve) => setTimeout(resolve, 200))
  assert.ok(dropped >= 20, `${dropped}`)
  for (const socket of held) socket.destroy()
  await new Promise((resolve) => setTimeout(resolve, 100))
  assert.equal((await caller(app.url, TOKEN)('GET', '/healthz')).status, 200)
})
