// One transaction in memory: reads see what is committed and its own writes; a write is a patch that is
// applied to the newest committed row when the transaction is installed, all patches or none.

import type { Transaction } from '../../../packages/server/src/ports/transaction.ts'
import type { MemoryDatabase } from './memory-database.ts'
import { Cut, Race, Refused } from './refusals.ts'
import type { CaptureRow, PaymentRow, RefundRow, Rows, TableName } from './rows.ts'
import { INSERT_ONLY, refusalOfCapture, refusalOfPayment, refusalOfRefund } from './rules.ts'

export type Tables = { readonly [Name in TableName]: Map<string, Rows[Name]> }

/** Undefined is no row. */
type Patch<Name extends TableName> = (row: Rows[Name] | undefined) => Rows[Name] | undefined

interface Write {
  readonly table: TableName
  readonly key: string
  readonly isInsert: boolean
  readonly patch: (row: unknown) => unknown
}

export class MemoryTransaction {
  readonly owner: string
  readonly #database: MemoryDatabase
  readonly #writes: Write[] = []
  readonly #topics: string[] = []
  isOver = false
  lastSaidAtMs: number

  constructor(database: MemoryDatabase, owner: string) {
    this.#database = database
    this.owner = owner
    this.lastSaidAtMs = database.now()
  }

  get database(): MemoryDatabase {
    return this.#database
  }

  /** @throws Cut when the server has ended it meanwhile */
  say(): void {
    if (this.isOver) throw new Cut('транзакция закончена сервером')
    this.lastSaidAtMs = this.#database.now()
  }

  async lock(name: string): Promise<void> {
    this.say()
    await this.#database.locks.acquire(name, this)
    this.say()
  }

  get<Name extends TableName>(table: Name, key: string): Rows[Name] | undefined {
    let row: unknown = this.#database.tables[table].get(key)
    for (const write of this.#writes) {
      if (write.table === table && write.key === key) row = write.patch(row)
    }
    return row as Rows[Name] | undefined
  }

  /** With their keys, in the order they were added. */
  entries<Name extends TableName>(table: Name): [string, Rows[Name]][] {
    const committed: Map<string, Rows[Name]> = this.#database.tables[table]
    const own = this.#writes.filter((write) => write.table === table)
    if (own.length === 0) return [...committed]
    const seen = new Map<string, unknown>(committed)
    for (const { key, patch } of own) {
      const row = patch(seen.get(key))
      if (row === undefined) seen.delete(key)
      else seen.set(key, row)
    }
    return [...seen] as [string, Rows[Name]][]
  }

  values<Name extends TableName>(table: Name): Rows[Name][] {
    return this.entries(table).map(([, row]) => row)
  }

  write<Name extends TableName>(table: Name, key: string, patch: Patch<Name>): void {
    this.#writes.push({ table, key, isInsert: false, patch: patch as Write['patch'] })
  }

  insert<Name extends TableName>(table: Name, key: string, row: Rows[Name]): void {
    this.#writes.push({ table, key, isInsert: true, patch: () => row })
  }

  /** Changes a row that is there; nothing happens where there is none. */
  change<Name extends TableName>(
    table: Name,
    key: string,
    patch: (row: Rows[Name]) => Rows[Name] | undefined,
  ): void {
    this.write(table, key, (row) => (row === undefined ? undefined : patch(row)))
  }

  notify(topics: readonly string[]): void {
    this.#topics.push(...topics)
  }

  /** @throws Race or Refused, and then nothing was written */
  install(): void {
    if (this.isOver) throw new Cut('транзакция закончена сервером')
    const staged = this.#stage()
    for (const [table, rows] of staged) this.#check(table, rows)
    for (const [table, rows] of staged) {
      const committed = this.#database.tables[table] as Map<string, unknown>
      for (const [key, row] of rows) {
        if (row === undefined) committed.delete(key)
        else committed.set(key, row)
      }
    }
    this.#database.tell(this.#topics)
  }

  #stage(): Map<TableName, Map<string, unknown>> {
    const staged = new Map<TableName, Map<string, unknown>>()
    for (const { table, key, isInsert, patch } of this.#writes) {
      const rows = staged.get(table) ?? new Map<string, unknown>()
      staged.set(table, rows)
      const before: unknown = rows.has(key) ? rows.get(key) : this.#database.tables[table].get(key)
      const rule = INSERT_ONLY.get(table)
      if (isInsert && rule !== undefined && before !== undefined) {
        throw rule.isRaced ? new Race(rule.name) : new Refused(rule.name)
      }
      const after = patch(before)
      const refusal = after === undefined ? null : refusalOf(table, before, after)
      if (refusal !== null) throw new Refused(refusal)
      rows.set(key, after)
    }
    return staged
  }

  #check(table: TableName, staged: ReadonlyMap<string, unknown>): void {
    const committed = this.#database.tables[table] as Map<string, Rows[TableName]>
    for (const rule of this.#database.uniqueRules) {
      if (rule.table !== table) continue
      const kept = [...committed].filter(([key]) => !staged.has(key)).map(([, row]) => row)
      const rows = [...kept, ...[...staged.values()].filter((row) => row !== undefined)]
      const seen = new Set<string>()
      for (const row of rows as Rows[TableName][]) {
        const key = rule.keyOf(row)
        if (key === null) continue
        if (seen.has(key)) throw rule.isRaced ? new Race(rule.name) : new Refused(rule.name)
        seen.add(key)
      }
    }
  }
}

/** @returns the name of the check that refuses the row, or null. */
function refusalOf(table: TableName, before: unknown, after: unknown): string | null {
  switch (table) {
    case 'payments':
      return refusalOfPayment(before as PaymentRow | undefined, after as PaymentRow)
    case 'refunds':
      return refusalOfRefund(before as RefundRow | undefined, after as RefundRow)
    case 'captures':
      return refusalOfCapture(after as CaptureRow)
    default:
      return null
  }
}

/** A transaction is opaque to the middle; only the stores of memory know what is behind it. */
export function asPort(tx: MemoryTransaction): Transaction {
  return tx as unknown as Transaction
}

/** @throws Cut when the server has ended it meanwhile */
export function openTransaction(tx: Transaction): MemoryTransaction {
  const own = tx as unknown as MemoryTransaction
  own.say()
  return own
}
