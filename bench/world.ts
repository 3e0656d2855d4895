// What most measurements need: a database of their own, a source, terminals, and instances of the centre in processes of
// their own. Everything is on loopback and is gone afterwards.

import { EVERYTHING } from '@byfly-pay/core'
import pg from 'pg'
import { createSource } from '../packages/server/src/accounts/sources.ts'
import { readConfig } from '../packages/server/src/config.ts'
import {
  createLog,
  type Database,
  type OpenCentre,
  openCentre,
  openDatabase,
} from '../packages/server/src/main.ts'
import type { Centre } from '../packages/server/src/ports/centre.ts'
import { homeOf, newDataFolder, serverPid } from '../tests/support/embedded-centre.ts'
import { type Child, startChild } from './child.ts'

const ACTING = { actor: { kind: 'system', name: 'bench' }, scope: EVERYTHING } as const
const SECRET_KEY = 'a secret key for measuring, never for anything real'

/** BENCH_PROFILES=folder: each instance leaves a profile there for `node bench/read-profile.ts`. */
const PROFILES = process.env['BENCH_PROFILES']
const PROFILING = PROFILES === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${PROFILES}`]

/** As the simulator names them. */
export interface DeviceAddress {
  readonly number: number
  readonly host: string
  readonly port: number
  readonly cameraUrl: string
}

export interface Instance extends Child<string> {
  readonly url: string
}

export interface BenchWorld {
  readonly database: Database
  readonly sql: pg.Client
  /** Of the database server, whose children are its connections. */
  readonly databasePid: number
  /** With the settings that every instance shares. */
  readonly env: Readonly<Record<string, string>>
  addSource(name: string, webhookUrl?: string): Promise<BenchSource>
  addTerminals(devices: readonly DeviceAddress[]): Promise<void>
  /** Of a source, each open for an hour. */
  addPayments(sourceId: number, count: number): Promise<string[]>
  startInstance(): Promise<Instance>
  stop(): Promise<void>
}

export interface BenchSource {
  readonly id: number
  readonly apiToken: string
  readonly webhookSecret: string
}

export async function openWorld(): Promise<BenchWorld> {
  const folder = newDataFolder()
  const own = {
    BYFLY_DATA_DIR: folder.path,
    BYFLY_SECRET_KEY: SECRET_KEY,
    BYFLY_LOG_LEVEL: 'error',
    BYFLY_MODE: 'demo',
    BYFLY_TRUSTED_HOPS: '1',
    PORT: '0',
  }
  const config = readConfig(own)
  const log = createLog(config)
  const database = await openDatabase(config, log)
  const env = { ...own, DATABASE_URL: database.url }
  const opened: OpenCentre = await openCentre(readConfig(env), database, log, () => '')
  const sql = new pg.Client({ connectionString: database.ownerUrl })
  await sql.connect()
  return {
    database,
    sql,
    databasePid: serverPid(folder.path) ?? fail(`Нет сервера в ${homeOf(folder.path)}`),
    env,
    addSource: (name, webhookUrl) => addSource(opened.centre, name, webhookUrl),
    addTerminals: (devices) => addTerminals(opened.centre, devices),
    addPayments: (sourceId, count) => addPayments(sql, sourceId, count),
    async startInstance() {
      const child = await startChild<string>('live-server.ts', {
        env,
        execArgv: ['--expose-gc', ...PROFILING],
      })
      return { ...child, url: child.hello }
    },
    async stop() {
      await sql.end()
      await opened.close()
      await database.stop()
      await folder.remove()
    },
  }
}

async function addSource(centre: Centre, name: string, webhookUrl?: string): Promise<BenchSource> {
  const made = await createSource(centre, ACTING, {
    ...{ name, type: 'website' },
    ...(webhookUrl === undefined ? {} : { defaultWebhookUrl: webhookUrl }),
  })
  return made.kind === 'refused' ? fail(made.reason) : made
}

async function addTerminals({ storage }: Centre, devices: readonly DeviceAddress[]): Promise<void> {
  for (const { cameraUrl, host, number, port } of devices) {
    const terminal = {
      name: `Терминал ${number}`,
      ...{ system: 'kaspi', countryIso: 'KZ', isActive: true, ipAddress: host, host, port },
      ...({ scheme: 'http', tls: 'strict', apiVersion: 'v2', ownCheque: false } as const),
      ...{ cameraId: number, cameraUrl, reservedSources: null, reservedCountry: null },
    }
    await storage.transaction((tx) => storage.terminals.add(tx, terminal))
  }
}

async function addPayments(sql: pg.Client, sourceId: number, count: number): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    `INSERT INTO payments (id, source_id, country_iso, currency, original_tiyn, tolerance_tiyn,
       created_at, expires_at, updated_at)
     SELECT new_id(), $1, 'KZ', 'KZT', 1000000, 100, now(), now() + interval '1 hour', now()
     FROM generate_series(1, $2) RETURNING id`,
    [sourceId, count],
  )
  await sql.query('VACUUM ANALYZE payments')
  return rows.map(({ id }) => id)
}

function fail(reason: string): never {
  throw new Error(reason)
}
