// Asks the SMS gateway now and then what is left on the account, and keeps it for the rule that warns of it.
// What it does not say, or costs nothing, warns of nothing.

import type { Centre } from '../ports/centre.ts'

export async function readBalance({ storage, textSenders }: Centre): Promise<void> {
  const balance = await (await textSenders.inUse()).balance()
  if (balance.kind !== 'known' || !/^-?\d{1,15}(\.\d{1,10})?$/.test(balance.amount)) return
  await storage.alerts.keepBalance(balance.amount, balance.currency)
}
