// `node bench/pool-load.ts`: 10 000 payments through 50 simulated terminals on one instance, each customer
// paying 2 s after the QR; writes bench/pool-load.md. The centre is a process of its own, customers and
// terminals share another, everything is on loopback. BENCH_PAYMENTS=500 for a quick look.

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { EVERYTHING } from '@byfly-pay/core'
import { createSource } from '../packages/server/src/accounts/sources.ts'
import { readConfig } from '../packages/server/src/config.ts'
import { createLog, openCentre, openDatabase } from '../packages/server/src/main.ts'
import type { Centre } from '../packages/server/src/ports/centre.ts'
import { type Simulator, startSimulator } from '../packages/simulator/src/index.ts'
import type { Account } from './pool-server.ts'

const PAYMENTS = Number(process.env['BENCH_PAYMENTS'] ?? 10_000)
const TERMINALS = Number(process.env['BENCH_TERMINALS'] ?? 50)
/** Ten more than terminals: there is always somebody in line. */
const CUSTOMERS = TERMINALS + 10
const PAYS_AFTER_MS = 2_000
const LATENESS_AIM_MS = 200
const ACTING = { actor: { kind: 'system', name: 'bench' }, scope: EVERYTHING } as const

const dataDir = mkdtempSync(join(tmpdir(), 'byfly-pool-'))
const environment = {
  BYFLY_DATA_DIR: dataDir,
  BYFLY_MODE: 'demo',
  BYFLY_SECRET_KEY: 'a secret key for measuring, never for anything real',
  BYFLY_LOG_LEVEL: 'error',
  PORT: '0',
}

async function enterTerminals({ storage }: Centre, { terminals }: Simulator): Promise<void> {
  for (const { cameraUrl, host, number, port } of terminals) {
    const terminal = {
      name: `Терминал ${number}`,
      ...{ system: 'kaspi', countryIso: 'KZ', isActive: true, ipAddress: host, host, port },
      ...({ scheme: 'http', tls: 'strict', apiVersion: 'v2', ownCheque: false } as const),
      ...{ cameraId: number, cameraUrl, reservedSources: null, reservedCountry: null },
    }
    await storage.transaction((tx) => storage.terminals.add(tx, terminal))
  }
}

/** A source, and the terminals of the simulator, entered past the API. */
async function furnish(databaseUrl: string, simulator: Simulator): Promise<string> {
  const config = readConfig({ ...environment, DATABASE_URL: databaseUrl })
  const database = { url: databaseUrl, ownerUrl: databaseUrl, stop: async () => {} }
  const opened = await openCentre(config, database, createLog(config), () => '')
  await enterTerminals(opened.centre, simulator)
  const made = await createSource(opened.centre, ACTING, { name: 'Касса', type: 'website' })
  await opened.close()
  if (made.kind === 'refused') throw new Error(made.reason)
  return made.apiToken
}

/** What the customers look at of any answer. */
interface Said {
  readonly data?: {
    readonly transaction_id: string
    readonly qr_code: string
    readonly status: string
  }
  readonly queue?: { readonly eta_seconds: number }
}

interface Tally {
  paid: number
  queued: number
  /** Of the queued, those whose first stated wait was right within a third. */
  rightWaits: number
}

async function serve(
  call: ReturnType<typeof client>,
  simulator: Simulator,
  tally: Tally,
): Promise<void> {
  const made = await call('POST', '/api/payment/init', { amount: 100_000 })
  const path = `/api/payment/${made.body.data?.transaction_id}`
  const joinedAt = performance.now()
  let statedMs: number | null = null
  for (;;) {
    const started = await call('POST', `${path}/kaspi`, { payment_method: 'kaspi_gold' })
    if (started.status === 200) {
      simulator.phone.scan({ qr: started.body.data?.qr_code ?? '', after_ms: PAYS_AFTER_MS })
      break
    }
    statedMs ??= 1_000 * (started.body.queue?.eta_seconds ?? 0)
    await sleep(500)
  }
  if (statedMs !== null && statedMs > 0) {
    const waitedMs = performance.now() - joinedAt
    tally.queued += 1
    if (Math.abs(statedMs - waitedMs) <= waitedMs / 3) tally.rightWaits += 1
  }
  for (;;) {
    const { body } = await call('GET', `${path}?wait=25`)
    if (body.data?.status === 'paid') break
    await sleep(200)
  }
  tally.paid += 1
}

function client(url: string, token: string) {
  return async (method: string, path: string, body?: object) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { 'X-API-Token': token, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: (await response.json()) as Said }
  }
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? 0
}

const config = readConfig(environment)
const database = await openDatabase(config, createLog(config))
const simulator = await startSimulator({
  terminals: Array.from({ length: TERMINALS }, () => ({ camera: 'json' as const })),
})
const token = await furnish(database.url, simulator)
const server = fork(join(import.meta.dirname, 'pool-server.ts'), {
  env: { ...process.env, ...environment, DATABASE_URL: database.url },
})
const [url] = (await once(server, 'message')) as [string]
const call = client(url, token)
const tally: Tally = { paid: 0, queued: 0, rightWaits: 0 }
const startedAt = performance.now()
let left = PAYMENTS
await Promise.all(
  Array.from({ length: CUSTOMERS }, async () => {
    for (; left > 0; ) {
      left -= 1
      await serve(call, simulator, tally)
    }
  }),
)
const wallMs = performance.now() - startedAt
server.send('account')
const [account] = (await once(server, 'message')) as [Account]
const exited = once(server, 'exit')
server.disconnect()
await exited
const sales = simulator.journal.entries.length
const overlaps = simulator.journal.overlaps().length
await simulator.close()
await database.stop()
rmSync(dataDir, { recursive: true, force: true })

const p99 = at(account.latenessMs, 0.99)
const lines = [
  '# The pool under load',
  '',
  `\`node bench/pool-load.ts\`: ${PAYMENTS} payments, ${TERMINALS} simulated terminals, one instance, ` +
    `${CUSTOMERS} customers at a time, each paying ${PAYS_AFTER_MS / 1_000} s after the QR.`,
  '',
  '| figure | value |',
  '|---|---|',
  `| paid; sales in the terminals' journal; overlaps | ${tally.paid}; ${sales}; ${overlaps} |`,
  `| payments a minute | ${Math.round((60_000 * tally.paid) / wallMs)} |`,
  `| looks at terminals | ${account.latenessMs.length} |`,
  `| lateness of a look, p50 / p99 / most, ms | ${at(account.latenessMs, 0.5)} / ${p99} / ${at(account.latenessMs, 1)} (aim: p99 ≤ ${LATENESS_AIM_MS}) |`,
  `| processor of the centre, cores | ${(account.cpuMs / wallMs).toFixed(2)} (aim: ≤ 1) |`,
  `| delay of the event loop, p99, ms | ${account.loopDelayP99Ms.toFixed(1)} |`,
  `| told a wait longer than the call's own 20 s; right within a third | ${tally.queued}; ${tally.rightWaits} |`,
  '',
]
writeFileSync(join(import.meta.dirname, 'pool-load.md'), lines.join('\n'))
process.stdout.write(lines.join('\n'))
const isMet = tally.paid === PAYMENTS && sales === PAYMENTS && overlaps === 0
process.exitCode = isMet && p99 <= LATENESS_AIM_MS ? 0 : 1
