// The audit: what staff and the command line wrote, line by line, each chained to the one before it.

import type { Moment } from '@byfly-pay/core'
import type { Actor } from './actor.ts'
import type { Transaction } from './transaction.ts'

/** What was done to what. `facts` say before and after; never a token, a code or a secret. */
export interface AuditLine {
  /** Noun and past participle: `source.created`. */
  readonly action: `${string}.${string}`
  readonly target: { readonly kind: string; readonly id: string | null }
  readonly facts: Readonly<Record<string, unknown>>
}

export interface AuditRow extends AuditLine {
  readonly seq: bigint
  readonly atMs: Moment
  readonly actorKind: Actor['kind']
  readonly adminId: number | null
  readonly actorName: string
  readonly ip: string | null
}

/** A row as it is checked: the text that its hash must be of. */
export interface AuditLink {
  readonly seq: bigint
  readonly text: string
  readonly prevHash: Buffer
  readonly hash: Buffer
}

export interface AuditFilter {
  readonly targetKind: string | null
  readonly targetId: string | null
  readonly adminId: number | null
  readonly action: string | null
  /** Only rows before this one, the newest first. */
  readonly beforeSeq: bigint | null
  readonly limit: number
}

export interface AuditStore {
  /** In the transaction of the write it tells of; kept to its end, so it comes last there. */
  append(tx: Transaction, actor: Actor, line: AuditLine): Promise<void>
  page(filter: AuditFilter): Promise<AuditRow[]>
  /** Up to `limit` links after `seq`, in order. */
  links(afterSeq: bigint, limit: number): Promise<AuditLink[]>
}
