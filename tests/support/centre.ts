// A whole centre for one test file: its own database, simulated terminals, real HTTP on a free port.
// It speaks to the centre only as an integrator does, and looks into the database to check the books.

import { setTimeout as sleep } from 'node:timers/promises'
import { EVERYTHING, parseTransactionId } from '@byfly-pay/core'
import type { DestinationStream } from 'pino'
import { createSource, type NewSource } from '../../packages/server/src/accounts/sources.ts'
import type { Acting } from '../../packages/server/src/accounts/staff.ts'
import { readConfig } from '../../packages/server/src/config.ts'
import { aboutDemo, openShop } from '../../packages/server/src/demo/demo.ts'
import { demoRoutes } from '../../packages/server/src/demo/demo-routes.ts'
import {
  createLog,
  type Overrides,
  type RunningCentre,
  startCentre,
} from '../../packages/server/src/main.ts'
import type { Limits } from '../../packages/server/src/ports/centre.ts'
import type { NewTerminal } from '../../packages/server/src/ports/terminal-store.ts'
import {
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../packages/simulator/src/index.ts'
import { type FreshDatabase, freshDatabase } from './database.ts'
import { readRows } from './read-rows.ts'
import { PATIENCE_MS } from './until.ts'

/** Everything as in the field, only sooner. */
export const QUICK_TIMING = {
  initializeMs: 30,
  answerMs: 2,
  customerMs: 20,
  resultScreenMs: 50,
} as const

export const QUICK_LIMITS: Partial<Limits> = {
  pollMs: 50,
  qrPollMs: 20,
  sweepMs: 100,
  alertCalmMs: 300,
  leaseMs: 1_500,
  heartbeatMs: 300,
}

/** Whoever sets a test up, past the API. */
export const ACTING: Acting = { actor: { kind: 'system', name: 'test' }, scope: EVERYTHING }

const SECRET_KEY = 'a secret key for tests, never for anything real'

export interface TestCentreOptions {
  readonly terminals?: SimulatorOptions['terminals']
  readonly timing?: SimulatorOptions['timing']
  readonly limits?: Partial<Limits>
  readonly provider?: Overrides['provider']
  readonly http?: Overrides['http']
  /** Waits of calls to SMS gateways. */
  readonly sms?: Overrides['sms']
  /** How every simulated terminal is entered, where that is not the ordinary way. */
  readonly terminal?: Partial<NewTerminal>
  /** An already migrated database that several centres share. */
  readonly database?: FreshDatabase
  readonly simulator?: Simulator
  readonly source?: Partial<NewSource>
  readonly env?: Readonly<Record<string, string>>
  /** Where the lines of the log go, for a test that reads them. */
  readonly logTo?: DestinationStream
  /** With the pages of demo mode, and the pretend shop let in as the source. */
  readonly demo?: boolean
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at whatever the wire says
  readonly body: any
  readonly text: string
}

export interface TestCentre {
  readonly url: string
  readonly running: RunningCentre
  readonly simulator: Simulator
  readonly database: FreshDatabase
  readonly source: {
    readonly id: number
    readonly apiToken: string
    readonly webhookSecret: string
  }
  /** A call of the source's; `body` undefined sends none. */
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>
  /** Creates a payment and returns its transaction_id. */
  init(amount: number, more?: Record<string, unknown>): Promise<string>
  kaspi(
    id: string,
    body?: Record<string, unknown>,
    headers?: Record<string, string>,
  ): Promise<Answer>
  status(id: string): Promise<Answer['body']>
  /** Waits until the payment has that status, 15 s at most. */
  until(id: string, status: string): Promise<Answer['body']>
  addSource(terms?: Partial<NewSource>): Promise<TestCentre['source']>
  /** Looks into the books, or breaks what no role of the centre may, as a superuser. */
  // biome-ignore lint/suspicious/noExplicitAny: a row has whatever columns the test asked for
  sql(text: string, values?: unknown[]): Promise<any[]>
  stop(): Promise<void>
}

export async function startTestCentre(options: TestCentreOptions = {}): Promise<TestCentre> {
  const database = options.database ?? (await freshDatabase())
  const simulator =
    options.simulator ??
    (await startSimulator({
      terminals: options.terminals ?? [{ camera: 'json' }, { camera: 'json' }, { camera: 'json' }],
      timing: { ...QUICK_TIMING, ...options.timing },
    }))
  const config = readConfig({
    DATABASE_URL: database.url,
    DATABASE_OWNER_URL: database.ownerUrl,
    BYFLY_MODE: 'demo',
    BYFLY_SECRET_KEY: SECRET_KEY,
    BYFLY_LOG_LEVEL: process.env['BYFLY_TEST_LOG'] ?? 'silent',
    PORT: '0',
    ...options.env,
  })
  const overrides: Overrides = {
    limits: { ...QUICK_LIMITS, ...options.limits },
    ...(options.provider === undefined ? {} : { provider: options.provider }),
    ...(options.http === undefined ? {} : { http: options.http }),
    ...(options.sms === undefined ? {} : { sms: options.sms }),
  }
  const running = await startCentre(
    config,
    { ...database, stop: async () => {} },
    createLog(config, options.logTo),
    overrides,
    options.demo === true ? demoRoutes(simulator.url, aboutDemo(config)) : null,
  )
  const stop = async () => {
    await running.stop()
    if (options.simulator === undefined) await simulator.close()
    if (options.database === undefined) await database.drop()
  }
  const addSource = async (terms: Partial<NewSource> = {}) => {
    const made = await createSource(running.centre, ACTING, {
      name: 'Тестовый сайт',
      type: 'website',
      defaultWebhookUrl: `${simulator.url}/shop/webhook`,
      webhookEvents: ['partially_paid', 'failed', 'cancelled'],
      ...terms,
    })
    if (made.kind === 'refused') throw new Error(`источник: ${made.reason}`)
    return made
  }
  const source = await addTerminals(running, simulator, options.terminal)
    .then(() => addSource(options.source))
    // What is running would keep the test's process alive, and its fault unsaid.
    .catch(async (error: unknown) => {
      await stop()
      throw error
    })
  if (options.demo === true) await letShopIn(running, simulator, source)
  const see = async (id: string) => {
    const paymentId = parseTransactionId(id)
    const view = paymentId && (await running.centre.storage.payments.view(paymentId))
    return view ? view.status : null
  }
  return {
    ...client(running.url, source.apiToken, see),
    url: running.url,
    running,
    simulator,
    database,
    source,
    addSource,
    sql: (text, values) => readRows(database.superuserUrl, text, values),
    stop,
  }
}

function letShopIn(
  { url }: RunningCentre,
  simulator: Simulator,
  { apiToken, webhookSecret }: TestCentre['source'],
): Promise<void> {
  const account = { base_url: url, api_token: apiToken, webhook_secret: webhookSecret }
  return openShop(simulator, account)
}

async function addTerminals(
  { centre }: RunningCentre,
  simulator: Simulator,
  as: Partial<NewTerminal> = {},
): Promise<void> {
  const { terminals } = centre.storage
  const known = await terminals.list(EVERYTHING)
  for (const { number, host, port, url, cameraUrl, camera } of simulator.terminals) {
    if (known.some((terminal) => terminal.port === port)) continue
    const terminal: NewTerminal = {
      system: 'kaspi',
      countryIso: 'KZ',
      reservedSources: null,
      reservedCountry: null,
      isActive: true,
      name: `Терминал ${number}`,
      ipAddress: host,
      scheme: url.startsWith('https:') ? 'https' : 'http',
      host,
      port,
      tls: 'strict',
      apiVersion: 'v2',
      ownCheque: false,
      cameraId: number,
      cameraUrl: camera === 'none' ? null : cameraUrl,
      ...as,
    }
    await centre.storage.transaction((tx) => terminals.add(tx, terminal))
  }
}

/**
 * The documented calls as an integrator makes them. `see` looks past the API, so that a test which
 * waits is not held up by the limit on polling.
 */
export function client(
  url: string,
  token: string,
  see: ((id: string) => Promise<string | null>) | null = null,
): Pick<TestCentre, 'call' | 'init' | 'kaspi' | 'status' | 'until'> {
  async function call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        'X-API-Token': token,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson ? JSON.parse(text) : text,
    }
  }

  async function status(id: string) {
    let answer = await call('GET', `/api/payment/${id}`)
    while (answer.status === 429) {
      await sleep(Number(answer.headers.get('retry-after')) * 1_000)
      answer = await call('GET', `/api/payment/${id}`)
    }
    if (answer.status !== 200) throw new Error(`status: ${answer.status} ${answer.text}`)
    return answer.body.data
  }

  return {
    call,
    status,
    async init(amount, more = {}) {
      const answer = await call('POST', '/api/payment/init', { amount, ...more })
      if (answer.status !== 201) throw new Error(`init: ${answer.status} ${answer.text}`)
      return answer.body.data.transaction_id
    },
    kaspi: (id, body = { payment_method: 'kaspi_gold' }, headers = {}) =>
      call('POST', `/api/payment/${id}/kaspi`, body, headers),
    async until(id, wanted) {
      const deadline = Date.now() + PATIENCE_MS
      for (;;) {
        if (see === null || (await see(id)) === wanted) {
          const data = await status(id)
          if (data.status === wanted) return data
        }
        if (Date.now() > deadline) {
          throw new Error(`ждали «${wanted}», а платёж: ${JSON.stringify(await status(id))}`)
        }
        await sleep(25)
      }
    },
  }
}
