// What every request asks, over memory: the world's sources, the documented methods at the documented rates,
// and a switch that is always on.

import type {
  AccountStore,
  PaymentMethod,
} from '../../../packages/server/src/ports/account-store.ts'
import type { MemoryDatabase } from './memory-database.ts'
import { notHere } from './not-here.ts'

/** As the first migration seeds them (M2, M11, N2). */
export const METHODS: readonly PaymentMethod[] = [
  method(1, 'kaspi_gold', 'Kaspi Gold', 100),
  method(2, 'kaspi_red', 'Kaspi Red', 100),
  method(3, 'kaspi_credit', 'Kaspi Кредит', 1400),
  method(4, 'kaspi_installment_12', 'Рассрочка 12 мес.', 1400, { months: 12 }),
  method(5, 'kaspi_installment_24', 'Рассрочка 24 мес.', 1400, { months: 24 }),
  method(6, 'card', 'Банковская карта на терминале', 100, { isSelectable: false }),
  method(7, 'alaqan', 'Kaspi Alaqan', 100, { isSelectable: false }),
]

function method(
  id: number,
  code: string,
  name: string,
  rateBp: number,
  more: Partial<PaymentMethod> = {},
): PaymentMethod {
  return {
    id,
    code,
    name,
    system: 'kaspi',
    currency: 'KZT',
    months: null,
    stepTiyn: 100n,
    minTiyn: 1_000n,
    maxTiyn: 9_007_199_254_740_991n,
    addCommissionToAmount: true,
    commissionMode: 'markup',
    isSelectable: true,
    route: 'terminals_first',
    rateBp,
    ...more,
  }
}

export function memoryAccounts(run: MemoryDatabase['statement']): AccountStore {
  return notHere<AccountStore>('accounts', {
    sourceById: async (id) => run((tx) => tx.get('sources', String(id)) ?? null),
    sealedSecrets: async (sourceId) =>
      run((tx) => {
        const sealed = tx.get('sources', String(sourceId))?.sealedSecret
        return sealed === undefined ? [] : [sealed]
      }),
    methods: async () => run(() => [...METHODS]),
    isTakingMoney: async () => run(() => true),
  })
}
