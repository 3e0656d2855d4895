// An instance behind a balancer is told to stop: it says so before it closes anything, serves whoever is
// still sent to it, and ends what has begun.

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { startTestCentre } from '../support/centre.ts'

const DRAIN_MS = 3_000
/** The QR comes when the ports are closed already. */
const QR_AFTER_MS = 4_500

const centre = await startTestCentre({
  env: { BYFLY_DRAIN_MS: String(DRAIN_MS) },
  timing: { initializeMs: QR_AFTER_MS },
})
after(() => centre.stop())

test('a stop is told first, whoever comes meanwhile is served, what has begun ends', async () => {
  const { call, running, url } = centre
  const begun = await centre.init(100_000)
  const waitedFor = await centre.init(100_000)
  const health = (path: string) => fetch(`${url}${path}`)
  assert.equal((await health('/readyz')).status, 200)
  const kaspi = centre.kaspi(begun)
  await centre.until(begun, 'processing')
  const poll = call('GET', `/api/payment/${waitedFor}/status?wait=25`)
  // Answered after the poll has come in, since it was asked after it.
  const before = await call('GET', `/api/payment/${waitedFor}`)
  assert.equal(before.headers.get('connection'), 'keep-alive')

  const stopped = running.stop()
  assert.equal((await health('/readyz')).status, 503)
  assert.equal((await health('/healthz')).status, 200)
  const created = await call('POST', '/api/payment/init', { amount: 100_000 })
  assert.equal(created.status, 201)
  assert.equal(created.headers.get('connection'), 'close')

  const [waited, started] = await Promise.all([poll, kaspi, stopped])
  assert.deepEqual([waited.status, waited.body.data.status], [200, 'pending'])
  assert.equal(started.status, 200)
  assert.equal(started.headers.get('connection'), 'close')
  await assert.rejects(health('/healthz'))
})
