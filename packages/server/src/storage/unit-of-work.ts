// Transactions: BEGIN, the work, COMMIT; run again when that is safe. A connection that broke is never
// given back to the pool, and an unknown outcome is never taken for a failure.

import pg from 'pg'
import { DatabaseUnavailable } from '../ports/database-unavailable.ts'
import { MonthSealed } from '../ports/month-sealed.ts'
import type { Transaction, UnitOfWork } from '../ports/transaction.ts'
import { waitAfter } from './back-off.ts'
import { faultOf } from './database-error.ts'
import { AGAIN, AGAIN_LIMIT, transactionOn } from './session.ts'

// Said in full: every lock of the storage reads after it was had, which a server whose default is
// REPEATABLE READ would not do.
const BEGIN = 'BEGIN ISOLATION LEVEL READ COMMITTED'

export function unitOfWork(pool: pg.Pool): UnitOfWork {
  return {
    async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
      for (let failed = 1; ; failed += 1) {
        const client = await connect(pool)
        try {
          return await runOnce(client, work)
        } catch (error) {
          if (!isWorthAnother(error) || failed > AGAIN_LIMIT) throw told(error)
          await waitAfter(failed, AGAIN)
        }
      }
    },
  }
}

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect()
  } catch (error) {
    throw new DatabaseUnavailable(error)
  }
}

async function runOnce<T>(
  client: pg.PoolClient,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  let isUsable = true
  try {
    const begun = client.query(BEGIN)
    // Told by the first statement, or below; until then nobody may be waiting for it.
    begun.catch(() => {})
    const result = await work(transactionOn(client, begun))
    await begun
    const { command } = await client.query('COMMIT')
    // PostgreSQL answers COMMIT with ROLLBACK when a statement had failed and its error was swallowed.
    if (command !== 'COMMIT') throw new Error('Транзакция отменена: ошибка внутри неё была скрыта')
    return result
  } catch (error) {
    isUsable = faultOf(error) !== 'cut' && (await rolledBack(client))
    throw error
  } finally {
    client.release(!isUsable)
  }
}

/** @returns whether the connection can go on. */
async function rolledBack(client: pg.PoolClient): Promise<boolean> {
  try {
    await client.query('ROLLBACK')
    return true
  } catch {
    return false
  }
}

/**
 * A race was rolled back. So was whatever a cut connection had not committed; when it was cut in
 * COMMIT nobody knows, and the work finds its own effect.
 */
function isWorthAnother(error: unknown): boolean {
  const fault = faultOf(error)
  return fault === 'race' || fault === 'cut'
}

function told(error: unknown): unknown {
  if (error instanceof pg.DatabaseError && error.constraint === 'month_sealed') {
    return new MonthSealed(error)
  }
  return faultOf(error) === 'other' ? error : new DatabaseUnavailable(error)
}
