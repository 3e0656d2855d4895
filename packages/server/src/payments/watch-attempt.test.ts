import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Centre, DEFAULT_LIMITS } from '../ports/centre.ts'
import { silentTracer } from '../telemetry/silent-tracer.ts'
import { watchAttempt } from './watch-attempt.ts'

const DAY_MS = 86_400_000

test('a clock that is set back in the middle of a look puts the next one off by no more than usual', async () => {
  const stopping = new AbortController()
  const sleeps: number[] = []
  let now = 100 * DAY_MS
  const attempt = { id: 'a', state: { kind: 'lost', sinceMs: 0 } }
  const centre = {
    meter: { lookedLate() {} },
    tracer: silentTracer,
    limits: { ...DEFAULT_LIMITS, quarantineMs: 60_000 },
    clock: {
      now: () => now,
      sleep: async (ms: number) => {
        sleeps.push(ms)
        stopping.abort()
      },
    },
    providers: { of: () => ({ system: 'kaspi' }) },
    storage: {
      terminals: { device: async () => ({ terminalId: 1, system: 'kaspi' }) },
      payments: {
        peek: async () => {
          now -= 20 * DAY_MS
          return { payment: { attempts: [attempt] }, now: 0 }
        },
      },
    },
  } as unknown as Centre
  const leased = {
    attemptId: 'a',
    paymentId: 'p',
    terminalId: 1,
    fence: 1n,
    purpose: 'payment' as const,
  }
  await watchAttempt(centre, leased, stopping.signal)
  assert.deepEqual(
    sleeps.map((ms) => ms <= DEFAULT_LIMITS.quarantineMs),
    [true],
  )
})
