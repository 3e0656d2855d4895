// «Защита интеграции»: registration that waits for a person, tokens that rotate and run out.
import assert from 'node:assert/strict'
import test from 'node:test'
import type { SimulatorOptions } from '../simulator.ts'
import { quickWorld, until } from '../testing/quick-world.ts'

const PROTECTED = { terminals: [{ protection: true, expirationStyle: 'numbers' }] } as const
const ASKING = { terminals: [{ protection: true, permission: 'ask' }] } as const

test('without a token nothing works; registration waits for the tap on the screen', async (context) => {
  const world = await quickWorld(context, { ...PROTECTED, timing: { registerMs: 150 } })
  assert.equal((await world.call(1, 'deviceinfo')).status, 401)
  assert.equal((await world.call(1, 'payment', { amount: '1' }, 'wrong')).status, 401)
  const registration = world.call(1, 'register', { name: 'till' })
  await until(() =>
    world.simulator.terminal(1).screen().state === 'asks_permission' ? true : null,
  )
  const { accessToken, expirationDate } = (await registration).body.data
  assert.match(expirationDate, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
  const info = await world.call(1, 'deviceinfo', {}, accessToken)
  assert.equal(info.body.data.serialNum, 'SIM000000001')
  assert.deepEqual(Object.keys(info.body.data), ['posNum', 'serialNum', 'terminalId'])
})

test('a known name hears 105 until it is forbidden on the terminal', async (context) => {
  const world = await quickWorld(context, PROTECTED)
  const { accessToken } = (await world.call(1, 'register', { name: 'till' })).body.data
  assert.equal((await world.call(1, 'register', { name: 'till' })).body.statusCode, 105)
  assert.equal((await world.control('/terminals/1/forbid', { name: 'till' })).status, 200)
  assert.equal((await world.call(1, 'deviceinfo', {}, accessToken)).status, 401)
  assert.equal((await world.call(1, 'register', { name: 'till' })).body.statusCode, 0)
})

test('revoke rotates both tokens; the old ones are worthless at once', async (context) => {
  const world = await quickWorld(context, PROTECTED)
  const old = (await world.call(1, 'register', { name: 'till' })).body.data
  const refresh = (refreshToken: string) => world.call(1, 'revoke', { name: 'till', refreshToken })
  const fresh = (await refresh(old.refreshToken)).body.data
  assert.notEqual(fresh.accessToken, old.accessToken)
  assert.equal((await world.call(1, 'deviceinfo', {}, old.accessToken)).status, 403)
  assert.equal((await world.call(1, 'deviceinfo', {}, fresh.accessToken)).status, 200)
  assert.equal((await refresh(old.refreshToken)).body.statusCode, 105)
})

test('a token that has run out answers 403', async (context) => {
  const world = await quickWorld(context, { ...PROTECTED, timing: { accessTokenLifeMs: 20 } })
  const { accessToken } = (await world.call(1, 'register', { name: 'till' })).body.data
  await new Promise((resolve) => setTimeout(resolve, 30))
  assert.equal((await world.call(1, 'deviceinfo', {}, accessToken)).status, 403)
})

test('a terminal that asks waits for the button, over the control API or in the process', async (context) => {
  const world = await quickWorld(context, ASKING)
  const terminal = world.simulator.terminal(1)
  assert.equal(terminal.press('allow'), false, 'nothing is asked')
  for (const [button, code] of [
    ['forbid', 105],
    ['allow', 0],
  ] as const) {
    const registration = world.call(1, 'register', { name: 'till' })
    await until(() => (terminal.screen().state === 'asks_permission' ? true : null))
    assert.equal((await world.call(1, 'register', { name: 'other' })).body.statusCode, 107)
    assert.equal((await world.control('/terminals/1/press', { button })).status, 200)
    assert.equal((await registration).body.statusCode, code)
    assert.equal(terminal.screen().state, 'idle')
  }
  assert.deepEqual(terminal.registeredNames(), ['till'])
  assert.equal((await world.control('/terminals/1/press', { button: 'allow' })).status, 409)
  assert.equal((await world.control('/terminals/1/press', { button: 'maybe' })).status, 400)
})

test('a question that nobody answers goes away, and so does one that a reboot meets', async (context) => {
  const world = await quickWorld(context, { ...ASKING, timing: { permissionWaitMs: 30 } })
  assert.equal((await world.call(1, 'register', { name: 'till' })).body.statusCode, 105)
  const terminal = world.simulator.terminal(1)
  terminal.setTiming({ permissionWaitMs: 60_000 })
  const registration = world.call(1, 'register', { name: 'till' })
  await until(() => (terminal.screen().state === 'asks_permission' ? true : null))
  terminal.reboot(10)
  await assert.rejects(registration)
  await until(() => (terminal.screen().state === 'idle' ? true : null))
  assert.deepEqual(terminal.registeredNames(), [])
})

test('tokens that run out at once are cured by revoke; a lost answer to it only by a new start', async (context) => {
  const world = await quickWorld(context, PROTECTED)
  const terminal = world.simulator.terminal(1)
  const first = (await world.call(1, 'register', { name: 'till' })).body.data
  assert.equal((await world.control('/terminals/1/expire-tokens', {})).status, 200)
  assert.equal((await world.call(1, 'deviceinfo', {}, first.accessToken)).status, 403)
  const refresh = { name: 'till', refreshToken: first.refreshToken }
  terminal.armFault({ fault: 'answer_lost', on: 'revoke' })
  await assert.rejects(world.call(1, 'revoke', refresh))
  assert.equal((await world.call(1, 'revoke', refresh)).body.statusCode, 105)
  assert.equal((await world.call(1, 'deviceinfo', {}, first.accessToken)).status, 403)

  assert.equal(terminal.forbid('till'), true)
  terminal.armFault({ fault: 'answer_lost', on: 'register' })
  await assert.rejects(world.call(1, 'register', { name: 'till' }))
  assert.equal((await world.call(1, 'register', { name: 'till' })).body.statusCode, 105)
})

test('both spellings of the date, and without an option one drawn from the seed', async (context) => {
  const spelling = async (options: Partial<SimulatorOptions>) => {
    const world = await quickWorld(context, options)
    const { expirationDate } = (await world.call(1, 'register', { name: 'till' })).body.data
    const day = Date.now() + 24 * 3_600_000 - Date.parse(`${expirationDate} UTC+5`)
    assert.ok(Math.abs(day) < 60_000, 'a day from now in the time of Kazakhstan')
    return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(expirationDate) ? 'numbers' : 'month_name'
  }
  for (const expirationStyle of ['numbers', 'month_name'] as const) {
    assert.equal(await spelling({ terminals: [{ expirationStyle }] }), expirationStyle)
  }
  const drawn = await Promise.all([1, 2, 3, 4, 5, 6].map((seed) => spelling({ seed })))
  assert.deepEqual(new Set(drawn), new Set(['numbers', 'month_name']))
})

test('whether status calls name the terminal is counted and never refused', async (context) => {
  const world = await quickWorld(context)
  const { url, terminalIdHeader } = world.simulator.terminal(1)
  const right = (await world.call(1, 'deviceinfo')).body.data.terminalId
  for (const headers of [{}, { terminalId: right }, { terminalId: '1' }, { terminalId: right }]) {
    assert.equal((await fetch(`${url}/v2/status?processId=1`, { headers })).status, 200)
  }
  assert.deepEqual(terminalIdHeader, { right: 2, wrong: 1, absent: 1 })
})
