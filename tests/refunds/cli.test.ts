// Refunds at the command line: asked for, judged by another, given up, settled; through the functions of the
// API and audited (I15).

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { byfly } from '../support/byfly.ts'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs } from '../support/staff.ts'
import { ask, paidPayment } from './refund-world.ts'

let centre: TestCentre

before(async () => {
  centre = await startTestCentre()
})
after(() => centre.stop())

const run = (...words: string[]) => byfly(centre.database, ['refund', ...words])

test('an operator asks, is no second person for it, approves a colleague’s, gives up, settles', async () => {
  assert.match((await run('approval', '50000')).out, /больше 500\u00a0₸/)
  const id = await paidPayment(centre)
  const made = await run('create', id, '--reason', 'customer_request')
  assert.match(made.out, /^Возврат [0-9A-F]{32}: 1\u00a0010\u00a0₸, ждёт второго человека\.\n$/)
  const [own = ''] = /[0-9A-F]{32}/.exec(made.out) ?? []
  const self = await run('approve', own)
  assert.deepEqual([self.code, self.out], [1, 'Не принято: refund_same_person\n'])
  assert.match((await run('cancel', own)).out, /^Возврат отменяется/)
  const staff = await loginAs(centre, 'country_admin')
  const [refund] = (await ask(staff, id)).body.data.refunds
  assert.equal((await run('approve', refund.id)).out, 'Возврат подтверждён: его можно начинать.\n')
  const early = ['--outcome', 'not_refunded', '--evidence', 'Выписка', '--reason', 'Проверка']
  assert.match((await run('resolve', refund.id, ...early)).out, /refund_settled/)
  await centre.sql(
    `UPDATE refunds SET state = 'held', reason = 'start_lost' WHERE state = 'approved'`,
  )
  assert.equal((await run('resolve', refund.id, ...early)).out, 'Решение записано.\n')
  const listed = await run('list', '--payment', id)
  assert.match(listed.out, /failed/)
  assert.match(listed.out, /cancelled/)
  const actions = await centre.sql(
    `SELECT action FROM audit_log WHERE action LIKE 'refund.%' ORDER BY seq`,
  )
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
  assert.match((await run('create', 'x', '--reason', 'other')).out, /x/)
})
