// The HTTP side over ports that live in memory: for what a real centre cannot show at will, such as a
// database that is down or a crash between effect and answer. It counts every write.

import { randomBytes } from 'node:crypto'
import { type Payment, parseTransactionId } from '@byfly-pay/core'
import { buildApp } from '../../packages/server/src/http/app.ts'
import type { HttpLimits } from '../../packages/server/src/http/limits.ts'
import { type Centre, DEFAULT_LIMITS } from '../../packages/server/src/ports/centre.ts'
import type { Transaction } from '../../packages/server/src/ports/transaction.ts'
import { silentTracer } from '../../packages/server/src/telemetry/silent-tracer.ts'
import { silentMeter } from '../support/silent-meter.ts'
import { fakeAccounts } from './fake-accounts.ts'
import { change, checkUp, fakeKeys, fakePayments, type Memory } from './fake-payments.ts'

export {
  DISABLED_TOKEN,
  FENCED_TOKEN,
  OTHER_TOKEN,
  TENGE_TOKEN,
  TOKEN,
} from './fake-accounts.ts'

export interface FakeCentre extends Memory {
  readonly centre: Centre
  readonly logged: string[]
  /** A committed change of a payment, with its notice. */
  change(transactionId: string, facts: Partial<Payment>): void
}

/** What no test over a fake centre may reach. */
function absent<T extends object>(name: string): T {
  return new Proxy({} as T, {
    get: (_target, property) => {
      throw new Error(`${name}.${String(property)} is not there`)
    },
  })
}

export function fakeCentre(): FakeCentre {
  const memory: Memory = {
    payments: new Map(),
    keys: new Map(),
    writes: 0,
    looks: 0,
    reads: 0,
    listeners: new Set(),
    fail: null,
    nowMs: Date.UTC(2025, 11, 24, 5, 0, 0),
  }
  const logged: string[] = []
  const log = (fields: Record<string, unknown>, text: string) =>
    logged.push(JSON.stringify({ ...fields, text }))
  const centre: Centre = {
    instance: 'test',
    storage: fakeStorage(memory),
    notices: {
      wait: (_topic, ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      listen(heard) {
        memory.listeners.add(heard)
        return () => memory.listeners.delete(heard)
      },
      behindMs: () => 0,
    },
    webhooks: {
      send: () => Promise.reject(new Error('no webhooks here')),
      refusalOf: (url) => (url.startsWith('https://') ? null : 'not_https'),
    },
    clock: {
      now: () => memory.nowMs,
      // Time passes at once, but other calls get their turn.
      sleep: (ms) =>
        new Promise((resolve) => {
          memory.nowMs += ms
          setTimeout(resolve, 1)
        }),
      timeout: (ms) => AbortSignal.timeout(ms),
    },
    random: { chance: () => 0.5, bytes: (count) => randomBytes(count) },
    log: { info: log, warn: log, error: log },
    meter: silentMeter,
    tracer: silentTracer,
    limits: DEFAULT_LIMITS,
    vault: absent('vault'),
    staffTokens: absent('staffTokens'),
    loginSecrets: absent('loginSecrets'),
    textSenders: absent('textSenders'),
    channels: [],
    providers: absent('providers'),
    addresses: absent('addresses'),
    watchers: absent('watchers'),
    exchanges: absent('exchanges'),
    sights: absent('sights'),
    exporter: absent('exporter'),
    statements: absent('statements'),
    forgetCustomersAfterDays: null,
    zone: 'Asia/Almaty',
    publicUrl: () => 'https://pay.example.kz',
  }
  return Object.assign(memory, {
    centre,
    logged,
    change(transactionId: string, facts: Partial<Payment>) {
      const kept = memory.payments.get(parseTransactionId(transactionId) ?? '')
      if (kept === undefined) throw new Error('нет такого платежа')
      change(memory, kept, { ...kept.payment, ...facts })
    },
  })
}

/** No payment here ever takes another's place. */
function fakeRefunds(): Centre['storage']['refunds'] {
  const refunds: Partial<Centre['storage']['refunds']> = {
    linksOf: async () => ({ replaces: null, replacedBy: null }),
  }
  return refunds as Centre['storage']['refunds']
}

function fakeStorage(memory: Memory): Centre['storage'] {
  const pool: Partial<Centre['storage']['pool']> = {
    dropTicket: async () => {},
    lookAtQueue: async () => null,
  }
  return {
    transaction: async (work) => {
      checkUp(memory)
      return work({} as Transaction)
    },
    payments: fakePayments(memory),
    pool: pool as Centre['storage']['pool'],
    archives: {
      monthOf: async () => null,
      monthWithin: async () => null,
      isAnyAway: async () => false,
    },
    terminals: absent('terminals'),
    qrConnections: absent('qrConnections'),
    health: absent('health'),
    frames: absent('frames'),
    customers: absent('customers'),
    imports: absent('imports'),
    // Nothing came over.
    formerIds: { areAny: async () => false, find: async () => null },
    wall: absent('wall'),
    sources: absent('sources'),
    methods: absent('methods'),
    settings: absent('settings'),
    ledger: absent('ledger'),
    refunds: fakeRefunds(),
    exchanges: absent('exchanges'),
    sealed: absent('sealed'),
    staff: absent('staff'),
    firstRun: absent('firstRun'),
    logins: absent('logins'),
    secondFactors: absent('secondFactors'),
    texts: absent('texts'),
    places: absent('places'),
    changes: absent('changes'),
    audit: absent('audit'),
    figures: absent('figures'),
    desks: absent('desks'),
    days: absent('days'),
    doubles: absent('doubles'),
    rechecks: absent('rechecks'),
    statements: absent('statements'),
    leases: absent('leases'),
    restores: absent('restores'),
    accounts: fakeAccounts(() => checkUp(memory)),
    deliveries: absent('deliveries'),
    deliveryTries: absent('deliveryTries'),
    replays: absent('replays'),
    receiverChecks: absent('receiverChecks'),
    idempotency: fakeKeys(memory),
    staffKeys: absent('staffKeys'),
    alerts: absent('alerts'),
    views: absent('views'),
  }
}

export interface FakeApp {
  readonly fake: FakeCentre
  readonly url: string
  readonly port: number
  stop(): Promise<void>
}

export interface FakeAppOptions {
  readonly limits?: Partial<HttpLimits>
  readonly isReady?: () => Promise<boolean>
  readonly trustedHops?: number
}

/** The app of a fake centre, listening on a free port of this machine. */
export async function startFakeApp(options: FakeAppOptions = {}): Promise<FakeApp> {
  const fake = fakeCentre()
  const app = buildApp(fake.centre, { isReady: async () => true, ...options })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  return { fake, url, port: Number(new URL(url).port), stop: () => app.close() }
}
