// One of the three machines, an address of this one's loopback with the ports of a real one: etcd and
// PostgreSQL under Patroni on each, a pooler, a balancer and a centre on the first two.

import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ConfigFile, filled, readEnv, type Values } from './config-files.ts'
import type { Ground, Running } from './ground.ts'

export const CENTRE_PORT = 3_000

export interface Machine {
  readonly name: string
  readonly address: string
  startEtcd(): void
  killEtcd(): Promise<void>
  startDatabase(): void
  /** Patroni and everything of its PostgreSQL at one stroke, as when the power goes. */
  killDatabase(): Promise<void>
  /** The pooler and the balancer. */
  startWays(): void
  startCentre(): void
  killCentre(): Promise<void>
  /** Told to stop; resolves when it has ended, with its exit code. */
  drainCentre(): Promise<number | null>
}

const BYFLY = join(import.meta.dirname, '../../packages/server/src/cli/byfly.ts')

export interface MachineOptions {
  readonly ground: Ground
  readonly name: string
  readonly values: Values
  /** Of the centre, besides what its file says. */
  readonly centreEnv: Values
}

export function makeMachine({ centreEnv, ground, name, values }: MachineOptions): Machine {
  const address = values['ADDRESS'] ?? ''
  const rooms = {
    etcd: ground.room(`${name}/etcd`, true),
    database: ground.room(`${name}/database`, true),
    ways: ground.room(`${name}/ways`, true),
    centre: ground.room(`${name}/centre`, false),
  }
  const own: Values = {
    ...values,
    ETCD_DATA: join(rooms.etcd, 'data'),
    PG_DATA: join(rooms.database, 'data'),
    PG_SOCKETS: rooms.database,
    PG_PASSFILE: join(rooms.database, 'pgpass'),
    POOLER_USERS: join(rooms.ways, 'userlist.txt'),
  }
  const write = (file: ConfigFile, room: string): string => {
    const path = join(room, file)
    writeFileSync(path, filled(file, own))
    // The account has to read it, whatever the umask; its passwords live as long as the run.
    chmodSync(path, 0o644)
    return path
  }
  let etcd: Running | null = null
  let centre: Running | null = null
  return {
    name,
    address,
    startEtcd() {
      const env = readEnv(filled('etcd.env', own))
      const folder = rooms.etcd
      etcd = ground.start({
        name: 'etcd',
        folder,
        command: 'etcd',
        args: [],
        env,
        isLent: true,
      })
    },
    async killEtcd() {
      await etcd?.kill()
    },
    startDatabase() {
      const folder = rooms.database
      const args = [write('patroni.yml', folder)]
      ground.start({ name: 'patroni', folder, command: 'patroni', args, isLent: true })
    },
    killDatabase: () => ground.endAll(rooms.database),
    startWays() {
      const folder = rooms.ways
      write('userlist.txt', folder)
      const pooler = [write('pgbouncer.ini', folder)]
      const balancer = ['-db', '-f', write('haproxy.cfg', folder)]
      ground.start({ name: 'pgbouncer', folder, command: 'pgbouncer', args: pooler, isLent: true })
      ground.start({ name: 'haproxy', folder, command: 'haproxy', args: balancer, isLent: true })
    },
    startCentre() {
      const folder = rooms.centre
      const file = readEnv(filled('centre.env', own))
      const env = { ...file, BYFLY_DATA_DIR: folder, ...centreEnv }
      const args = [BYFLY, 'serve']
      const command = process.execPath
      centre = ground.start({ name: 'byfly', folder, command, args, env, isLent: false })
    },
    async killCentre() {
      await centre?.kill()
    },
    async drainCentre() {
      centre?.signal('SIGTERM')
      const [code] = ((await centre?.ended) ?? []) as (number | null)[]
      return code ?? null
    },
  }
}
