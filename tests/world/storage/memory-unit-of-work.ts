// Transactions over memory with the real unit of work's manners: a lost race and a cut connection run the
// work again, a bounded number of times, and an unknown outcome is never taken for a failure.

import { DatabaseUnavailable } from '../../../packages/server/src/ports/database-unavailable.ts'
import type { UnitOfWork } from '../../../packages/server/src/ports/transaction.ts'
import type { MemoryDatabase } from './memory-database.ts'
import { asPort } from './memory-transaction.ts'
import { Cut, NotNow, Race } from './refusals.ts'

const AGAIN_LIMIT = 4

export function memoryUnitOfWork(database: MemoryDatabase, owner: string): UnitOfWork {
  return {
    async transaction(work) {
      for (let failed = 1; ; failed += 1) {
        const tx = database.begin(owner)
        try {
          const result = await work(asPort(tx))
          database.commit(tx)
          return result
        } catch (error) {
          database.end(tx)
          if (error instanceof NotNow) throw new DatabaseUnavailable(error)
          if (!(error instanceof Race || error instanceof Cut)) throw error
          if (failed > AGAIN_LIMIT) throw new DatabaseUnavailable(error)
        }
      }
    },
  }
}
