// Webhooks of a period, given out again: the same ids, the same bytes, a few at a time (W2, W4). Asked for
// twice with one key it is one replay, and a killed centre goes on where it was.

import { DAY_MS, EVENT_KINDS, type EventKind } from '@byfly-pay/core'
import { audited } from '../accounts/audited.ts'
import type { Acting } from '../accounts/staff.ts'
import type { Centre } from '../ports/centre.ts'
import type { Replay, ReplayTerms } from '../ports/replay-store.ts'

export const LONGEST_REPLAY_MS = 31 * DAY_MS
export const MOST_REPLAYED = 10_000
/** Of one source at a time: half of what an instance sends at once, so others go on beside it. */
const IN_THE_AIR = 32
const REPLAYS_AT_ONCE = 100

export interface ReplayRequest extends Omit<ReplayTerms, 'events'> {
  /** None means all. */
  readonly events: readonly EventKind[]
  readonly requestKey: string
}

export type ReplayOutcome =
  | { readonly kind: 'going'; readonly replay: Replay }
  | { readonly kind: 'not_found' }
  /** Another of this source goes on. */
  | { readonly kind: 'in_progress' }
  | { readonly kind: 'too_long' }
  | { readonly kind: 'too_many' }
  /** The key was used for other terms. */
  | { readonly kind: 'key_taken' }

export function replayDeliveries(
  { clock, storage }: Pick<Centre, 'clock' | 'storage'>,
  { actor, scope }: Acting,
  sourceId: number,
  request: ReplayRequest,
): Promise<ReplayOutcome> {
  const { replays, sources } = storage
  const events = EVENT_KINDS.filter((event) => request.events.includes(event))
  // What comes later goes out by itself.
  const beforeMs = Math.min(request.beforeMs, clock.now())
  const terms = { ...request, beforeMs, events: events.length === 0 ? EVENT_KINDS : events }
  return audited<ReplayOutcome>({ storage }, actor, async (tx) => {
    const none = (outcome: ReplayOutcome) => ({ result: outcome, line: null })
    if ((await sources.lock(tx, scope, sourceId)) === null) return none({ kind: 'not_found' })
    const known = await replays.ofKey(tx, sourceId, request.requestKey)
    if (known !== null) {
      return none(isSame(known, terms) ? { kind: 'going', replay: known } : { kind: 'key_taken' })
    }
    if ((await replays.going(tx, sourceId)) !== null) return none({ kind: 'in_progress' })
    if (beforeMs <= terms.fromMs || beforeMs - terms.fromMs > LONGEST_REPLAY_MS) {
      return none({ kind: 'too_long' })
    }
    const total = await replays.count(tx, sourceId, terms, MOST_REPLAYED + 1)
    if (total > MOST_REPLAYED) return none({ kind: 'too_many' })
    const id = await replays.add(tx, { ...terms, sourceId, askedBy: actor.name, total })
    const replay = await replays.find(tx, sourceId, id)
    if (replay === null) throw new Error('Повтор не прочитался')
    const { fromMs, onlyParked } = terms
    return {
      result: { kind: 'going', replay },
      line: {
        action: 'webhooks.replayed',
        target: { kind: 'source', id: String(sourceId) },
        facts: { replay: id, fromMs, beforeMs, events: terms.events, onlyParked, total },
      },
    }
  })
}

/** The end is not compared: one that lies ahead was taken for the moment of asking. */
function isSame(known: ReplayTerms, asked: ReplayTerms): boolean {
  const events = (terms: ReplayTerms) => [...terms.events].sort().join()
  return (
    known.fromMs === asked.fromMs &&
    known.onlyParked === asked.onlyParked &&
    events(known) === events(asked)
  )
}

/** @returns false where there is no such replay; one that has ended stays as it is */
export function stopReplay(
  { storage }: Pick<Centre, 'storage'>,
  { actor, scope }: Acting,
  sourceId: number,
  id: string,
): Promise<boolean> {
  return audited({ storage }, actor, async (tx) => {
    const source = await storage.sources.lock(tx, scope, sourceId)
    const replay = source === null ? null : await storage.replays.find(tx, sourceId, id)
    if (replay === null) return { result: false, line: null }
    const isStopped = await storage.replays.stop(tx, sourceId, id, actor.name)
    const target = { kind: 'source', id: String(sourceId) }
    const facts = { replay: id, released: replay.released, total: replay.total }
    return {
      result: true,
      line: isStopped ? { action: 'webhooks.replay_stopped', target, facts } : null,
    }
  })
}

/** One turn of every replay that goes on. */
export async function releaseReplays({ storage }: Centre): Promise<void> {
  for (const id of await storage.replays.unfinished(REPLAYS_AT_ONCE)) {
    await storage.transaction((tx) => storage.replays.release(tx, id, IN_THE_AIR))
  }
}
