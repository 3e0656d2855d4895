// How the books stand as a whole, for whoever keeps the centre running: numbers and ages, nobody's rows.

import type { AttemptStateKind, Availability, Moment } from '@byfly-pay/core'
import type { Purpose } from './pool-store.ts'

/** An open attempt, or a refund at work. */
export interface OpenStanding {
  readonly purpose: Purpose
  readonly state: AttemptStateKind
  readonly ageMs: number
}

/** Rows that wait for their turn. `oldestMs` is 0 when there are none. */
export interface BacklogStanding {
  readonly count: number
  readonly oldestMs: number
}

export interface BooksStanding {
  readonly open: readonly OpenStanding[]
  readonly terminals: readonly {
    readonly system: string
    readonly byAvailability: Readonly<Record<Availability, number>>
  }[]
  readonly queue: BacklogStanding
  /** Webhooks whose time to be sent has come; a try that is under way is not among them. */
  readonly deliveries: BacklogStanding
  readonly texts: BacklogStanding
  /** Receivers that fail or are switched off. */
  readonly failingEndpoints: number
  readonly unfoldedDeltas: number
  /** When the first of the certificates that are served now runs out; null without one. */
  readonly certificateExpiresAtMs: Moment | null
}

export interface StandingStore {
  /** A handful of narrow statements, none of which counts further than its limit. */
  read(): Promise<BooksStanding>
}

/** Connections of one pool, as they are on this instance. */
export interface PoolUse {
  readonly busy: number
  readonly idle: number
  /** Statements that wait for a connection. */
  readonly waiting: number
}

export interface Connections {
  readonly pools: Readonly<Record<'main' | 'wide', PoolUse>>
  /** Statements on their way over the lanes. */
  readonly lanes: Readonly<Record<'reads' | 'creations', number>>
}
