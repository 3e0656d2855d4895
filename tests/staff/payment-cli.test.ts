// The command line does what staff do over the API, through the same functions, and is audited (I15).

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { until } from '../support/until.ts'

const BYFLY = join(import.meta.dirname, '../../packages/server/src/cli/byfly.ts')
let centre: TestCentre

before(async () => {
  centre = await startTestCentre({ terminals: [{ camera: 'json' }] })
})
after(() => centre.stop())

async function byfly(...words: string[]): Promise<{ code: number; text: string }> {
  const { database } = centre
  const env = {
    ...process.env,
    DATABASE_URL: database.url,
    DATABASE_OWNER_URL: database.ownerUrl,
    BYFLY_MODE: 'demo',
    BYFLY_SECRET_KEY: 'a secret key for tests, never for anything real',
  }
  try {
    const done = await promisify(execFile)(process.execPath, [BYFLY, ...words], { env })
    return { code: 0, text: done.stdout }
  } catch (error) {
    const { code, stderr } = error as { code: number; stderr: string }
    return { code, text: stderr }
  }
}

test('an attempt that waits for a word is settled, a payment is cancelled, a webhook sent again', async () => {
  centre.simulator.terminal(1).armFault({ fault: 'unreadable_sum' })
  const id = await centre.init(100_000)
  const started = await centre.kaspi(id)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  await until(async () => (await centre.status(id)).status_detail === 'settle_by_hand')
  const word = ['--evidence', 'чек', '--reason', 'ночь']
  const wrong = await byfly('payment', 'resolve', id, '--outcome', 'paid', ...word)
  assert.deepEqual([wrong.code, wrong.text.includes('--amount')], [1, true])
  const paid = ['--outcome', 'paid', '--amount', '101000', '--method', 'kaspi_gold']
  const done = await byfly('payment', 'resolve', id, ...paid, ...word)
  assert.deepEqual([done.code, done.text.trim()], [0, 'Решение записано.'])
  await centre.until(id, 'paid')
  const again = await byfly('payment', 'resolve', id, ...paid, ...word)
  assert.deepEqual([again.code, again.text.includes('Ни одна попытка')], [1, true])

  const other = await centre.init(100_000)
  assert.equal((await byfly('payment', 'cancel', other)).code, 0)
  assert.equal((await centre.status(other)).status, 'cancelled')
  const [delivery] = await centre.sql('SELECT id FROM deliveries ORDER BY id LIMIT 1')
  assert.equal((await byfly('webhook', 'resend', delivery.id)).code, 0)

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
