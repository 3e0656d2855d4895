// Refunds at the command line: asked for, judged by another, given up, settled; through the functions of the
// API and audited (I15).

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs } from '../support/staff.ts'
import { ask, paidPayment } from './refund-world.ts'

const BYFLY = join(import.meta.dirname, '../../packages/server/src/cli/byfly.ts')
let centre: TestCentre

before(async () => {
  centre = await startTestCentre()
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
    const done = await promisify(execFile)(process.execPath, [BYFLY, 'refund', ...words], { env })
    return { code: 0, text: done.stdout }
  } catch (error) {
    const { code, stderr } = error as { code: number; stderr: string }
    return { code, text: stderr }
  }
}

test('an operator asks, is no second person for it, approves a colleague’s, gives up, settles', async () => {
  assert.match((await byfly('approval', '50000')).text, /больше 500\u00a0₸/)
  const id = await paidPayment(centre)
  const made = await byfly('create', id, '--reason', 'customer_request')
  assert.match(made.text, /^Возврат [0-9A-F]{32}: 1\u00a0010\u00a0₸, ждёт второго человека\.\n$/)
  const [own = ''] = /[0-9A-F]{32}/.exec(made.text) ?? []
  const self = await byfly('approve', own)
  assert.deepEqual([self.code, self.text], [1, 'Не принято: refund_same_person\n'])
  assert.match((await byfly('cancel', own)).text, /^Возврат отменяется/)
  const staff = await loginAs(centre, 'country_admin')
  const [refund] = (await ask(staff, id)).body.data.refunds
  assert.equal(
    (await byfly('approve', refund.id)).text,
    'Возврат подтверждён: его можно начинать.\n',
  )
  const early = ['--outcome', 'not_refunded', '--evidence', 'Выписка', '--reason', 'Проверка']
  assert.match((await byfly('resolve', refund.id, ...early)).text, /refund_settled/)
  await centre.sql(
    `UPDATE refunds SET state = 'held', reason = 'start_lost' WHERE state = 'approved'`,
  )
  assert.equal((await byfly('resolve', refund.id, ...early)).text, 'Решение записано.\n')
  const listed = await byfly('list', '--payment', id)
  assert.match(listed.text, /failed/)
  assert.match(listed.text, /cancelled/)
  const actions = await centre.sql(`SELECT action FROM audit_log WHERE action LIKE 'refund.%'`)
  assert.deepEqual(
    actions.map(({ action }) => action),
    [
      'refund.requested',
      'refund.cancelled',
      'refund.requested',
      'refund.approved',
      'refund.resolved',
    ],
  )
  assert.match((await byfly('create', 'x', '--reason', 'other')).text, /x/)
})
