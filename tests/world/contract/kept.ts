// One store under the contract, whichever it is, and the short ways of the contract to say things to it.

import assert from 'node:assert/strict'
import {
  type Applied,
  type Decision,
  decide,
  type MethodTerms,
  type PaymentInput,
} from '@byfly-pay/core'
import type {
  LockedPayment,
  NewDelivery,
  NewPayment,
} from '../../../packages/server/src/ports/payment-store.ts'
import type { Storage } from '../../../packages/server/src/ports/storage.ts'
import type { Transaction } from '../../../packages/server/src/ports/transaction.ts'
import type { Books } from '../storage/books.ts'
import type { Setting, WorldStorage } from '../storage/world-storage.ts'
import type { SimulatedTime } from '../time/simulated-time.ts'

export const LEASE_MS = 10_000

export const SETTING: Setting = {
  sources: [1, 2].map(() => ({
    toleranceTiyn: 100n,
    overpaidPolicy: 'task',
    addCommissionToAmount: null,
    openAttemptsLimit: null,
    refundCommission: 'source',
    refundApprovalAboveTiyn: null,
  })),
  cameras: [true, true, false],
  leaseMs: LEASE_MS,
}

export const GOLD: MethodTerms = {
  method: 'kaspi_gold',
  mode: 'markup',
  rateBp: 100,
  stepTiyn: 100n,
  minTiyn: 1_000n,
  maxTiyn: 9_007_199_254_740_991n,
  currency: 'KZT',
  rates: { kaspi_gold: 100, kaspi_red: 100, kaspi_credit: 1400, card: 100 },
}

/** Opened anew for each case. */
export class Kept {
  readonly world: WorldStorage
  readonly storage: Storage
  readonly time: SimulatedTime

  private constructor(world: WorldStorage, storage: Storage) {
    this.world = world
    this.storage = storage
    this.time = world.time
  }

  static async over(world: WorldStorage): Promise<Kept> {
    return new Kept(world, (await world.connect('a')).storage)
  }

  get sourceId(): number {
    return this.world.sourceIds[0] ?? 0
  }

  books(): Promise<Books> {
    return this.world.books()
  }

  asked(more: Partial<NewPayment> = {}): NewPayment {
    return {
      sourceId: this.sourceId,
      countryIso: 'KZ',
      currency: 'KZT',
      originalTiyn: 1_000_000n,
      toleranceTiyn: 100n,
      lifetimeSeconds: 3_600,
      description: 'заказ',
      customerPhone: null,
      customerEmail: null,
      customerName: null,
      preselectedMethod: null,
      webhookUrl: 'https://shop.kz/hook?n=1',
      metadata: { n: 1 },
      externalId: null,
      idempotency: null,
      ...more,
    }
  }

  /** @returns the id of a new payment of 10 000 ₸. */
  async create(more: Partial<NewPayment> = {}): Promise<string> {
    const created = await this.storage.payments.create(this.asked(more))
    assert.equal(created.kind, 'created')
    return created.payment.id
  }

  async lock(tx: Transaction, paymentId: string): Promise<LockedPayment> {
    const locked = await this.storage.payments.lock(tx, paymentId)
    assert.ok(locked)
    return locked
  }

  /** Locks, decides and saves, as the middle does; everything that happens is told. */
  async apply(paymentId: string, input: PaymentInput, owner = 'a'): Promise<Decision> {
    return this.storage.transaction(async (tx) => {
      const locked = await this.lock(tx, paymentId)
      const decision = decide(locked.payment, input, locked.now)
      if (decision.kind === 'applied') {
        await this.storage.payments.save(tx, locked, decision, tellEverything(decision), owner)
      }
      return decision
    })
  }

  /** Reserves a terminal; @returns the attempt's id. */
  async reserve(paymentId: string, terminalId: number): Promise<string> {
    const { freshId: attemptId } = await this.peek(paymentId)
    const request = { terms: GOLD, partTiyn: null, presence: 'remote' } as const
    const decision = await this.apply(paymentId, {
      kind: 'reserve',
      attemptId,
      terminalId,
      request,
    })
    assert.equal(decision.kind, 'applied')
    return attemptId
  }

  /** From a reserved terminal to a live operation. */
  async goLive(paymentId: string, terminalId: number, processId: string): Promise<string> {
    const attemptId = await this.reserve(paymentId, terminalId)
    await this.apply(paymentId, { kind: 'mark_calling', attemptId })
    const live = await this.apply(paymentId, { kind: 'start_accepted', attemptId, processId })
    assert.equal(live.kind, 'applied')
    return attemptId
  }

  async peek(paymentId: string): Promise<LockedPayment> {
    const seen = await this.storage.payments.peek(paymentId)
    assert.ok(seen)
    return seen
  }
}

export function tellEverything({ effects }: Applied): NewDelivery[] {
  return effects.flatMap((effect) =>
    effect.kind === 'event'
      ? [
          {
            ...effect,
            url: 'https://shop.kz/hook?n=1',
            body: `{"event":"${effect.event}","sequence":${effect.sequence}}`,
          },
        ]
      : [],
  )
}

export function paid(attemptId: string, transactionId: string, grossTiyn = 1_010_000n) {
  return {
    kind: 'observed',
    attemptId,
    duplicate: false,
    observation: {
      kind: 'succeeded',
      success: {
        grossTiyn,
        moneyKind: 'qr',
        providerTransactionId: transactionId,
        product: { methodCode: 'kaspi_gold', word: 'Gold' },
      },
    },
  } as const satisfies PaymentInput
}
