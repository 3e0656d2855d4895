// How long somebody in the queue will wait (S8), from how long operations really held terminals lately,
// failed ones included. Each terminal is a renewal process: what it is at now ends as such operations
// end, and then it serves the next. The k-th in line is served when k of them have ended. Pure.

import { type Moment, SECOND_MS } from '../time.ts'

/** The usual times of one operation in ms, until the pool has measured its own. */
export const TYPICAL_TIMES_MS: readonly number[] = [30, 45, 60, 75, 90].map((s) => s * SECOND_MS)

/** Fewer say little: the typical ones are counted with them. */
const ENOUGH_TIMES = 5

/** An operation that hangs for hours says nothing of the next. */
export const LONGEST_TIME_MS = 300 * SECOND_MS

/** What one terminal is doing: free from a moment on, or held since one. */
export type Occupation =
  | { readonly kind: 'free_at'; readonly atMs: Moment }
  | { readonly kind: 'held_since'; readonly sinceMs: Moment }

/** Steps of the grid on one mean time, and how many mean times it covers before its straight end. */
const STEPS = 24
const HORIZON = 8

/** The expected wait in ms of a place, 1 for the next to be served; it may be between two. */
export type WaitOf = (place: number) => number

/**
 * @param times how long operations held terminals, in ms
 * @returns null when no terminal will ever come free
 */
export function waitsFor(
  occupations: readonly Occupation[],
  times: readonly number[],
  now: Moment,
): WaitOf | null {
  const service = serviceOf(times)
  const leftOf = occupations.map((occupation) => leftMs(occupation, service.times, now))
  const terminals = leftOf.filter((left) => left.length > 0)
  if (terminals.length === 0) return null
  const servedBy = (ms: number) =>
    terminals.reduce((sum, left) => sum + servedOf(left, service, ms), 0)
  return (place) => {
    // The middle of the step in which the count of the served reaches the place.
    const wanted = place - 0.5
    let [least, most] = [0, service.meanMs]
    while (servedBy(most) < wanted && most < FAR_MS) most *= 2
    while (most - least > RESOLUTION_MS) {
      const middle = (least + most) / 2
      if (servedBy(middle) < wanted) least = middle
      else most = middle
    }
    return most
  }
}

const RESOLUTION_MS = 100
const FAR_MS = 7 * 24 * 3_600_000

interface Service {
  /** In ascending order. */
  readonly times: readonly number[]
  readonly meanMs: number
  readonly stepMs: number
  /** How many operations one terminal ends by each step of the grid, the first begun at 0. */
  readonly ended: readonly number[]
}

function serviceOf(measured: readonly number[]): Service {
  const enough = measured.length >= ENOUGH_TIMES ? measured : [...measured, ...TYPICAL_TIMES_MS]
  const times = thinned(
    enough
      .map((ms) => Math.min(Math.max(ms, SECOND_MS / 10), LONGEST_TIME_MS))
      .sort((a, b) => a - b),
  )
  const meanMs = times.reduce((sum, ms) => sum + ms, 0) / times.length
  const stepMs = meanMs / STEPS
  const ended: number[] = []
  for (let step = 0; step <= STEPS * HORIZON; step += 1) {
    let sum = 0
    for (const ms of times) {
      const back = Math.min(Math.floor((step * stepMs - ms) / stepMs), step - 1)
      if (step * stepMs >= ms) sum += 1 + (ended[back] ?? 0)
    }
    ended.push(sum / times.length)
  }
  return { times, meanMs, stepMs, ended }
}

/** So many say as much as thousands: quantiles of them, since every start may ask while others wait. */
const TIMES_LIMIT = 60

function thinned(sorted: readonly number[]): readonly number[] {
  if (sorted.length <= TIMES_LIMIT) return sorted
  const every = sorted.length / TIMES_LIMIT
  const at = (index: number) => sorted[Math.floor((index + 0.5) * every)] ?? LONGEST_TIME_MS
  return Array.from({ length: TIMES_LIMIT }, (_, index) => at(index))
}

/** How many operations end within `ms` of a beginning. */
function endedBy({ ended, meanMs, stepMs }: Service, ms: number): number {
  const at = ms / stepMs
  const step = Math.floor(at)
  const last = ended.length - 1
  const [before, after] = [ended[step], ended[step + 1]]
  if (before !== undefined && after !== undefined) return before + (after - before) * (at - step)
  return (ended[last] ?? 0) + (ms - last * stepMs) / meanMs
}

/** The ways in which a terminal may come free, equally likely, as ms from now; empty when none is left. */
function leftMs(occupation: Occupation, times: readonly number[], now: Moment): readonly number[] {
  if (occupation.kind === 'free_at') return [Math.max(occupation.atMs - now, 0)]
  const heldMs = now - occupation.sinceMs
  const longer = times.filter((ms) => ms > heldMs).map((ms) => ms - heldMs)
  if (longer.length > 0) return longer
  // Longer than any before: what has taken long takes long still, up to where it has come to hang.
  return heldMs < LONGEST_TIME_MS ? [heldMs / 2] : []
}

function servedOf(left: readonly number[], service: Service, ms: number): number {
  let served = 0
  for (const first of left) if (first <= ms) served += 1 + endedBy(service, ms - first)
  return served / left.length
}
