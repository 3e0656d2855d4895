import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { SECOND_MS } from '../time.ts'
import { LONGEST_TIME_MS, type Occupation, TYPICAL_TIMES_MS, waitsFor } from './estimate.ts'

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

/** Whole seconds in, whole seconds out: the renewal equation itself, with no grid and no straight end. */
function slowWait(place: number, lefts: readonly (readonly number[])[], times: readonly number[]) {
  const ended: number[] = []
  const mean = (all: readonly number[], t: number) =>
    all.reduce((sum, s) => sum + (s <= t ? 1 + (ended[t - s] ?? 0) : 0), 0) / all.length
  for (let t = 0; t < 100_000; t += 1) {
    ended.push(mean(times, t))
    if (lefts.reduce((sum, left) => sum + mean(left, t), 0) >= place - 0.5) return t
  }
  return Number.NaN
}

const MIXED = [10, 20, 30, 45, 60, 90, 120]
const shuffled = (values: readonly number[]) => values.toSorted((a, b) => (a % 7) - (b % 7))

test('S8: the wait is what the renewal equation says, second by second, near and far', () => {
  const pools: readonly (readonly [readonly Occupation[], readonly (readonly number[])[]])[] = [
    [[heldFor(0)], [MIXED]],
    [[heldFor(50_000)], [[10, 40, 70]]],
    [[heldFor(130_000)], [[65]]],
    [
      [FREE, heldFor(30_000)],
      [[0], [15, 30, 60, 90]],
    ],
    [[{ kind: 'free_at', atMs: NOW - 5_000 }], [[0]]],
    [
      [{ kind: 'free_at', atMs: NOW + 20_000 }, heldFor(0), heldFor(60_000), heldFor(400_000)],
      [[20], MIXED, [30, 60]],
    ],
  ]
  for (const [pool, lefts] of pools) {
    for (const place of [1, 2, 3, 5, 8, 20, 60]) {
      const wanted = slowWait(place, lefts, MIXED) * SECOND_MS
      const actual = expectedWaitMs(place, pool, seconds(...shuffled(MIXED)), NOW)
      near(actual, wanted, 2_500 + wanted / 50)
    }
  }
})

test('S8: thousands of times say what their quantiles say', () => {
  const many = Array.from({ length: 100 }, () => MIXED).flat()
  for (const place of [1, 3, 10]) {
    const few = expectedWaitMs(place, [heldFor(0)], seconds(...MIXED), NOW)
    assert.ok(few !== null)
    near(expectedWaitMs(place, [heldFor(0)], seconds(...shuffled(many)), NOW), few, few / 50)
  }
  const skewed = [...Array.from({ length: 90 }, () => 10), ...Array.from({ length: 10 }, () => 100)]
  const wanted = slowWait(50, [skewed], skewed) * SECOND_MS
  near(expectedWaitMs(50, [heldFor(0)], seconds(...skewed), NOW), wanted, wanted / 50)
})

test('S8: fewer than five times are counted with the usual ones', () => {
  const usual = TYPICAL_TIMES_MS.map((ms) => ms / SECOND_MS)
  assert.deepEqual(usual, [30, 45, 60, 75, 90])
  const four = [10, 10, 10, 10]
  const both = slowWait(6, [[...four, ...usual]], [...four, ...usual]) * SECOND_MS
  near(expectedWaitMs(6, [heldFor(0)], seconds(...four), NOW), both, 6_000)
  const five = [...four, 10]
  near(expectedWaitMs(6, [heldFor(0)], seconds(...five), NOW), 60_000)
})

test('S8: an operation counts from a tenth of a second to five minutes', () => {
  const all = (ms: number) => Array.from({ length: 5 }, () => ms)
  near(expectedWaitMs(2, [heldFor(0)], all(3_600_000), NOW), 2 * LONGEST_TIME_MS, 13_000)
  near(expectedWaitMs(1_000, [FREE], all(0), NOW), 100_000)
  assert.equal(expectedWaitMs(1, [heldFor(LONGEST_TIME_MS)], EVEN, NOW), null)
  near(expectedWaitMs(1, [heldFor(LONGEST_TIME_MS - 1)], EVEN, NOW), LONGEST_TIME_MS / 2)
})
