// The wall of terminals: what is on each screen as the centre knows it, for whom, and who waits.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'
import { until } from '../support/until.ts'

let centre: TestCentre
let admin: TestStaff
before(async () => {
  centre = await startTestCentre({
    terminals: [{ camera: 'json' }],
    limits: { queueWaitMs: 100 },
  })
  admin = await loginAs(centre, 'country_admin')
})
after(() => centre.stop())

async function wall(staff: TestStaff) {
  const answer = await staff.call('GET', '/api/admin/terminals/wall')
  assert.equal(answer.status, 200, answer.text)
  return answer.body.data
}

test('an idle terminal: nothing on its screen, nobody waits', async () => {
  const { queues, terminals } = await wall(admin)
  const [{ screen, status, waiting, work }] = terminals
  assert.deepEqual(
    { screen, status, waiting, work },
    { screen: 'idle', status: 'free', waiting: 0, work: null },
  )
  assert.deepEqual(
    queues.map(({ waiting: count }: { waiting: number }) => count),
    [0],
  )
})

test('a payment is told with its sum and its beginning to who may see it; the queue is counted', async () => {
  const id = await centre.init(1_000_000)
  assert.equal((await centre.kaspi(id)).status, 200)
  const second = await centre.init(500_000)
  assert.equal((await centre.kaspi(second)).status, 503)
  const { queues, terminals } = await wall(admin)
  const [{ qr_read: isRead, screen, status, waiting, work }] = terminals
  assert.deepEqual([screen, status, isRead, waiting], ['qr', 'busy', true, 1])
  assert.deepEqual([work.transaction_id, work.amount, work.purpose], [id, 1_010_000, 'payment'])
  assert.ok(work.for_seconds >= 0)
  const [{ eta_seconds: eta, waiting: inQueue }] = queues
  assert.equal(inQueue, 1)
  assert.ok(eta > 0)
  const lists = { sources: [(await centre.addSource()).id] }
  const foreign = await wall(await loginAs(centre, 'cashier', lists))
  assert.equal(foreign.terminals[0].work, null)
  assert.equal(foreign.terminals[0].screen, 'qr')
  centre.simulator.phone.scan({ qr: (await centre.status(id)).qr_code })
  await centre.until(id, 'paid')
  await until(async () => (await wall(admin)).terminals[0].screen === 'idle')
})

test('a camera that is down is told once it failed beside the work, not by one impatient look', async () => {
  const { sights } = centre.running.centre
  centre.simulator.terminal(1).armFault({ fault: 'camera_down', for_ms: 60_000 })
  const look = await admin.call('GET', '/api/admin/terminals/1/camera')
  assert.equal(look.body.data.outcome, 'camera_failed')
  assert.notEqual((await wall(admin)).terminals[0].camera?.outcome, 'camera_failed')
  sights.note(1, 'qr_missed')
  await until(async () => (await wall(admin)).terminals[0].camera?.outcome === 'camera_failed')
  centre.simulator.terminal(1).clearFaults()
})
