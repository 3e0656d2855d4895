// Three machines on the loopback of one, made as the guide says: etcd, databases, roles, ways, centres.
// It is the only place that knows their addresses and passwords.

import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { WorldDatabase } from '../crash/world.ts'
import { CONFIG_FOLDER, type Values } from './config-files.ts'
import type { Ground } from './ground.ts'
import { type Machine, makeMachine } from './machine.ts'
import { untilReady, untilWhole } from './outlook.ts'

export interface Cluster {
  readonly machines: readonly Machine[]
  /** Those with a centre. */
  readonly centres: readonly Machine[]
  readonly database: WorldDatabase
  /** Where customers and shops come: the balancer. */
  readonly url: string
}

const ADDRESSES = ['127.0.71.1', '127.0.71.2', '127.0.71.3'] as const
const PUBLIC = `${ADDRESSES[0]}:8443`
/** Making three databases, two of them as copies, on a slow machine. */
const ASSEMBLY_MS = 120_000

const secret = () => randomBytes(24).toString('hex')

function valuesOfAll(): Values {
  return {
    ADDRESS_1: ADDRESSES[0],
    ADDRESS_2: ADDRESSES[1],
    ADDRESS_3: ADDRESSES[2],
    NETWORK: '127.0.0.0/8',
    PG_BIN: '/usr/lib/postgresql/15/bin',
    PG_SHARED_BUFFERS: '128MB',
    WATCHDOG: 'off',
    PUBLIC_URL: `http://${PUBLIC}`,
    DEVICE_NETWORKS: '127.0.0.0/8',
    SUPERUSER_PASSWORD: secret(),
    REPLICATION_PASSWORD: secret(),
    PATRONI_PASSWORD: secret(),
    OWNER_PASSWORD: secret(),
    APP_PASSWORD: secret(),
  }
}

/** What a pretend world needs beside what a real one has. */
const CENTRE_ENV: Values = {
  BYFLY_WEBHOOK_NETWORKS: '127.0.0.0/8',
  BYFLY_SMS: 'file',
  BYFLY_LOG_LEVEL: 'info',
}

export async function assemble(
  ground: Ground,
  secretKey: string,
  say: (line: string) => void,
): Promise<Cluster> {
  const shared = valuesOfAll()
  const centreEnv = { ...CENTRE_ENV, BYFLY_SECRET_KEY: secretKey }
  const machines = ADDRESSES.map((address, place) => {
    const name = `n${place + 1}`
    // The second balancer is the second machine's; each is asked from outside at an address of its own.
    const values = { ...shared, NAME: name, ADDRESS: address, PUBLIC_BIND: `${address}:8443` }
    return makeMachine({ ground, name, values, centreEnv })
  })
  say('etcd и Patroni')
  for (const machine of machines) machine.startEtcd()
  const centres = machines.slice(0, 2)
  // A balancer takes every database for a good one until it has asked, so it comes before they do.
  for (const centre of centres) centre.startWays()
  for (const machine of machines) machine.startDatabase()
  await untilWhole(machines, ASSEMBLY_MS)
  await makeRoles(shared)
  say('центры')
  for (const centre of centres) centre.startCentre()
  await untilReady(centres, ASSEMBLY_MS)
  return { machines, centres, database: databaseOf(shared), url: `http://${PUBLIC}` }
}

/** By way of the balancer and the pooler, as the centre goes. */
function databaseOf({ APP_PASSWORD, OWNER_PASSWORD, SUPERUSER_PASSWORD }: Values): WorldDatabase {
  const [address] = ADDRESSES
  return {
    url: `postgres://byfly_app:${APP_PASSWORD}@${address}:6432/byfly`,
    ownerUrl: `postgres://byfly_owner:${OWNER_PASSWORD}@${address}:5000/byfly`,
    superuserUrl: `postgres://postgres:${SUPERUSER_PASSWORD}@${address}:5000/byfly`,
  }
}

/** psql's word for a connection that could not be had: the balancer has not found the primary yet. */
const NOT_CONNECTED = 2
const LOOK_AGAIN_MS = 250

async function makeRoles({ APP_PASSWORD, OWNER_PASSWORD, SUPERUSER_PASSWORD }: Values) {
  const untilMs = performance.now() + ASSEMBLY_MS
  for (;;) {
    const { status, stderr } = spawnSync(
      'psql',
      [
        ...['-q', '-h', ADDRESSES[0], '-p', '5000', '-U', 'postgres'],
        ...['-v', `owner_password=${OWNER_PASSWORD}`, '-v', `app_password=${APP_PASSWORD}`],
        ...['-f', join(CONFIG_FOLDER, 'roles.sql')],
      ],
      {
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], PGPASSWORD: SUPERUSER_PASSWORD, PGCONNECT_TIMEOUT: '10' },
      },
    )
    if (status === 0) return
    if (status !== NOT_CONNECTED || performance.now() > untilMs)
      throw new Error(`roles.sql: ${stderr}`)
    await sleep(LOOK_AGAIN_MS)
  }
}
