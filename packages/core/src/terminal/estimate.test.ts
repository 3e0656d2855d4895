import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { SECOND_MS } from '../time.ts'
import { type Occupation, TYPICAL_TIMES_MS, waitsFor } from './estimate.ts'

const NOW = 1_700_000_000_000

function heldFor(ms: number): Occupation {
  return { kind: 'held_since', sinceMs: NOW - ms }
}

const FREE: Occupation = { kind: 'free_at', atMs: NOW }

function seconds(...values: number[]): number[] {
  return values.map((value) => value * SECOND_MS)
}

function near(actual: number | null, wanted: number, byMs = 2_500): void {
  assert.ok(actual !== null && Math.abs(actual - wanted) <= byMs, `${actual}, а не ${wanted}`)
}

function expectedWaitMs(
  place: number,
  occupations: readonly Occupation[],
  times: readonly number[],
  now: number,
): number | null {
  return waitsFor(occupations, times, now)?.(place) ?? null
}

const EVEN = seconds(60, 60, 60, 60, 60)

test('S8: with operations of one length the wait is told to the second', () => {
  near(expectedWaitMs(1, [heldFor(0)], EVEN, NOW), 60_000)
  near(expectedWaitMs(3, [heldFor(0)], EVEN, NOW), 180_000)
  near(expectedWaitMs(1, [heldFor(20_000)], EVEN, NOW), 40_000)
  near(expectedWaitMs(2, [heldFor(20_000), heldFor(50_000)], EVEN, NOW), 40_000)
  near(expectedWaitMs(1, [FREE], EVEN, NOW), 0)
})

test('S8: what nobody has measured is taken as usual, and nothing to wait for is said so', () => {
  const usual = TYPICAL_TIMES_MS.reduce((sum, ms) => sum + ms, 0) / TYPICAL_TIMES_MS.length
  near(expectedWaitMs(20, [heldFor(0)], [], NOW), 20 * usual, usual)
  assert.equal(expectedWaitMs(1, [], EVEN, NOW), null)
  assert.equal(expectedWaitMs(1, [heldFor(3_600_000)], EVEN, NOW), null, 'it hangs')
  assert.notEqual(expectedWaitMs(1, [heldFor(90_000)], EVEN, NOW), null, 'it is only slow')
})

const times = fc.array(fc.integer({ min: 1, max: 400_000 }), { maxLength: 80 })
const occupation = fc.oneof(
  fc.record({
    kind: fc.constant('free_at' as const),
    atMs: fc.integer({ min: NOW - 10, max: NOW + 300_000 }),
  }),
  fc.record({
    kind: fc.constant('held_since' as const),
    sinceMs: fc.integer({ min: NOW - 290_000, max: NOW }),
  }),
)
const occupations = fc.array(occupation, { minLength: 1, maxLength: 8 })

test('S8: a later place never waits less, another terminal never makes anybody wait more', () => {
  fc.assert(
    fc.property(
      occupations,
      occupation,
      times,
      fc.integer({ min: 1, max: 60 }),
      (all, one, ms, place) => {
        const wait = expectedWaitMs(place, all, ms, NOW)
        const later = expectedWaitMs(place + 1, all, ms, NOW)
        const helped = expectedWaitMs(place, [...all, one], ms, NOW)
        if (wait === null || later === null || helped === null) return assert.equal(wait, later)
        assert.ok(wait >= 0 && Number.isFinite(wait))
        assert.ok(later >= wait, `${place}: ${wait}, следующий ${later}`)
        assert.ok(helped <= wait + 200, `${wait}, с ещё одним терминалом ${helped}`)
      },
    ),
  )
})
