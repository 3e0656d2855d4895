// The command line does what staff do over the API, through the same functions, and is audited (I15).

import assert from 'node:assert/strict'
import { userInfo } from 'node:os'
import { after, before, test } from 'node:test'
import { byfly } from '../support/byfly.ts'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { until } from '../support/until.ts'

let centre: TestCentre

before(async () => {
  centre = await startTestCentre({ terminals: [{ camera: 'json' }] })
})
after(() => centre.stop())

const run = (...words: string[]) => byfly(centre.database, words)

test('an attempt that waits for a word is settled, a payment is cancelled, a webhook sent again', async () => {
  centre.simulator.terminal(1).armFault({ fault: 'unreadable_sum' })
  const id = await centre.init(100_000)
  const started = await centre.kaspi(id)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  await until(async () => (await centre.status(id)).status_detail === 'settle_by_hand')
  const word = ['--evidence', 'чек', '--reason', 'ночь']
  const wrong = await run('payment', 'resolve', id, '--outcome', 'paid', ...word)
  assert.deepEqual([wrong.code, wrong.out.includes('--amount')], [1, true])
  const paid = ['--outcome', 'paid', '--amount', '101000', '--method', 'kaspi_gold']
  const done = await run('payment', 'resolve', id, ...paid, ...word)
  assert.deepEqual([done.code, done.out.trim()], [0, 'Решение записано.'])
  await centre.until(id, 'paid')
  const again = await run('payment', 'resolve', id, ...paid, ...word)
  assert.deepEqual([again.code, again.out.includes('Ни одна попытка')], [1, true])

  const other = await centre.init(100_000)
  assert.equal((await run('payment', 'cancel', other)).code, 0)
  assert.equal((await centre.status(other)).status, 'cancelled')
  const [delivery] = await centre.sql('SELECT id FROM deliveries ORDER BY id LIMIT 1')
  assert.equal((await run('webhook', 'resend', delivery.id)).code, 0)

  const lines = await centre.sql(
    "SELECT actor_kind, actor_name, action FROM audit_log WHERE actor_kind = 'cli' ORDER BY seq",
  )
  const name = userInfo().username
  assert.deepEqual(lines, [
    { actor_kind: 'cli', actor_name: name, action: 'payment.attempt_resolved' },
    { actor_kind: 'cli', actor_name: name, action: 'payment.cancelled' },
    { actor_kind: 'cli', actor_name: name, action: 'delivery.resent' },
  ])
})
