// Books that lie in an archive look empty: every sale of the bank's would be missing in them, and a day would
// close without its fees. So nothing of such a period is set against them.

import type { Coverage } from '@byfly-pay/core'
import { PeriodArchived } from '../ports/period-archived.ts'
import type { Storage } from '../ports/storage.ts'

/** @throws PeriodArchived */
export async function refuseArchived(
  { archives }: Pick<Storage, 'archives'>,
  period: Coverage,
): Promise<void> {
  const month = await archives.monthWithin(period)
  if (month !== null) throw new PeriodArchived(month)
}
