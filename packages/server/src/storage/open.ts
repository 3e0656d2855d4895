// Opens the storage over PostgreSQL 15 to 18: one pool, one listening connection, every store on them.
// A connection that breaks, idle or at work, must never end the process.

import pg from 'pg'
import { DEFAULT_LIMITS, type Vault } from '../ports/centre.ts'
import type { Log } from '../ports/log.ts'
import type { Notices, Storage } from '../ports/storage.ts'
import { accountStore } from './accounts.ts'
import { auditStore } from './audit.ts'
import { deliveryStore } from './deliveries.ts'
import { idempotencyStore } from './idempotency-keys.ts'
import { leaseStore } from './leases.ts'
import { loginStore } from './logins.ts'
import { methodStore } from './methods.ts'
import { listenForNotices } from './notices.ts'
import { paymentStore } from './payments.ts'
import { openPipeline } from './pipeline.ts'
import { placeStore } from './places.ts'
import { poolStore } from './pool.ts'
import { secondFactorStore } from './second-factors.ts'
import { poolSession, type Statement } from './session.ts'
import { settingStore } from './settings.ts'
import { sourceStore } from './sources.ts'
import { staffStore } from './staff.ts'
import { terminalStore } from './terminals.ts'
import { textStore } from './texts.ts'
import { typeParsers } from './type-parsers.ts'
import { unitOfWork } from './unit-of-work.ts'

const POOL_SIZE = 20

/**
 * Lanes for reads by key and for creations. Reads gain from few lanes, whose server processes stay
 * awake; creations need more, since each lane waits for its own commit and commits go to disk together.
 */
const READ_LANES = 2
const CREATE_LANES = 8

/** The server's own limits come first; the last is for a server that no longer answers at all. */
const STATEMENT_TIMEOUT_MS = 15_000
const LOCK_TIMEOUT_MS = 10_000
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000
const CONNECTION_TIMEOUT_MS = 5_000
const ANSWER_TIMEOUT_MS = 20_000

const SESSION_SETTINGS: readonly string[] = [
  // Names without their schema, moments as UTC, whatever the server's defaults are.
  'search_path=public',
  'TimeZone=UTC',
  'DateStyle=ISO',
  // Each statement is planned once per connection. Left to choose, PostgreSQL plans a statement over
  // partitions anew at every run, since a plan for one month looks cheaper than one that prunes as it
  // runs: measured on `payment_whole`, 1 200 a second instead of 3 600.
  'plan_cache_mode=force_generic_plan',
]

const IS_WRITABLE: Statement = {
  name: 'is_writable',
  text: 'SELECT NOT pg_is_in_recovery() AS yes',
}

export interface StorageOptions {
  readonly url: string
  readonly log: Log
  /** Opens the tokens of devices. */
  readonly vault: Vault
  readonly poolSize?: number
  /** How long a new attempt is its starter's before it is renewed. */
  readonly leaseMs?: number
}

export interface OpenedStorage {
  readonly storage: Storage
  readonly notices: Notices
  close(): Promise<void>
  /** Whether the database answers and takes writes. */
  isReady(): Promise<boolean>
}

export function openStorage(options: StorageOptions): OpenedStorage {
  const { log, vault } = options
  const pool = openPool(options)
  const session = poolSession(pool)
  const reads = openPipeline(connection(options.url), READ_LANES)
  const creations = openPipeline(connection(options.url), CREATE_LANES)
  const notices = listenForNotices(connection(options.url), log)
  let closing: Promise<void> | null = null
  return {
    storage: {
      ...unitOfWork(pool),
      payments: paymentStore(
        { session, reads, creations },
        options.leaseMs ?? DEFAULT_LIMITS.leaseMs,
      ),
      pool: poolStore(session),
      terminals: terminalStore(session, vault),
      leases: leaseStore(session),
      accounts: accountStore(session),
      sources: sourceStore(session),
      methods: methodStore(session),
      settings: settingStore(session),
      staff: staffStore(session),
      logins: loginStore(session),
      secondFactors: secondFactorStore(session, vault),
      texts: textStore(session, vault),
      places: placeStore(session),
      audit: auditStore(session),
      deliveries: deliveryStore(session),
      idempotency: idempotencyStore(session),
    },
    notices,
    close() {
      closing ??= Promise.all([notices.close(), pool.end(), reads.close(), creations.close()]).then(
        () => {},
      )
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
  const pool = new pg.Pool({ ...connection(url), max: poolSize ?? POOL_SIZE })
  // One listener for idle connections, and one on each for the time that it is out of the pool.
  pool.on('error', (error) => log.warn({ error: error.message }, 'Соединение с базой оборвалось'))
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

function connection(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: 'byfly-pay',
    options: SESSION_SETTINGS.map((setting) => `-c ${setting}`).join(' '),
    statement_timeout: STATEMENT_TIMEOUT_MS,
    lock_timeout: LOCK_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    query_timeout: ANSWER_TIMEOUT_MS,
    keepAlive: true,
    types: typeParsers,
  }
}
