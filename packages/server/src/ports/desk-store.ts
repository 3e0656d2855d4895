// What waits for a person, and what became of it. Only entries in the asked scope exist here (L4).

import type { Coverage, EntryKind, Moment, QuarantineReason, Scope } from '@byfly-pay/core'
import type { NamedThing } from './payment-ledger.ts'
import type { Ledger } from './statement-store.ts'
import type { Transaction } from './transaction.ts'

/** One entry with what is known of its cause as it stands now. */
export interface DeskEntry {
  readonly id: bigint
  readonly kind: EntryKind
  /** What it was opened with; of a finding, what was found. */
  readonly facts: Readonly<Record<string, unknown>>
  readonly openedAtMs: Moment
  readonly closedAtMs: Moment | null
  /** Both null for one that is open, and for one that ended with its cause. */
  readonly closedBy: string | null
  readonly closeReason: string | null
  readonly assignee: NamedThing | null
  readonly payment: EntryPayment | null
  readonly attempt: EntryAttempt | null
  /** Why its attempt or refund came to be held, and what the terminal said then. */
  readonly held: Readonly<Record<string, string | number | boolean | null>> | null
  /** Null also for a terminal outside the scope. */
  readonly terminal: EntryTerminal | null
  readonly source: NamedThing | null
  /** The database's time of this look. */
  readonly nowMs: Moment
}

export interface EntryPayment {
  readonly id: string
  readonly status: string
  readonly originalTiyn: bigint
  readonly paidTiyn: bigint
  readonly creditedTiyn: bigint
  readonly overpaidTiyn: bigint
}

export interface EntryAttempt {
  readonly id: string
  readonly state: string
  readonly chargeTiyn: bigint
  /** What its terminal took; null when nothing is booked. */
  readonly grossTiyn: bigint | null
  readonly productWord: string | null
}

export interface EntryTerminal extends NamedThing {
  readonly quarantineReason: QuarantineReason | null
  readonly quarantinedUntilMs: Moment | null
}

export interface DeskFilter {
  readonly kinds: readonly EntryKind[]
  readonly isClosed: boolean
  /** A member of staff, nobody, or anybody at all. */
  readonly assignee: number | 'nobody' | 'anybody'
  /** Only entries after this one, the oldest first; before it for closed ones, the newest first. */
  readonly after: bigint | null
  readonly limit: number
}

export interface KindCount {
  readonly kind: string
  readonly open: bigint
  readonly unassigned: bigint
  readonly oldestMs: Moment
}

/** What a look over rows has found; its key makes it one entry for ever. */
export interface FoundEntry {
  readonly kind: EntryKind
  readonly key: string
  readonly paymentId: string | null
  readonly attemptId: string | null
  readonly terminalId: number | null
  readonly sourceId: number | null
  /** Null where payment or terminal says it. */
  readonly countryIso: string | null
  readonly system: string | null
  /** Sums as texts. */
  readonly facts: Readonly<Record<string, unknown>>
}

export interface DeskStore {
  counts(scope: Scope): Promise<KindCount[]>
  page(scope: Scope, filter: DeskFilter): Promise<DeskEntry[]>
  /** Open ones about money of that time that no statement shows, the oldest first, after this one. */
  missingThere(
    scope: Scope,
    of: Ledger & { readonly covers: Coverage },
    after: bigint | null,
    limit: number,
  ): Promise<DeskEntry[]>
  entry(scope: Scope, id: bigint, tx?: Transaction): Promise<DeskEntry | null>
  /** The same, kept from other writers until the transaction ends. */
  lock(tx: Transaction, scope: Scope, id: bigint): Promise<DeskEntry | null>
  assign(tx: Transaction, id: bigint, adminId: number | null): Promise<void>
  /** An unexplained lost start of the same attempt is explained by it too. */
  close(tx: Transaction, id: bigint, by: string, reason: string): Promise<void>
  /** @returns how many of them are new. */
  open(tx: Transaction, found: readonly FoundEntry[]): Promise<number>
  /** Ends those of these keys that are open, for what they were about has been explained. */
  explain(tx: Transaction, keys: readonly string[]): Promise<number>
}
