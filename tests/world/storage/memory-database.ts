// A database in memory with the promises of the real one: a transaction is seen whole or not at all, its
// row locks are waited for in order, its writes are patches on the newest row, and the rules of the
// schema refuse what they refuse there. It knows nothing of payments but those rules.

import type { Chance } from '../time/chance.ts'
import type { SimulatedTime } from '../time/simulated-time.ts'
import { Locks } from './locks.ts'
import { MemoryTransaction, type Tables } from './memory-transaction.ts'
import type { Rows, TableName } from './rows.ts'
import { UNIQUE_RULES, type UniqueRule } from './rules.ts'

/** The server ends a transaction that says nothing for so long, as the real one is told to. */
const IDLE_IN_TRANSACTION_MS = 30_000

export interface MemoryOptions {
  readonly time: SimulatedTime
  readonly chance: Chance
  /** Rules that a broken policy does without. */
  readonly without?: readonly string[]
}

export class MemoryDatabase {
  readonly tables: Tables
  readonly locks: Locks
  readonly uniqueRules: readonly UniqueRule[]
  readonly #time: SimulatedTime
  readonly #chance: Chance
  readonly #open = new Set<MemoryTransaction>()
  readonly #heard = new Set<(topic: string) => void>()
  #serial = 0

  constructor({ time, chance, without = [] }: MemoryOptions) {
    this.#time = time
    this.#chance = chance
    this.uniqueRules = UNIQUE_RULES.filter(({ name }) => !without.includes(name))
    this.locks = new Locks(time)
    this.tables = emptyTables()
  }

  now(): number {
    return this.#time.nowMs
  }

  nextSerial(): number {
    this.#serial += 1
    return this.#serial
  }

  /** A UUIDv7 of this moment. */
  newId(): string {
    const at = this.now().toString(16).padStart(12, '0')
    const random = this.#chance.bytes(10)
    random[0] = ((random[0] ?? 0) & 0x0f) | 0x70
    random[2] = ((random[2] ?? 0) & 0x3f) | 0x80
    const hex = at + random.toString('hex')
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      hex.slice(12, 16),
      hex.slice(16, 20),
      hex.slice(20),
    ].join('-')
  }

  /** One statement by itself. */
  statement<T>(work: (tx: MemoryTransaction) => T): T {
    const tx = new MemoryTransaction(this, '')
    const result = work(tx)
    tx.install()
    return result
  }

  begin(owner: string): MemoryTransaction {
    const tx = new MemoryTransaction(this, owner)
    this.#open.add(tx)
    this.#watchIdle(tx)
    return tx
  }

  /** @throws Race, Refused; Cut when the server has ended it */
  commit(tx: MemoryTransaction): void {
    try {
      tx.install()
    } finally {
      this.end(tx)
    }
  }

  end(tx: MemoryTransaction): void {
    tx.isOver = true
    this.#open.delete(tx)
    this.locks.releaseAll(tx)
  }

  /** A process is gone: the server rolls back what it had begun. */
  cut(owner: string): void {
    for (const tx of [...this.#open]) if (tx.owner === owner) this.end(tx)
  }

  listen(heard: (topic: string) => void): () => void {
    this.#heard.add(heard)
    return () => this.#heard.delete(heard)
  }

  tell(topics: readonly string[]): void {
    for (const topic of topics) for (const heard of [...this.#heard]) heard(topic)
  }

  #watchIdle(tx: MemoryTransaction): void {
    const lookMs = tx.lastSaidAtMs + IDLE_IN_TRANSACTION_MS - this.now()
    this.#time.after(lookMs, () => {
      if (tx.isOver) return
      if (tx.lastSaidAtMs + IDLE_IN_TRANSACTION_MS <= this.now()) this.end(tx)
      else this.#watchIdle(tx)
    })
  }
}

function emptyTables(): Tables {
  const names: readonly TableName[] = [
    'payments',
    'attempts',
    'refunds',
    'open_attempts',
    'payment_history',
    'captures',
    'postings',
    'deliveries',
    'webhook_endpoints',
    'qr_seen',
    'external_ids',
    'idempotency_keys',
    'queue_tickets',
    'terminals',
    'terminal_health',
    'tasks',
    'reconciliation',
    'sources',
    'leases',
    'audit',
  ]
  return Object.fromEntries(names.map((name) => [name, new Map()])) as unknown as {
    [Name in TableName]: Map<string, Rows[Name]>
  }
}
