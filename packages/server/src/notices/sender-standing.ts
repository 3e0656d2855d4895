// How the sending of SMS stands: who sends, what is left on the account, what went wrong last.

import type { Centre } from '../ports/centre.ts'
import type { BalanceOutcome, TextSenderName } from '../ports/text-sender.ts'
import type { TextRow } from '../ports/text-store.ts'

export interface SenderStanding {
  readonly provider: TextSenderName
  readonly balance: BalanceOutcome
  readonly lastFault: TextRow | null
}

/** Asks the gateway; takes up to 10 s when that does not answer. */
export async function senderStanding({
  storage,
  textSenders,
}: Pick<Centre, 'storage' | 'textSenders'>): Promise<SenderStanding> {
  const sender = await textSenders.inUse()
  const [balance, lastFault] = await Promise.all([sender.balance(), storage.texts.lastFault()])
  return { provider: sender.name, balance, lastFault }
}
