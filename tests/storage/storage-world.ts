// A database of its own with the storage open on it as the centre's role, a source and terminals, and
// the short ways of these tests to say things. It must not know more of the storage than its ports.

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import {
  type Applied,
  type Decision,
  decide,
  type MethodTerms,
  type PaymentInput,
} from '@byfly-pay/core'
import pg from 'pg'
import { SOURCE_DEFAULTS } from '../../packages/server/src/accounts/source-terms.ts'
import type {
  LockedPayment,
  NewDelivery,
  NewPayment,
} from '../../packages/server/src/ports/payment-store.ts'
import type { SourceTerms } from '../../packages/server/src/ports/source-store.ts'
import { type OpenedStorage, openStorage } from '../../packages/server/src/storage/open.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'
import { inNoOrder } from '../support/read-rows.ts'
import { quietLog } from '../support/test-server.ts'

export const GOLD: MethodTerms = {
  method: 'kaspi_gold',
  mode: 'markup',
  rateBp: 100,
  stepTiyn: 100n,
  minTiyn: 1000n,
  maxTiyn: 9_007_199_254_740_991n,
  currency: 'KZT',
  rates: { kaspi_gold: 100, kaspi_red: 100, kaspi_credit: 1400 },
}

export const SOURCE: SourceTerms = { ...SOURCE_DEFAULTS, name: 'Магазин', type: 'website' }

/** Opens nothing, keeps the text: enough to see what is handed to it. */
export const plainVault = {
  header: Buffer.alloc(0),
  seal: (text: string) => Buffer.from(text),
  open: (sealed: Buffer) => sealed.toString(),
}

export interface StorageWorld extends OpenedStorage {
  readonly database: FreshDatabase
  readonly sourceId: number
  /** Runs SQL as a superuser, who may look at and break everything. */
  sql<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>
  addSource(
    terms?: Partial<SourceTerms>,
    tokenHash?: Buffer,
    sealedSecret?: Buffer,
  ): Promise<number>
  newPayment(more?: Partial<NewPayment>): NewPayment
  /** @returns the id of a new payment of 10 000 ₸. */
  create(more?: Partial<NewPayment>): Promise<string>
  addTerminal(): Promise<number>
  /** Locks, decides and saves, as the middle does. */
  apply(paymentId: string, input: PaymentInput, deliver?: Deliver): Promise<Decision>
  /** Reserves `terminalId`; @returns the attempt's id. */
  reserve(paymentId: string, terminalId: number): Promise<string>
  save(paymentId: string, change: (locked: LockedPayment) => Applied): Promise<void>
  peek(paymentId: string): Promise<LockedPayment>
  /** Closes everything and drops the database. */
  end(): Promise<void>
}

/** What is told of each event; the body is not the storage's to judge. */
export type Deliver = (applied: Applied) => readonly NewDelivery[]

export const tellEverything: Deliver = ({ effects }) =>
  effects.flatMap((effect) =>
    effect.kind === 'event'
      ? [{ ...effect, url: 'https://shop.kz/hook?n=1', body: `{"event":"${effect.event}"}` }]
      : [],
  )

export const INSTANCE = 'instance-a'

export async function openWorld(): Promise<StorageWorld> {
  const database = await freshDatabase()
  const opened = openStorage({ url: database.url, log: quietLog, vault: plainVault })
  const superuser = new pg.Pool({ connectionString: database.superuserUrl, max: 4 })
  superuser.on('error', () => {})
  const { payments, terminals } = opened.storage
  const addSource = (
    terms: Partial<SourceTerms> = {},
    tokenHash = randomBytes(32),
    sealedSecret = Buffer.from('whsec_1'),
  ) =>
    opened.storage.transaction((tx) =>
      opened.storage.sources.add(tx, { ...SOURCE, ...terms }, tokenHash, sealedSecret),
    )
  const sourceId = await addSource({ webhookEvents: ['failed', 'cancelled', 'partially_paid'] })

  function newPayment(more: Partial<NewPayment> = {}): NewPayment {
    return {
      sourceId,
      countryIso: 'KZ',
      currency: 'KZT',
      originalTiyn: 1_000_000n,
      toleranceTiyn: 100n,
      lifetimeSeconds: 3600,
      description: null,
      customerPhone: null,
      customerEmail: null,
      customerName: null,
      preselectedMethod: null,
      webhookUrl: null,
      metadata: {},
      externalId: null,
      idempotency: null,
      ...more,
    }
  }

  async function save(
    paymentId: string,
    change: (locked: LockedPayment) => Applied | null,
    deliver: Deliver = () => [],
  ): Promise<void> {
    await opened.storage.transaction(async (tx) => {
      const locked = await payments.lock(tx, paymentId)
      assert.ok(locked)
      const applied = change(locked)
      if (applied !== null) await payments.save(tx, locked, applied, deliver(applied), INSTANCE)
    })
  }

  async function apply(paymentId: string, input: PaymentInput, deliver?: Deliver) {
    let decision: Decision | undefined
    const change = ({ now, payment }: LockedPayment) => {
      decision = decide(payment, input, now)
      return decision.kind === 'applied' ? decision : null
    }
    await save(paymentId, change, deliver)
    assert.ok(decision)
    return decision
  }

  async function peek(paymentId: string): Promise<LockedPayment> {
    const seen = await payments.peek(paymentId)
    assert.ok(seen)
    return seen
  }

  return {
    ...opened,
    database,
    sourceId,
    async sql<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) {
      return inNoOrder(text, await superuser.query<Row>(text, [...values]))
    },
    async end() {
      await opened.close()
      await superuser.end()
      await database.drop()
    },
    addSource,
    newPayment,
    async create(more) {
      const created = await payments.create(newPayment(more))
      assert.equal(created.kind, 'created')
      return created.payment.id
    },
    addTerminal: () =>
      opened.storage.transaction((tx) =>
        terminals.add(tx, {
          name: 'Касса',
          system: 'kaspi',
          countryIso: 'KZ',
          ipAddress: '10.0.0.1',
          scheme: 'http',
          host: '10.0.0.1',
          port: 8080,
          tls: 'strict',
          apiVersion: 'v2',
          ownCheque: false,
          cameraId: null,
          cameraUrl: 'http://10.0.0.1/camera',
          reservedSources: null,
          reservedCountry: null,
          isActive: true,
        }),
      ),
    apply,
    async reserve(paymentId, terminalId) {
      const { freshId: attemptId } = await peek(paymentId)
      const request = { terms: GOLD, partTiyn: null, presence: 'remote' } as const
      const decision = await apply(paymentId, { kind: 'reserve', attemptId, terminalId, request })
      assert.equal(decision.kind, 'applied')
      return attemptId
    },
    save,
    peek,
  }
}
