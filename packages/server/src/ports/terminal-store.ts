// Terminals as an operator enters them, how each is reached, and what the centre has learned of it.
// What runs on them, and whose turn it is, is the pool's.

import type {
  Fault,
  Health,
  Holder,
  Moment,
  QuarantineReason,
  Scope,
  TerminalFacts,
} from '@byfly-pay/core'
import type { Purpose } from './pool-store.ts'
import type {
  ApiVersion,
  Device,
  DeviceIdentity,
  DeviceTokens,
  TlsMode,
  Trouble,
} from './provider.ts'
import type { Transaction } from './transaction.ts'

/** What an operator says of a terminal. */
export interface NewTerminal {
  readonly name: string
  readonly system: string
  /** ISO 3166-1 alpha-2 (N8). */
  readonly countryIso: string
  /** As it was typed (N6). */
  readonly ipAddress: string
  readonly scheme: 'http' | 'https'
  readonly host: string
  readonly port: number
  readonly tls: TlsMode
  readonly apiVersion: ApiVersion
  readonly cameraId: number | null
  readonly cameraUrl: string | null
  readonly ownCheque: boolean
  readonly isActive: boolean
  /** Whose payments alone it takes; null when anybody's. A viewer sees those of the scope. */
  readonly reservedSources: readonly number[] | null
  readonly reservedCountry: string | null
}

/** A trouble that only a person ends; an expired token is exchanged by the centre itself. */
export type LastingTrouble = Exclude<Trouble, 'token_expired'>

/** Who keeps a terminal out of the pool, since when and why. */
export interface TakenOut {
  readonly by: string
  readonly reason: string
  readonly atMs: Moment
}

/** Out of the pool by its breaker, until a self-test goes well. */
export interface Suspension {
  readonly reason: Fault
  readonly sinceMs: Moment
  readonly nextTestAtMs: Moment
}

/** A terminal as one viewer sees it, with what runs on it, at one moment. */
export interface TerminalView extends NewTerminal {
  readonly id: number
  readonly fingerprint: string | null
  readonly serial: string | null
  readonly canStop: boolean | null
  readonly registeredName: string | null
  readonly tokenExpiresAtMs: Moment | null
  readonly trouble: LastingTrouble | null
  readonly troubleSinceMs: Moment | null
  readonly quarantineReason: QuarantineReason | null
  readonly takenOut: TakenOut | null
  /** Null while nothing is known of it yet. */
  readonly health: Health | null
  readonly suspension: Suspension | null
  readonly lastSeenAtMs: Moment | null
  readonly createdAtMs: Moment
  readonly facts: TerminalFacts
  readonly holder: Holder
  /** What it is at work on; null also when the viewer may not see that payment. */
  readonly currentPaymentId: string | null
  /** The database's time of this view. */
  readonly nowMs: Moment
}

/** An open attempt on a terminal, whoever may see its payment. */
export interface HeldFor {
  readonly attemptId: string
  readonly paymentId: string
  readonly purpose: Purpose
  readonly state: Exclude<Holder, null>
}

export interface Page {
  readonly limit: number
  readonly offset: number
}

/** Only what is named changes (T5). */
export type TerminalChange = Partial<Omit<NewTerminal, 'system'>>

/** Whose turn it is to exchange the tokens of a terminal. */
export type RenewalClaim =
  | { readonly kind: 'claimed'; readonly name: string; readonly refreshToken: string }
  /** Somebody else is at it, or it failed a moment ago. */
  | { readonly kind: 'blocked' }
  /** There are other tokens by now. */
  | { readonly kind: 'renewed' }
  /** It was never registered, or refused an exchange a moment ago: there is nothing to wait for. */
  | { readonly kind: 'impossible' }

export interface TerminalStore {
  /** How to reach a terminal, with its secrets opened; null when it never was. */
  device(terminalId: number): Promise<Device | null>
  /**
   * Those that are not deleted, in the order they were added (L4); the first 1000 unless told
   * otherwise.
   */
  list(scope: Scope, page?: Page): Promise<TerminalView[]>
  /** Null for one that is deleted or outside the scope. */
  view(scope: Scope, terminalId: number): Promise<TerminalView | null>
  /** The same, kept from other writers until the transaction ends. */
  lock(tx: Transaction, scope: Scope, terminalId: number): Promise<TerminalView | null>

  add(tx: Transaction, terminal: NewTerminal): Promise<number>
  change(tx: Transaction, terminalId: number, change: TerminalChange): Promise<void>
  /** It starts nothing more; what it carries is asked about to the end (T5). */
  remove(tx: Transaction, terminalId: number): Promise<void>
  takeOut(tx: Transaction, terminalId: number, by: string, reason: string): Promise<void>
  bringBack(tx: Transaction, terminalId: number): Promise<void>
  /** What holds it now; null when nothing does. */
  heldFor(tx: Transaction, terminalId: number): Promise<HeldFor | null>
  /** Ends the waiting; its next start is still the probe (protocol, rule 3). */
  endQuarantine(tx: Transaction, terminalId: number): Promise<void>

  /** Trusts a certificate where none is trusted yet: of two that are first, one wins. */
  pinFirst(terminalId: number, fingerprint: string): Promise<void>
  /** Trusts this one from now on. The trouble with the former one is over. */
  pin(tx: Transaction, terminalId: number, fingerprint: string): Promise<void>

  /** A second serial number at one address is another device (protocol, rule 7). */
  noteIdentity(terminalId: number, identity: DeviceIdentity, version: ApiVersion): Promise<void>
  /** It answered, whatever it said. */
  noteSeen(terminalId: number): Promise<void>
  noteStopping(terminalId: number, canStop: boolean): Promise<void>
  /** When the certificate ends that the centre itself shows there. */
  noteOwnCertificate(terminalId: number, endsAtMs: Moment): Promise<void>
  /** How often it wants to be asked, in ms. */
  notePolling(terminalId: number, pollMs: number): Promise<void>

  /** Keeps it out of the pool and opens a task. @returns whether that is news. */
  noteTrouble(terminalId: number, trouble: LastingTrouble): Promise<boolean>
  endTrouble(terminalId: number): Promise<void>
  troubled(limit: number): Promise<number[]>
  /** Idle ones at work that were neither heard nor looked at for `forMs`. */
  silent(forMs: number, limit: number): Promise<number[]>

  /** For `forMs` nobody else exchanges the tokens that `tokenVersion` counts. */
  claimRenewal(terminalId: number, tokenVersion: number, forMs: number): Promise<RenewalClaim>
  blockRenewal(terminalId: number, forMs: number): Promise<void>
  /** Both tokens in one write, unless there are others than `tokenVersion` counts already. */
  keepRenewed(terminalId: number, tokenVersion: number, tokens: DeviceTokens): Promise<void>
  /** Seals what earlier releases wrote in the clear: names and passwords in addresses of cameras. */
  sealCameraLogins(): Promise<void>
  /** After the tap on the screen: process ids may begin anew (protocol, rule 7). */
  keepRegistered(
    tx: Transaction,
    terminalId: number,
    name: string,
    tokens: DeviceTokens,
  ): Promise<void>
  /** Terminals whose token lives no longer than `aheadMs`, at most `limit`. */
  dueForRenewal(aheadMs: number, limit: number): Promise<number[]>
}
