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
  textSender,
}: Pick<Centre, 'storage' | 'textSender'>): Promise<SenderStanding> {
  const [balance, lastFault] = await Promise.all([textSender.balance(), storage.texts.lastFault()])
  return { provider: textSender.name, balance, lastFault }
}
