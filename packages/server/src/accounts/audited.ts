// A write by hand and the audit's line of it, in one transaction: there is no other way to write by hand.

import type { Actor } from '../ports/actor.ts'
import type { AuditLine } from '../ports/audit-store.ts'
import type { Centre } from '../ports/centre.ts'
import type { Storage } from '../ports/storage.ts'
import type { Transaction } from '../ports/transaction.ts'

export interface Audited<Result> {
  readonly result: Result
  /** Null when nothing was written. */
  readonly line: AuditLine | null
}

/** `work` runs again after a lost race, like any work of a transaction. */
export function audited<Result>(
  { storage }: { readonly storage: Pick<Storage, 'transaction' | 'audit'> },
  actor: Actor,
  work: (tx: Transaction) => Promise<Audited<Result>>,
): Promise<Result> {
  return storage.transaction(async (tx) => {
    const { result, line } = await work(tx)
    if (line !== null) await storage.audit.append(tx, actor, line)
    return result
  })
}

/**
 * For a write whose transaction is another's: the door of payments has its own. What it returns runs
 * there, after the write; a null line says that nothing was written.
 */
export function auditedAlong<Result>(
  { storage }: Pick<Centre, 'storage'>,
  actor: Actor,
  lineOf: (result: Result) => AuditLine | null,
): (tx: Transaction, result: Result) => Promise<void> {
  return async (tx, result) => {
    const line = lineOf(result)
    if (line !== null) await storage.audit.append(tx, actor, line)
  }
}

/** What an audit line says of a change: each field that differs, before and after. */
export function changes<Row extends object>(
  before: Row,
  after: Row,
): Readonly<Record<string, { readonly before: unknown; readonly after: unknown }>> {
  const names = Object.keys(after) as (keyof Row & string)[]
  const differing = names.filter(
    (name) => JSON.stringify(shown(before[name])) !== JSON.stringify(shown(after[name])),
  )
  return Object.fromEntries(
    differing.map((name) => [name, { before: shown(before[name]), after: shown(after[name]) }]),
  )
}

/** Sums are bigint, which JSON does not know. */
function shown(value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}
