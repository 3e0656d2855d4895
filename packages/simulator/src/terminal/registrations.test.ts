// «Защита интеграции»: registration that waits for a person, tokens that rotate and run out.
import assert from 'node:assert/strict'
import test from 'node:test'
import { quickWorld, until } from '../testing/quick-world.ts'

const PROTECTED = { terminals: [{ protection: true }] }

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
