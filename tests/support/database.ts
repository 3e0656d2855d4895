// A migrated database of its own for each test or test file, copied from the run's template in some
// tens of milliseconds. Tests must never share one unless they only read.

import { randomBytes } from 'node:crypto'
import { OWNER_ROLE } from '../../packages/server/src/storage/embedded/roles.ts'
import { asSuperuser, type TestServer, withDatabase } from './test-server.ts'

export type FreshDatabase = {
  /** As `byfly_app`, which owns nothing: what the centre works with. */
  readonly url: string
  /** As `byfly_owner`: migrations and partitions. */
  readonly ownerUrl: string
  /** As a superuser: to look at, or break, what no role of the centre may. */
  readonly superuserUrl: string
  /** Ends every connection still open to it. */
  drop(): Promise<void>
  /** Everything in it is gone, as with its disk; an empty one takes its name. */
  lose(): Promise<void>
}

export function freshDatabase(): Promise<FreshDatabase> {
  const server = testServer()
  return createDatabase(server, server.template)
}

/** The same with something done to it first, by a superuser; itself a template for others. */
export async function templateWith(sql: string): Promise<() => Promise<FreshDatabase>> {
  const server = testServer()
  const { superuserUrl } = await createDatabase(server, server.template)
  await asSuperuser(superuserUrl, (client) => client.query(sql))
  return () => createDatabase(server, new URL(superuserUrl).pathname.slice(1))
}

/** Without the migrations: for the tests of the migrations themselves. */
export function emptyDatabase(): Promise<FreshDatabase> {
  return createDatabase(testServer(), 'template0')
}

async function createDatabase(server: TestServer, template: string): Promise<FreshDatabase> {
  const name = `${server.prefix}_${randomBytes(5).toString('hex')}`
  const make = (from: string) =>
    asSuperuser(server.superuserUrl, async (client) => {
      await client.query(`CREATE DATABASE ${name} OWNER ${OWNER_ROLE} TEMPLATE ${from}`)
    })
  const drop = () =>
    asSuperuser(server.superuserUrl, async (client) => {
      await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    })
  await make(template)
  return {
    url: withDatabase(server.appUrl, name),
    ownerUrl: withDatabase(server.ownerUrl, name),
    superuserUrl: withDatabase(server.superuserUrl, name),
    drop,
    async lose() {
      await drop()
      await make('template0')
    },
  }
}

function testServer(): TestServer {
  const handed = process.env['BYFLY_TEST_SERVER']
  if (!handed) {
    throw new Error(
      'Нет тестового сервера базы. Запускайте через «npm test -- путь/к/файлу.test.ts» ' +
        '(флаг --test-global-setup=tests/support/global-setup.ts).',
    )
  }
  return JSON.parse(handed)
}
