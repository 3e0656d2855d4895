// What a status call may say and what it may touch (S1, S10, P9), and where webhooks may go (W6).

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startTestCentre } from '../support/centre.ts'

const SIX = ['pending', 'processing', 'paid', 'partially_paid', 'cancelled', 'failed']

test('S1: the statuses stay six; finer words are in status_detail, cancel_reason, failure_reason', async (t) => {
  const centre = await startTestCentre({ terminals: [{ camera: 'json' }] })
  t.after(() => centre.stop())
  const seen = new Map<string, unknown[]>()
  const note = async (id: string) => {
    const { status, status_detail, cancel_reason, failure_reason } = await centre.status(id)
    assert.ok(SIX.includes(status), status)
    seen.set(status, [status_detail, cancel_reason, failure_reason])
  }
  const declined = await centre.init(100_000)
  await note(declined)
  const started = await centre.kaspi(declined)
  await note(declined)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code, outcome: 'decline' })
  await centre.until(declined, 'failed')
  await note(declined)
  const cancelled = await centre.init(100_000)
  await centre.call('POST', `/api/payment/${cancelled}/cancel`)
  await note(cancelled)
  assert.deepEqual(Object.fromEntries(seen), {
    pending: [null, null, null],
    processing: ['waiting_for_scan', null, null],
    failed: [null, null, 'declined'],
    cancelled: [null, 'requested', null],
  })
})

test('S10: a status call asks no terminal, even one that has stopped answering', async (t) => {
  const centre = await startTestCentre({ terminals: [{ camera: 'json' }] })
  t.after(() => centre.stop())
  const id = await centre.init(100_000)
  const started = await centre.kaspi(id)
  assert.equal(started.status, 200, started.text)
  centre.simulator.terminal(1).closePort(60_000)
  for (let n = 0; n < 4; n += 1) {
    const answer = await centre.call('GET', `/api/payment/${id}/status`)
    assert.equal(answer.status, 200, answer.text)
    assert.equal(answer.body.data.status, 'processing')
  }
})

test('W6: in production a webhook goes to https and public addresses only', async (t) => {
  const centre = await startTestCentre({
    env: { BYFLY_MODE: 'production', BYFLY_DEVICE_NETWORKS: '127.0.0.0/8', HOST: '127.0.0.1' },
    source: { defaultWebhookUrl: null },
  })
  t.after(() => centre.stop())
  for (const url of [
    'http://shop.example/hook',
    'https://127.0.0.1/hook',
    'https://10.0.0.5/hook',
    'https://169.254.169.254/latest/meta-data',
    'https://[::ffff:127.0.0.1]/hook',
    'https://localhost/hook',
    'https://2130706433/hook',
    'ftp://shop.example/hook',
  ]) {
    const answer = await centre.call('POST', '/api/payment/init', {
      amount: 100_000,
      webhook_url: url,
    })
    assert.equal(answer.status, 400, `${url}: ${answer.text}`)
    assert.ok(answer.body.errors.webhook_url, url)
    await assert.rejects(centre.addSource({ defaultWebhookUrl: url }), /forbidden_webhook_url/)
  }
  const good = { amount: 100_000, webhook_url: 'https://shop.example/hook' }
  assert.equal((await centre.call('POST', '/api/payment/init', good)).status, 201)
})
