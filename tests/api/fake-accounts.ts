// Sources and methods in memory: one source of each kind that the API treats differently.

import { createHash } from 'node:crypto'
import type {
  AccountStore,
  PaymentMethod,
  Source,
} from '../../packages/server/src/ports/account-store.ts'

export const TOKEN = 'a1'.repeat(32)
export const TENGE_TOKEN = 'b2'.repeat(32)
export const OTHER_TOKEN = 'c3'.repeat(32)
export const DISABLED_TOKEN = 'd4'.repeat(32)
export const FENCED_TOKEN = 'e5'.repeat(32)

function source(id: number, more: Partial<Source> = {}): Source {
  return {
    id,
    name: `Магазин ${id}`,
    countryIso: 'KZ',
    isActive: true,
    amountUnit: 'tiyn',
    ceilingTiyn: 10_000_000_000n,
    toleranceTiyn: 100n,
    lifetimeSeconds: 3600,
    addCommissionToAmount: null,
    overpaidPolicy: 'task',
    defaultWebhookUrl: null,
    dailyLimitTiyn: null,
    phoneHourlyLimit: null,
    openAttemptsLimit: null,
    allowedIps: [],
    refundsAllowed: false,
    refundCommission: 'source',
    refundApprovalAboveTiyn: null,
    ...more,
  }
}

const SOURCES: Readonly<Record<string, Source>> = {
  [TOKEN]: source(1),
  [TENGE_TOKEN]: source(2, { amountUnit: 'tenge' }),
  [OTHER_TOKEN]: source(3),
  [DISABLED_TOKEN]: source(4, { isActive: false }),
  [FENCED_TOKEN]: source(5, { allowedIps: ['10.0.0.0/8', 'nonsense', '2001:db8::1'] }),
}

function method(id: number, code: string, rateBp: number, months: number | null): PaymentMethod {
  return {
    id,
    code,
    name: code,
    system: 'kaspi',
    currency: 'KZT',
    months,
    stepTiyn: 100n,
    minTiyn: 1000n,
    maxTiyn: 7_036_874_417_766_400n,
    addCommissionToAmount: true,
    commissionMode: 'markup',
    isSelectable: true,
    route: 'terminals_first',
    rateBp,
  }
}

const METHODS: PaymentMethod[] = [
  method(1, 'kaspi_gold', 100, null),
  method(2, 'kaspi_red', 100, null),
  method(3, 'kaspi_credit', 1400, null),
  method(4, 'kaspi_installment_12', 1400, 12),
  method(5, 'kaspi_installment_24', 1400, 24),
]

/** `check` throws while the storage is down. */
export function fakeAccounts(check: () => void): AccountStore {
  const byHash = new Map(
    Object.entries(SOURCES).map(([token, kept]) => [
      createHash('sha256').update(token).digest('hex'),
      kept,
    ]),
  )
  const accounts: Partial<AccountStore> = {
    async sourceByToken(hash) {
      check()
      return byHash.get(hash.toString('hex')) ?? null
    },
    sourceById: async (id) => Object.values(SOURCES).find((kept) => kept.id === id) ?? null,
    methods: async () => METHODS,
    isTakingMoney: async () => true,
  }
  return accounts as AccountStore
}
