// A second paid payment of one order, and one customer who paid the same twice within minutes: each pair is
// put on a desk once. Nothing is decided here: both payments stay as they are (T9).

import type { Centre } from '../ports/centre.ts'

export function findDoubles({ storage }: Pick<Centre, 'storage'>): Promise<number> {
  return storage.transaction(async (tx) => {
    const found = await storage.doubles.find(tx)
    await storage.doubles.noteSeen(tx)
    return storage.desks.open(
      tx,
      found.map(({ kind, order, otherId, paymentId, sourceId }) => ({
        kind,
        key: `${kind}:${paymentId}:${otherId}`,
        paymentId,
        attemptId: null,
        terminalId: null,
        sourceId,
        countryIso: null,
        system: null,
        facts: { other_payment: otherId, ...(order === null ? {} : { order }) },
      })),
    )
  })
}
