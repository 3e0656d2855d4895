// Opens the storage over PostgreSQL 15 to 18: one pool, one listening connection, every store on them.
// A connection that breaks, idle or at work, must never end the process.

import pg from 'pg'
import { DEFAULT_LIMITS, type Vault } from '../ports/centre.ts'
import type { Log } from '../ports/log.ts'
import type { Meter } from '../ports/meter.ts'
import type { Connections, StandingStore } from '../ports/standing-store.ts'
import type { Notices, Storage } from '../ports/storage.ts'
import { accountStore } from './accounts.ts'
import { alertStore } from './alerts.ts'
import { archiveStore } from './archives.ts'
import { auditStore } from './audit.ts'
import { frameStore } from './camera-frames.ts'
import { changeStore } from './changes.ts'
import { dayStore } from './closed-days.ts'
import { connection, useOf } from './connection.ts'
import { customerStore } from './customers.ts'
import { deliveryStore } from './deliveries.ts'
import { deliveryTryStore } from './delivery-tries.ts'
import { deskStore } from './desks.ts'
import { exchangeStore } from './device-exchanges.ts'
import { doubleStore } from './doubles.ts'
import { figureStore } from './figures.ts'
import { firstRunStore } from './first-run.ts'
import { idempotencyStore } from './idempotency-keys.ts'
import { formerIdStore, importStore } from './imports.ts'
import { leaseStore } from './leases.ts'
import { loginStore } from './logins.ts'
import { methodStore } from './methods.ts'
import { listenForNotices } from './notices.ts'
import { paymentLedger } from './payment-ledger.ts'
import { paymentStore } from './payments.ts'
import { openPipeline, pipelined } from './pipeline.ts'
import { placeStore } from './places.ts'
import { poolStore } from './pool.ts'
import { qrConnectionStore } from './qr-connections.ts'
import { receiverCheckStore } from './receiver-checks.ts'
import { recheckStore } from './rechecks.ts'
import { refundStore } from './refunds.ts'
import { replayStore } from './replays.ts'
import { restoreStore } from './restores.ts'
import { viewStore } from './saved-views.ts'
import { sealedStore } from './sealed-values.ts'
import { secondFactorStore } from './second-factors.ts'
import { poolSession, type Statement } from './session.ts'
import { settingStore } from './settings.ts'
import { sourceStore } from './sources.ts'
import { staffStore } from './staff.ts'
import { standingStore } from './standing.ts'
import { statementStore } from './statements.ts'
import { healthStore } from './terminal-health.ts'
import { wallStore } from './terminal-wall.ts'
import { terminalStore } from './terminals.ts'
import { textStore } from './texts.ts'
import { unitOfWork } from './unit-of-work.ts'
import { openWideReads } from './wide-reads.ts'

const POOL_SIZE = 20

/**
 * Lanes for reads by key and for creations. Reads gain from few lanes, whose server processes stay
 * awake; creations need more, since each lane waits for its own commit and commits go to disk together.
 */
const READ_LANES = 2
const CREATE_LANES = 8

const IS_WRITABLE: Statement = {
  name: 'is_writable',
  text: 'SELECT NOT pg_is_in_recovery() AS yes',
}

export interface StorageOptions {
  readonly url: string
  /** Where lists and exports are read; the same database when there is no replica. */
  readonly replicaUrl?: string | null
  readonly log: Log
  readonly meter?: Meter
  /** Opens the tokens of devices. */
  readonly vault: Vault
  readonly poolSize?: number
  /** How long a new attempt is its starter's before it is renewed. */
  readonly leaseMs?: number
}

export interface OpenedStorage {
  readonly storage: Storage
  readonly notices: Notices
  /** For monitoring. */
  readonly standing: StandingStore
  connections(): Connections
  close(): Promise<void>
  /** Whether the database answers and takes writes. */
  isReady(): Promise<boolean>
}

export function openStorage(options: StorageOptions): OpenedStorage {
  const { vault } = options
  const pool = openPool(options)
  const session = poolSession(pool)
  const reads = openPipeline(connection(options.url), READ_LANES)
  const creations = openPipeline(connection(options.url), CREATE_LANES)
  const wide = openWideReads({ ...options, url: options.replicaUrl ?? options.url })
  const notices = listenForNotices(connection(options.url), options.log)
  let closing: Promise<void> | null = null
  return {
    storage: {
      ...unitOfWork(pool),
      refunds: refundStore(session, reads),
      ledger: paymentLedger(session, wide.session),
      exchanges: exchangeStore(session),
      changes: changeStore(session),
      payments: paymentStore(
        { session, reads, creations },
        options.leaseMs ?? DEFAULT_LIMITS.leaseMs,
      ),
      pool: poolStore(session),
      health: healthStore(session),
      terminals: terminalStore(session, vault),
      qrConnections: qrConnectionStore(session, vault),
      frames: frameStore(session),
      wall: wallStore(session),
      leases: leaseStore(session),
      restores: restoreStore(session),
      accounts: accountStore(session),
      sources: sourceStore(session),
      methods: methodStore(session),
      settings: settingStore(session),
      staff: staffStore(session),
      firstRun: firstRunStore(session),
      logins: loginStore(session),
      secondFactors: secondFactorStore(session, vault),
      texts: textStore(session, vault),
      sealed: sealedStore(session, vault),
      places: placeStore(session),
      audit: auditStore(session),
      archives: archiveStore(session),
      deliveries: deliveryStore(session, wide.session),
      deliveryTries: deliveryTryStore(session, wide.session),
      replays: replayStore(session),
      receiverChecks: receiverCheckStore(session),
      figures: figureStore(session),
      desks: deskStore(session),
      statements: statementStore(session),
      days: dayStore(session),
      doubles: doubleStore(),
      rechecks: recheckStore(session),
      idempotency: idempotencyStore(session, 'source'),
      staffKeys: idempotencyStore(session, 'staff'),
      alerts: alertStore(session, vault),
      views: viewStore(session),
      customers: customerStore(session),
      imports: importStore(session),
      formerIds: formerIdStore(session),
    },
    notices,
    standing: standingStore(session),
    connections: () => ({
      pools: { main: useOf(pool), wide: wide.use() },
      lanes: { reads: reads.inFlight(), creations: creations.inFlight() },
    }),
    close() {
      closing ??= Promise.all([
        notices.close(),
        pool.end(),
        reads.close(),
        creations.close(),
        wide.close(),
      ]).then(() => {})
      return closing
    },
    async isReady() {
      try {
        const [row] = await session.rows<{ yes: boolean }>(IS_WRITABLE, [])
        return row?.yes === true
      } catch {
        return false
      }
    },
  }
}

function openPool({ log, poolSize, url }: StorageOptions): pg.Pool {
  const pool = new pg.Pool({ ...pipelined(connection(url)), max: poolSize ?? POOL_SIZE })
  // One listener for idle connections, and one on each for the time that it is out of the pool.
  pool.on('error', (error) => log.warn({ error: error.message }, 'Соединение с базой оборвалось'))
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}
