import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Centre, DEFAULT_LIMITS } from '../ports/centre.ts'
import { DatabaseUnavailable } from '../ports/database-unavailable.ts'
import { AttemptWorker } from './attempt-worker.ts'

test('a stop without a database ends all the same: leases run out by themselves', async () => {
  const away = async () => {
    throw new DatabaseUnavailable(new Error('connect ECONNREFUSED'))
  }
  const said: string[] = []
  const centre = {
    instance: 'one',
    limits: DEFAULT_LIMITS,
    clock: { now: () => 0, sleep: async () => {} },
    log: { error: () => {}, warn: (_: unknown, text: string) => said.push(text), info: () => {} },
    storage: { pool: { renewLeases: away, takeOver: away, releaseLeases: away } },
  } as unknown as Centre
  const worker = new AttemptWorker()
  worker.start({ ...centre, clock: { ...centre.clock, sleep: untilAborted } })
  await worker.stop()
  assert.equal(said.length, 1)
})

function untilAborted(_ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted !== false) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
