// What dies in a trial: the primary or its standby with its Patroni, a centre, the leader of etcd. Each says how it is
// healed afterwards; nothing here looks at the books.

import { oneOf, type Seeded } from '../crash/seeded.ts'
import type { Cluster } from './cluster.ts'
import type { Machine } from './machine.ts'
import { databaseWith, etcdLeaderOf } from './outlook.ts'

export const STRIKES = ['primary', 'standby', 'centre', 'etcd'] as const
export type ClusterStrike = (typeof STRIKES)[number]

export interface Struck {
  readonly machine: Machine
  /** When it died, by `performance.now()`. */
  readonly atMs: number
  /** Starts again what died; whether it has come back is for others to see. */
  heal(): void
}

export async function strike(
  kind: ClusterStrike,
  { centres, machines }: Cluster,
  chance: Seeded,
): Promise<Struck> {
  switch (kind) {
    case 'primary':
    case 'standby': {
      const role = kind === 'primary' ? 'leader' : 'sync_standby'
      const machine = found(await databaseWith(role, machines), role)
      const atMs = performance.now()
      await machine.killDatabase()
      return { machine, atMs, heal: () => machine.startDatabase() }
    }
    case 'centre': {
      const machine = oneOf(chance, centres)
      const atMs = performance.now()
      await machine.killCentre()
      return { machine, atMs, heal: () => machine.startCentre() }
    }
    case 'etcd': {
      const machine = found(await etcdLeaderOf(machines), 'ведущий etcd')
      const atMs = performance.now()
      await machine.killEtcd()
      return { machine, atMs, heal: () => machine.startEtcd() }
    }
  }
}

function found(machine: Machine | null, what: string): Machine {
  if (machine === null) throw new Error(`не найден ${what}`)
  return machine
}
