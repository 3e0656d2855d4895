// What is fuzzed: an instance in a process of its own, beside one that the run itself uses to log people in, to
// mend what was broken on purpose, and to look into the books.

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { ROLES } from '@byfly-pay/core'
import { switchTakingMoney } from '../../packages/server/src/accounts/switch-taking-money.ts'
import { ACTING, QUICK_LIMITS, startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs } from '../support/staff.ts'
import type { Caller } from './requests.ts'

const SCRIPT = join(import.meta.dirname, 'measured-centre.ts')
/** Nothing on this machine listens there: no gateway is ever called. */
const NOWHERE = 'http://127.0.0.1:9'
const LIMITS = { ...QUICK_LIMITS, queueWaitMs: 100, startCallMs: 1_500, stopWaitMs: 100 }
const KEPT_IDS = 30

export interface Memory {
  readonly heapBytes: number
  readonly rssBytes: number
}

export interface Target {
  readonly url: string
  readonly centre: TestCentre
  /** What each caller proves itself by, as headers; new ones after `renew`. */
  headersOf(caller: Caller): Readonly<Record<string, string>>
  /** A thing that exists or did, by the name of its parameter in a path. */
  known(name: string, at: number): string
  learn(name: string, id: string): void
  /** Logs everybody in again and puts right what keeps the rest from being reached. */
  renew(): Promise<void>
  measure(): Promise<Memory>
  stop(): Promise<void>
}

const SOURCE_TRIES = 10

export async function startTarget(): Promise<Target> {
  const env = {
    BYFLY_TRUSTED_HOPS: '1',
    BYFLY_SMSC_URL: NOWHERE,
    BYFLY_MOBIZON_URL: NOWHERE,
    BYFLY_DEVICE_NETWORKS: '127.0.0.0/8',
  }
  const centre = await startTestCentre({ env, limits: LIMITS })
  const { child, url } = await startMeasured(centre, env)
  const ids = new Map<string, string[]>(
    Object.entries({ iso: ['KZ', 'UZ'], code: ['kaspi'], day: ['2026-01-15', '2026-11-25'] }),
  )
  const addresses = await centre.sql('SELECT id, host, port FROM terminals ORDER BY id')
  const proofs = new Map<Caller, Readonly<Record<string, string>>>([
    ['nobody', {}],
    ['garbage', { authorization: 'Bearer eyJ.x.y', 'x-api-token': 'f'.repeat(64) }],
  ])
  const learn = (name: string, id: string) => {
    const kept = ids.get(name) ?? []
    if (!kept.includes(id)) ids.set(name, [...kept, id].slice(-KEPT_IDS))
  }
  const addSource = async (terms: Parameters<TestCentre['addSource']>[0] = {}) => {
    for (let tries = 1; ; tries += 1) {
      // Other lanes switch the country off, or take it away, at any moment.
      await centre.sql(
        `INSERT INTO countries (iso, name, dial_code) VALUES ('KZ', 'Казахстан', '+7')
         ON CONFLICT (iso) DO UPDATE SET is_active = true`,
      )
      try {
        return await centre.addSource(terms)
      } catch (error) {
        if (tries === SOURCE_TRIES) throw error
      }
    }
  }
  const renew = async () => {
    await switchTakingMoney(centre.running.centre, ACTING, true, 'fuzz')
    await centre.sql('UPDATE login_settings SET second_factor_obligatory = false')
    await centre.sql('UPDATE payment_methods SET is_active = true, is_selectable = true')
    for (const { id, host, port } of addresses) {
      await centre.sql(
        `UPDATE terminals SET host = $2, port = $3, ip_address = $2, deleted_at = NULL,
           is_active = true, reserved_sources = NULL, reserved_country = NULL, taken_out_at = NULL,
           taken_out_by = NULL, taken_out_reason = NULL, offline_until = NULL, offline_since = NULL
         WHERE id = $1`,
        [id, host, port],
      )
      learn('terminal_id', String(id))
    }
    const sources = await addSource({ refundsAllowed: true })
    const others = await addSource()
    learn('source_id', String(sources.id))
    proofs.set('source', { 'x-api-token': sources.apiToken })
    proofs.set('other_source', { 'x-api-token': others.apiToken })
    for (const role of ROLES) {
      const staff = await loginAs(centre, role, { sources: [sources.id] })
      learn('admin_id', String(staff.id))
      proofs.set(role, { authorization: `Bearer ${staff.token}` })
    }
  }
  await renew()
  return {
    url,
    centre,
    headersOf: (caller) => proofs.get(caller) ?? {},
    known(name, at) {
      const kept = ids.get(name) ?? []
      return kept[at % Math.max(1, kept.length)] ?? '1'
    },
    learn,
    renew,
    async measure() {
      child.send('measure')
      const [memory] = await once(child, 'message')
      return memory as Memory
    },
    async stop() {
      child.kill('SIGTERM')
      await once(child, 'exit')
      await centre.stop()
    },
  }
}

async function startMeasured(
  beside: TestCentre,
  env: Readonly<Record<string, string>>,
): Promise<{ child: ChildProcess; url: string }> {
  const orders = {
    env: {
      DATABASE_URL: beside.database.url,
      DATABASE_OWNER_URL: beside.database.ownerUrl,
      BYFLY_MODE: 'demo',
      BYFLY_SECRET_KEY: 'a secret key for tests, never for anything real',
      BYFLY_LOG_LEVEL: 'error',
      PORT: '0',
      ...env,
    },
    limits: LIMITS,
  }
  const child = fork(SCRIPT, [JSON.stringify(orders)], {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  if (child.stdout === null) throw new Error('no stdout')
  const [line] = await once(createInterface(child.stdout), 'line')
  // Its log, from here on: nobody may be held up by an unread pipe.
  child.stdout.resume()
  return { child, url: JSON.parse(line).url }
}
