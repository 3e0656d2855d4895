// What staff sees through a terminal's camera: now, last and where a QR was missed; and who may not.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { decode } from 'jpeg-js'
import { MISSES_LIMIT } from '../../packages/server/src/ports/frame-store.ts'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'
import { until } from '../support/until.ts'

let centre: TestCentre
let admin: TestStaff
before(async () => {
  centre = await startTestCentre({
    terminals: [{ camera: 'jpeg' }, { camera: 'none' }, { camera: 'json' }],
  })
  admin = await loginAs(centre, 'country_admin')
})
after(() => centre.stop())

async function frameOf(staff: TestStaff, id = 1) {
  const { url } = centre
  return fetch(`${url}/api/admin/terminals/${id}/camera/frame`, {
    headers: { Authorization: `Bearer ${staff.token}` },
  })
}

async function lookOf(staff: TestStaff, id: number) {
  const answer = await staff.call('GET', `/api/admin/terminals/${id}/camera`)
  assert.equal(answer.status, 200, answer.text)
  assert.equal(answer.body.data.id, id)
  return answer.body.data
}

/** The terminal before the picture camera takes it: others cannot, by their cameras. */
async function startedOnFirst(): Promise<string> {
  await centre.sql('UPDATE terminals SET is_active = id = 1')
  const id = await centre.init(1_000)
  const started = await centre.kaspi(id)
  assert.equal(started.status, 200, started.text)
  return id
}

async function cancelled(id: string): Promise<void> {
  await centre.call('POST', `/api/payment/${id}/cancel`)
  await until(async () => {
    const [row] = await centre.sql('SELECT count(*)::integer AS count FROM open_attempts')
    return row.count === 0
  })
}

test('a look now: the idle screen, its light and its focus; no camera and no picture are said', async () => {
  assert.equal((await frameOf(admin)).status, 404)
  const look = await lookOf(admin, 1)
  assert.equal(look.outcome, 'nothing')
  assert.ok(look.frame.picture.startsWith('data:image/jpeg;base64,'))
  assert.deepEqual(look.frame.codes, [])
  assert.equal(look.frame.tilt_degrees, null)
  assert.equal((await lookOf(admin, 2)).outcome, 'no_camera')
  assert.deepEqual(
    [(await lookOf(admin, 3)).outcome, (await lookOf(admin, 3)).frame],
    ['nothing', null],
  )
})

test('the last frame is the centre’s own small JPEG, and is kept by nobody', async () => {
  await lookOf(admin, 1)
  const answer = await frameOf(admin)
  assert.equal(answer.status, 200)
  assert.equal(answer.headers.get('content-type'), 'image/jpeg')
  assert.equal(answer.headers.get('cache-control'), 'no-store')
  assert.equal(answer.headers.get('x-content-type-options'), 'nosniff')
  const bytes = Buffer.from(await answer.arrayBuffer())
  assert.ok(bytes.length <= 65_536)
  assert.ok(decode(bytes).width <= 480)
})

test('the screen of a payment is shown to who may see that payment, and to nobody else', async () => {
  const id = await startedOnFirst()
  const other = await centre.addSource()
  const lists = [{ sources: [centre.source.id] }, { sources: [other.id] }]
  const [own, foreign] = await Promise.all(lists.map((list) => loginAs(centre, 'cashier', list)))
  assert.ok(own && foreign)
  const look = await lookOf(own, 1)
  assert.equal(look.outcome, 'read')
  assert.equal(look.frame.codes[0].length, 4)
  assert.equal((await frameOf(own)).status, 200)
  const hidden = await lookOf(foreign, 1)
  assert.deepEqual([hidden.outcome, hidden.frame], ['hidden', null])
  assert.equal((await frameOf(foreign)).status, 404)
  await cancelled(id)
  // What has just ended may still stand on the screen.
  assert.equal((await lookOf(foreign, 1)).outcome, 'hidden')
  assert.equal((await frameOf(foreign)).status, 404)
})

test('a QR that is missed leaves a reason and a picture; only the last ones are kept', async () => {
  centre.simulator.terminal(1).armFault({ fault: 'camera_blank', for_ms: 8_000 })
  const id = await startedOnFirst()
  await until(async () => {
    const [row] = await centre.sql('SELECT count(*)::integer AS count FROM camera_misses')
    return row.count === 1
  })
  const { body } = await admin.call('GET', '/api/admin/terminals/1/camera/misses')
  const [miss] = body.data
  assert.equal(miss.reason, 'too_dark')
  assert.ok(miss.picture.startsWith('data:image/jpeg;base64,'))
  const foreign = await loginAs(centre, 'cashier', { sources: [(await centre.addSource()).id] })
  const seen = await foreign.call('GET', '/api/admin/terminals/1/camera/misses')
  assert.deepEqual(
    seen.body.data.map(({ picture, reason }: { picture: null; reason: string }) => [
      reason,
      picture,
    ]),
    [['too_dark', null]],
  )
  const { frames } = centre.running.centre.storage
  for (let count = 0; count < MISSES_LIMIT + 3; count += 1) {
    await frames.addMiss(1, null, { reading: { kind: 'camera_failed' }, frame: null })
  }
  const all = await admin.call('GET', '/api/admin/terminals/1/camera/misses')
  assert.equal(all.body.data.length, MISSES_LIMIT)
  await cancelled(id)
})
