// The handle that every statement of the storage works on: any connection of the pool, or the one of
// an open transaction. Statements are prepared by name and take parameters only.

import type pg from 'pg'
import { DatabaseUnavailable } from '../ports/database-unavailable.ts'
import type { Transaction } from '../ports/transaction.ts'
import { type BackOff, waitAfter } from './back-off.ts'
import { faultOf } from './database-error.ts'

/** A prepared statement; each connection parses and plans it once, unless it has no name. */
export interface Statement {
  /** Null for one that is worded anew each time. */
  readonly name: string | null
  readonly text: string
  /** It changes nothing, so it may travel right behind the BEGIN of its transaction. */
  readonly changesNothing?: true
}

export interface Session {
  rows<Row>(statement: Statement, values: readonly unknown[]): Promise<Row[]>
}

/** A statement that only writes, with its values. */
export interface Write {
  readonly statement: Statement
  readonly values: readonly unknown[]
}

/** How often something that lost a race runs again, and how long it steps aside. */
export const AGAIN_LIMIT = 4
export const AGAIN: BackOff = { shortestMs: 10, longestMs: 200 }

/** Sends one statement by itself; errors come as pg throws them. */
type Ask = <Row>(statement: Statement, values: readonly unknown[]) => Promise<Row[]>

export function poolSession(pool: pg.Pool): Session {
  return standaloneSession((statement, values) => run(pool, statement, values))
}

/** Each statement is a transaction of its own. A lost answer is not asked for again. */
export function standaloneSession(ask: Ask): Session {
  return {
    async rows<Row>(statement: Statement, values: readonly unknown[]): Promise<Row[]> {
      for (let failed = 1; ; failed += 1) {
        try {
          return await ask<Row>(statement, values)
        } catch (error) {
          const fault = faultOf(error)
          if (fault === 'other') throw error
          if (fault !== 'race' || failed > AGAIN_LIMIT) throw new DatabaseUnavailable(error)
          await waitAfter(failed, AGAIN)
        }
      }
    },
  }
}

/**
 * Errors come as pg throws them: the unit of work around it tells what they mean. What writes waits until BEGIN was answered,
 * for outside of a transaction each write would be committed by itself.
 */
function clientSession(client: pg.PoolClient, begun: Promise<unknown>): Session {
  let hasBegun = false
  return {
    async rows<Row>(statement: Statement, values: readonly unknown[]): Promise<Row[]> {
      if (hasBegun) return run<Row>(client, statement, values)
      if (statement.changesNothing !== true) await begun
      const [rows] = await Promise.all([run<Row>(client, statement, values), begun])
      hasBegun = true
      return rows
    },
  }
}

/** A transaction is its session behind an opaque type; only this file knows. */
export function transactionOn(client: pg.PoolClient, begun: Promise<unknown>): Transaction {
  return clientSession(client, begun) as unknown as Transaction
}

export function sessionOf(tx: Transaction): Session {
  return tx as unknown as Session
}

/** All are sent at once and done one after the other; where one fails, those behind it do nothing. */
export async function writeAll(tx: Session, writes: readonly Write[]): Promise<void> {
  await Promise.all(writes.map(({ statement, values }) => tx.rows(statement, values)))
}

export async function run<Row>(
  on: pg.Pool | pg.Client | pg.PoolClient,
  { name, text }: Statement,
  values: readonly unknown[],
): Promise<Row[]> {
  const { rows } = await on.query({
    ...(name === null ? {} : { name }),
    text,
    values: [...values],
  })
  return rows
}
