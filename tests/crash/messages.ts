// What an instance and whoever started it say to each other.

import type { Limits } from '../../packages/server/src/ports/centre.ts'
import type { StepName } from './steps.ts'

/** How an instance is made; handed over as its first argument. */
export interface Orders {
  readonly env: Readonly<Record<string, string>>
  readonly limits: Partial<Limits>
  /** Asks before it goes on at every step; without it it runs as in the field. */
  readonly isWatched: boolean
}

/** Where in whose payment an instance stands. */
export interface Passing {
  readonly step: StepName
  readonly paymentId: string
}

/** A terminal is about to be called for a payment. */
export interface Calling {
  readonly paymentId: string
  readonly port: number
}

export type ToInstance =
  | { readonly kind: 'begin' }
  | { readonly kind: 'go'; readonly pass: number }
  /** Its machine's clock jumps. */
  | { readonly kind: 'clock'; readonly offsetMs: number }
  /** It keeps every connection of its pool busy for so long. */
  | { readonly kind: 'exhaust'; readonly forMs: number }

export type FromInstance =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'listening'; readonly url: string }
  | { readonly kind: 'at'; readonly pass: number; readonly passing: Passing }
  | { readonly kind: 'calls'; readonly pass: number; readonly calling: Calling }
