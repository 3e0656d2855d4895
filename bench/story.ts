// One payment's road as inputs, for measurements of what the storage of it costs: it is created, started, and
// paid at once.

import type { PaymentInput } from '@byfly-pay/core'

export const PAYMENT = {
  countryIso: 'KZ',
  currency: 'KZT',
  originalTiyn: 1_000_000n,
  toleranceTiyn: 100n,
  lifetimeSeconds: 3_600,
  description: null,
  customerPhone: null,
  customerEmail: null,
  customerName: null,
  preselectedMethod: null,
  webhookUrl: null,
  metadata: {},
  externalId: null,
  idempotency: null,
} as const

export const TERMS = {
  method: 'kaspi_gold',
  mode: 'markup',
  rateBp: 100,
  stepTiyn: 100n,
  minTiyn: 1_000n,
  maxTiyn: 10_000_000_000n,
  currency: 'KZT',
  rates: { kaspi_gold: 100 },
} as const

/** What happens to it after it was created. */
export function storyOf(attemptId: string, terminalId: number): PaymentInput[] {
  const product = { methodCode: 'kaspi_gold', word: 'Gold' }
  const success = {
    grossTiyn: 1_010_000n,
    moneyKind: 'qr',
    providerTransactionId: attemptId,
    product,
  } as const
  const observation = { kind: 'succeeded', success } as const
  const request = { terms: TERMS, partTiyn: null, presence: 'remote' } as const
  return [
    { kind: 'reserve', attemptId, terminalId, request },
    { kind: 'mark_calling', attemptId },
    { kind: 'start_accepted', attemptId, processId: attemptId },
    { kind: 'observed', attemptId, observation, duplicate: false },
  ]
}
