// What a cluster says of itself: who leads, who follows, whether everything that may be lost is there
// twice. It only asks; nothing here changes anything.

import { setTimeout as sleep } from 'node:timers/promises'
import { CENTRE_PORT, type Machine } from './machine.ts'

const ANSWER_MS = 2_000
const LOOK_AGAIN_MS = 250

/** As Patroni tells it at `/cluster`; the fields used here only. */
interface Member {
  readonly name: string
  readonly role: string
  readonly state: string
  readonly timeline?: number
}

const SERVING = new Set(['running', 'streaming'])

// biome-ignore lint/suspicious/noExplicitAny: each asks for fields that it knows
async function ask(url: string, body?: string): Promise<any> {
  try {
    const response = await fetch(url, {
      ...(body === undefined ? {} : { method: 'POST', body }),
      signal: AbortSignal.timeout(ANSWER_MS),
    })
    return response.ok ? await response.json() : null
  } catch {
    return null
  }
}

async function members(machines: readonly Machine[]): Promise<readonly Member[]> {
  for (const { address } of machines) {
    const told = await ask(`http://${address}:8008/cluster`)
    if (told !== null) return told.members
  }
  return []
}

/** Null while there is none. */
export async function databaseWith(
  role: 'leader' | 'sync_standby',
  machines: readonly Machine[],
): Promise<Machine | null> {
  const seen = await members(machines)
  const member = seen.find((each) => each.role === role && SERVING.has(each.state))
  return machines.find(({ name }) => name === member?.name) ?? null
}

/** The member of etcd that the others follow; null while they choose. */
export async function etcdLeaderOf(machines: readonly Machine[]): Promise<Machine | null> {
  for (const machine of machines) {
    const told = await ask(`http://${machine.address}:2379/v3/maintenance/status`, '{}')
    if (told?.leader !== undefined && told.leader === told.header.member_id) return machine
  }
  return null
}

/** What is not as it should be before the next strike; nothing when everything is there. */
async function lacking(machines: readonly Machine[]): Promise<string[]> {
  const seen = await members(machines)
  const serving = seen.filter(({ state }) => SERVING.has(state))
  const inRole = (role: string) => serving.filter((member) => member.role === role).length
  const unready = await Promise.all(
    machines.map(async ({ address, name }) => {
      const health = await ask(`http://${address}:2379/health`)
      return health?.health === 'true' ? [] : [`etcd на ${name}`]
    }),
  )
  return [
    ...unready.flat(),
    ...(serving.length === machines.length ? [] : [`баз работает ${serving.length}`]),
    ...(inRole('leader') === 1 ? [] : ['нет основной базы']),
    ...(inRole('sync_standby') === machines.length - 1 ? [] : ['реплики не синхронны']),
    ...(new Set(serving.map(({ timeline }) => timeline)).size > 1 ? ['реплика отстала'] : []),
  ]
}

export async function isReady({ address }: Machine): Promise<boolean> {
  return (await ask(`http://${address}:${CENTRE_PORT}/readyz`)) !== null
}

/** @throws Error naming what is still missing after so long */
export async function untilWhole(machines: readonly Machine[], patienceMs: number): Promise<void> {
  const untilMs = performance.now() + patienceMs
  for (;;) {
    const missing = await lacking(machines)
    if (missing.length === 0) return
    if (performance.now() > untilMs) throw new Error(`кластер не собрался: ${missing.join(', ')}`)
    await sleep(LOOK_AGAIN_MS)
  }
}

/** @throws Error when a centre is not ready after so long */
export async function untilReady(centres: readonly Machine[], patienceMs: number): Promise<void> {
  const untilMs = performance.now() + patienceMs
  for (const centre of centres) {
    while (!(await isReady(centre))) {
      if (performance.now() > untilMs) throw new Error(`центр на ${centre.name} не готов`)
      await sleep(LOOK_AGAIN_MS)
    }
  }
}
