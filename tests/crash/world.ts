// What one crash needs around it: a database by way of a bad line, simulated terminals, a shop that is
// told, and how instances of the centre are started over them.

import { createSource } from '../../packages/server/src/accounts/sources.ts'
import { readConfig } from '../../packages/server/src/config.ts'
import { createLog, openCentre } from '../../packages/server/src/main.ts'
import type { Limits } from '../../packages/server/src/ports/centre.ts'
import { type Simulator, startSimulator, type Timing } from '../../packages/simulator/src/index.ts'
import { ACTING, QUICK_LIMITS, QUICK_TIMING } from '../support/centre.ts'
import { readRows } from '../support/read-rows.ts'
import { type FaultyProxy, startFaultyProxy, through } from './faulty-proxy.ts'
import type { Orders } from './messages.ts'
import { type Receiver, startReceiver } from './receiver.ts'
import { type ShopClient, shopClient } from './shop-client.ts'
import { type Instance, type Listener, spawnInstance } from './spawn-instance.ts'

/** Of every instance over a world's database, and of whoever enters things there. */
export const SECRET_KEY = 'a secret key for tests, never for anything real'

/** As in the field, only sooner. */
export const CRASH_LIMITS: Partial<Limits> = {
  ...QUICK_LIMITS,
  // A key is held for a call and four seconds, and its client waits for a dead call as long as that.
  startCallMs: 3_000,
  queueWaitMs: 1_000,
  quarantineMs: 800,
  offlineMs: 500,
}

/** A migrated database, wherever its server is. */
export interface WorldDatabase {
  readonly url: string
  readonly ownerUrl: string
  readonly superuserUrl: string
}

export interface World {
  readonly simulator: Simulator
  readonly receiver: Receiver
  readonly database: WorldDatabase
  /** Between every instance and the database. */
  readonly line: FaultyProxy
  readonly client: ShopClient
  start(listener?: Listener, more?: { readonly lineTo?: FaultyProxy }): Promise<Instance>
  /** Looks into the books, past the line. */
  // biome-ignore lint/suspicious/noExplicitAny: a row has whatever columns the test asked for
  sql(text: string, values?: readonly unknown[]): Promise<any[]>
  /** Kills every instance, ends everything but the database. */
  close(): Promise<void>
}

export interface WorldOptions {
  readonly terminals: number
  readonly timing?: Partial<Timing>
  readonly limits?: Partial<Limits>
  /** A line before each terminal, by its number from 1; none unless asked for. */
  readonly deviceLines?: readonly FaultyProxy[]
  readonly journalPath?: string
  /** How long the shop waits for an answer. */
  readonly answerMs?: number
}

export async function startWorld(database: WorldDatabase, options: WorldOptions): Promise<World> {
  const simulator = await startSimulator({
    terminals: Array.from({ length: options.terminals }, () => ({ camera: 'json' as const })),
    timing: { ...QUICK_TIMING, rebootMs: 100, ...options.timing },
  })
  const receiver = await startReceiver()
  const { hostname, port } = new URL(database.url)
  const line = await startFaultyProxy({ host: hostname, port: Number(port) })
  const instances: Instance[] = []
  const closeParts = async () => {
    await Promise.all(instances.map((instance) => instance.kill()))
    await Promise.all([line.close(), receiver.close(), simulator.close()])
  }
  try {
    const { apiToken, webhookSecret } = await enter(database, simulator, receiver.url, options)
    receiver.setSecret(webhookSecret)
    return {
      simulator,
      receiver,
      database,
      line,
      client: shopClient(apiToken, options.answerMs),
      async start(listener, more = {}) {
        const orders = ordersFor(database, more.lineTo ?? line, options, listener !== undefined)
        const instance = await spawnInstance(orders, listener)
        instances.push(instance)
        return instance
      },
      sql: (text, values) => readRows(database.superuserUrl, text, values),
      close: closeParts,
    }
  } catch (error) {
    await closeParts()
    throw error
  }
}

function envOf(database: WorldDatabase): Record<string, string> {
  return {
    DATABASE_URL: database.url,
    DATABASE_OWNER_URL: database.ownerUrl,
    BYFLY_MODE: 'demo',
    BYFLY_SECRET_KEY: SECRET_KEY,
    BYFLY_LOG_LEVEL: process.env['BYFLY_TEST_LOG'] ?? 'silent',
    PORT: '0',
  }
}

function ordersFor(
  database: WorldDatabase,
  line: FaultyProxy,
  { limits }: WorldOptions,
  isWatched: boolean,
): Orders {
  return {
    env: {
      ...envOf(database),
      DATABASE_URL: through(database.url, line),
      DATABASE_OWNER_URL: through(database.ownerUrl, line),
    },
    limits: { ...CRASH_LIMITS, ...limits },
    isWatched,
  }
}

/** Enters the terminals and one source, as the command line does: no worker runs. */
async function enter(
  database: WorldDatabase,
  simulator: Simulator,
  webhookUrl: string,
  { deviceLines = [] }: WorldOptions,
) {
  const config = readConfig(envOf(database))
  const parts = { url: database.url, ownerUrl: database.ownerUrl, stop: async () => {} }
  const opened = await openCentre(config, parts, createLog(config), () => 'http://127.0.0.1')
  try {
    const { centre } = opened
    for (const { number, host, port, cameraUrl } of simulator.terminals) {
      await centre.storage.transaction((tx) =>
        centre.storage.terminals.add(tx, {
          system: 'kaspi',
          countryIso: 'KZ',
          isActive: true,
          name: `Терминал ${number}`,
          ipAddress: host,
          scheme: 'http',
          host,
          port: deviceLines[number - 1]?.port ?? port,
          tls: 'strict',
          apiVersion: 'v2',
          ownCheque: false,
          cameraId: number,
          cameraUrl,
          reservedSources: null,
          reservedCountry: null,
        }),
      )
    }
    const source = await createSource(centre, ACTING, {
      name: 'Магазин',
      type: 'website',
      defaultWebhookUrl: webhookUrl,
      webhookEvents: ['partially_paid', 'failed', 'cancelled'],
    })
    if (source.kind === 'refused') throw new Error(`источник: ${source.reason}`)
    return source
  } finally {
    await opened.close()
  }
}
