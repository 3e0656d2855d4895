// Every field of a source that staff may say, by the tab it stands on and the way it is typed. Names are the
// wire's, so that a fault of the centre's finds its field.

import type { ChangeSourceRequest, SourceData } from '@byfly-pay/contract'
import { tengeOf, tiynOf } from '../show/money.ts'

export type Name = keyof ChangeSourceRequest
export type Part = 'settings' | 'money' | 'refunds' | 'webhooks'

export type Typed =
  | { readonly as: 'line'; readonly most: number; readonly isUrl?: true }
  | { readonly as: 'text'; readonly most: number }
  | { readonly as: 'switch' }
  | { readonly as: 'country' }
  /** Words of one's own, each an entry. */
  | { readonly as: 'entries' }
  | { readonly as: 'events' }
  | { readonly as: 'tenge'; readonly most: number; readonly least: number }
  | { readonly as: 'whole'; readonly most: number }
  | { readonly as: 'minutes'; readonly most: number }
  | { readonly as: 'types' }
  /** Value on the wire, as a text → its words. */
  | { readonly as: 'choice'; readonly of: Readonly<Record<string, Choice>> }

type Choice =
  | 'tiyn'
  | 'tenge'
  | 'asMethod'
  | 'added'
  | 'own'
  | 'task'
  | 'keep'
  | 'source'
  | 'customer'
  | 'centre'

export interface FieldSpec {
  readonly name: Name
  readonly typed: Typed
  /** May be left empty: then there is none, or no limit. */
  readonly isOptional?: true
}

const MOST_TENGE = 70_368_744_177_664
const MOST_COUNT = 1_000_000
const MOST_MINUTES = 525_600
const MINUTE_SECONDS = 60

export const FIELDS: Readonly<Record<Part, readonly FieldSpec[]>> = {
  settings: [
    { name: 'name', typed: { as: 'line', most: 200 } },
    { name: 'type', typed: { as: 'types' } },
    { name: 'description', typed: { as: 'text', most: 1000 }, isOptional: true },
    { name: 'is_active', typed: { as: 'switch' } },
    { name: 'country_iso', typed: { as: 'country' } },
    { name: 'amount_unit', typed: { as: 'choice', of: { tiyn: 'tiyn', tenge: 'tenge' } } },
    { name: 'lifetime_seconds', typed: { as: 'minutes', most: MOST_MINUTES } },
    { name: 'allowed_ips', typed: { as: 'entries' }, isOptional: true },
  ],
  money: [
    {
      name: 'add_commission_to_amount',
      typed: { as: 'choice', of: { null: 'asMethod', true: 'added', false: 'own' } },
    },
    { name: 'ceiling_tiyn', typed: { as: 'tenge', least: 0.01, most: MOST_TENGE } },
    {
      name: 'daily_limit_tiyn',
      typed: { as: 'tenge', least: 0.01, most: MOST_TENGE },
      isOptional: true,
    },
    { name: 'phone_hourly_limit', typed: { as: 'whole', most: MOST_COUNT }, isOptional: true },
    { name: 'open_attempts_limit', typed: { as: 'whole', most: MOST_COUNT }, isOptional: true },
    { name: 'tolerance_tiyn', typed: { as: 'tenge', least: 0, most: 1_000 } },
    { name: 'overpaid_policy', typed: { as: 'choice', of: { task: 'task', keep: 'keep' } } },
  ],
  refunds: [
    { name: 'refunds_allowed', typed: { as: 'switch' } },
    {
      name: 'refund_commission',
      typed: {
        as: 'choice',
        of: { source: 'source', customer: 'customer', centre: 'centre' },
      },
    },
    {
      name: 'refund_approval_above_tiyn',
      typed: { as: 'tenge', least: 0, most: MOST_TENGE },
      isOptional: true,
    },
  ],
  webhooks: [
    {
      name: 'default_webhook_url',
      typed: { as: 'line', most: 2048, isUrl: true },
      isOptional: true,
    },
    { name: 'webhook_events', typed: { as: 'events' }, isOptional: true },
  ],
}

export type Shown = Readonly<Record<string, unknown>>

/** As it stands in the form. */
export function shownOf(source: SourceData, part: Part): Shown {
  return Object.fromEntries(
    FIELDS[part].map(({ name, typed }) => [name, shown(typed, source[name])]),
  )
}

function shown(typed: Typed, value: SourceData[Name]): unknown {
  if (typed.as === 'choice') return String(value)
  if (typed.as === 'tenge') return value === null ? null : tengeOf(Number(value))
  if (typed.as === 'minutes') return Math.round(Number(value) / MINUTE_SECONDS)
  return value ?? undefined
}

/** What differs from how it stood: a colleague's change meanwhile is not undone by a field left alone. */
export function changedIn(source: SourceData, part: Part, now: Shown): ChangeSourceRequest {
  const before = shownOf(source, part)
  const changed = FIELDS[part].filter(
    ({ name }) => JSON.stringify(before[name] ?? null) !== JSON.stringify(now[name] ?? null),
  )
  return Object.fromEntries(changed.map(({ name, typed }) => [name, wireOf(typed, now[name])]))
}

function wireOf(typed: Typed, value: unknown): unknown {
  if (typed.as === 'choice') {
    return value === 'null' ? null : value === 'true' ? true : value === 'false' ? false : value
  }
  if (typed.as === 'tenge') return typeof value === 'number' ? tiynOf(value) : null
  if (typed.as === 'minutes') return Number(value) * MINUTE_SECONDS
  if (typed.as === 'line' || typed.as === 'text') return value === '' ? null : (value ?? null)
  return value ?? null
}
