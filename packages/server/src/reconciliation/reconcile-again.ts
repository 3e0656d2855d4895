// What waits on the desks of the books is looked at again by the clock: a payment that was settled by hand
// since, or a later statement, may have explained it.

import type { Centre } from '../ports/centre.ts'
import { reconcilePeriod } from './reconcile-period.ts'

export async function reconcileAgain(centre: Pick<Centre, 'storage'>): Promise<void> {
  const { statements } = centre.storage
  for (const { countryIso, fromMs, system, toMs } of await statements.unexplained()) {
    const ledger = { countryIso, system }
    await centre.storage.transaction(async (tx) => {
      await statements.lock(tx, ledger)
      await reconcilePeriod(centre, tx, ledger, { fromMs, toMs })
    })
  }
}
