// The two versions of the API side by side: the same device, other words.
import assert from 'node:assert/strict'
import test from 'node:test'
import { quickWorld } from '../testing/quick-world.ts'

const TERMINALS = [{ api: 'v1' }, { api: 'v2' }, { api: 'both' }] as const

test('v1 has no prefix and no envelope, and fails with HTTP 500', async (context) => {
  const world = await quickWorld(context, { terminals: TERMINALS })
  const get = (path: string) => world.get(world.simulator.terminal(1).url + path)
  const start = await get('/payment?amount=100')
  assert.equal(start.status, 200)
  assert.deepEqual(Object.keys(start.body), ['processId', 'status'])
  const processId = world.simulator.terminal(1).operation()?.process_id
  const status = await get(`/status?processId=${processId}`)
  assert.partialDeepStrictEqual(status.body, { processId, status: 'wait' })
  for (const [path, message] of [
    ['/payment?amount=100', 'Предыдущая операция не завершена'],
    ['/status?processId=1', 'Процесс не найден'],
    ['/payment?amount=x', 'Неверный параметр amount'],
    ['/v2/status?processId=1', 'Неверный параметр или адрес запроса'],
    ['/', 'Неверный параметр или адрес запроса'],
  ] as const) {
    assert.deepEqual(await get(path), { status: 500, body: { message } }, path)
  }
  const refused = world.simulator.journal.startCalls[1]
  assert.deepEqual([refused?.accepted, refused?.status_code], [false, 107])
})

test('a token is refused alike in both, and faults strike v1 too', async (context) => {
  const terminals = [{ api: 'v1', protection: true }, { api: 'v1' }] as const
  const world = await quickWorld(context, { terminals })
  const [guarded, open] = world.simulator.terminals
  assert.ok(guarded && open)
  assert.equal((await world.get(`${guarded.url}/deviceinfo`)).status, 401)
  const tokens = await world.get(`${guarded.url}/register?name=till`)
  assert.deepEqual(Object.keys(tokens.body), ['accessToken', 'refreshToken', 'expirationDate'])
  open.armFault({ fault: 'refuse_code', code: 106 })
  const refused = await world.get(`${open.url}/payment?amount=1`)
  assert.deepEqual(refused, { status: 500, body: { message: 'Приём платежей заблокирован' } })
})

test('v2 knows nothing of v1; a terminal of both answers each in its own words', async (context) => {
  const world = await quickWorld(context, { terminals: TERMINALS })
  const [, second, both] = world.simulator.terminals
  assert.ok(second && both)
  const stranger = await world.get(`${second.url}/deviceinfo`)
  assert.deepEqual([stranger.status, stranger.body.statusCode], [200, 999])
  const flat = await world.get(`${both.url}/deviceinfo`)
  const enveloped = await world.get(`${both.url}/v2/deviceinfo`)
  assert.deepEqual(enveloped.body, { statusCode: 0, data: flat.body })
})
