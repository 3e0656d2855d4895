// From what is wrong now and what was told before to what is told now: that it began, once that it still
// is so, that it is over. Pure, and asked again and again: what has been told is not told again.

import { type Moment, SECOND_MS } from '../time.ts'
import { type AlertKind, type AlertPlace, type AlertRules, isLasting } from './kind.ts'

/** Something wrong, as it is found at this moment. */
export interface Condition {
  readonly kind: AlertKind
  /** Names what is wrong within its kind, so that it is one alert however often it is found. */
  readonly key: string
  readonly sinceMs: Moment
  readonly place: AlertPlace
  readonly terminalId: number | null
  readonly paymentId: string | null
  /** Names and numbers for the sentence; never a customer's, never a secret. */
  readonly facts: Readonly<Record<string, string | number | null>>
}

export interface OpenAlert {
  readonly id: number
  readonly kind: AlertKind
  readonly key: string
  readonly openedAtMs: Moment
  readonly lastSeenAtMs: Moment
  readonly isReminded: boolean
}

export type AlertChange =
  | { readonly kind: 'opened'; readonly condition: Condition }
  /** Nothing to tell: it is still so. */
  | { readonly kind: 'seen'; readonly id: number }
  | { readonly kind: 'still'; readonly id: number }
  | { readonly kind: 'ended'; readonly id: number; readonly isTold: boolean }

export interface AlertTimes {
  /** How long it lasts before it is told once more; null for never. */
  readonly remindAfterMs: number | null
  /** What comes and goes within this time is one trouble, told once. */
  readonly calmMs: number
}

export function decideAlerts(
  open: readonly OpenAlert[],
  conditions: readonly Condition[],
  rules: AlertRules,
  { calmMs, remindAfterMs }: AlertTimes,
  now: Moment,
): AlertChange[] {
  const holding = new Map(
    conditions
      .filter(({ kind, sinceMs }) => {
        const { afterSeconds, isOn } = rules[kind]
        // Conditions are found a moment after `now` was read, and may have begun between the two.
        return isOn && Math.max(now - sinceMs, 0) >= afterSeconds * SECOND_MS
      })
      .map((condition) => [nameOf(condition), condition]),
  )
  const changes: AlertChange[] = []
  for (const alert of open) {
    const { id, isReminded, kind, lastSeenAtMs, openedAtMs } = alert
    if (holding.delete(nameOf(alert))) {
      const isDue = remindAfterMs !== null && now - openedAtMs >= remindAfterMs
      changes.push({ kind: isDue && !isReminded && isLasting(kind) ? 'still' : 'seen', id })
    } else if (now - lastSeenAtMs >= calmMs || !rules[kind].isOn) {
      changes.push({ kind: 'ended', id, isTold: isLasting(kind) && rules[kind].isOn })
    }
  }
  return [...changes, ...[...holding.values()].map((condition) => opened(condition))]
}

function opened(condition: Condition): AlertChange {
  return { kind: 'opened', condition }
}

function nameOf({ key, kind }: { readonly kind: AlertKind; readonly key: string }): string {
  return `${kind} ${key}`
}
