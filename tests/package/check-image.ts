// The image as compose.yaml runs it: its environment and its secrets, a root that cannot be written, the roles made by
// the database's own script. Only the terminals are pretended, so that a payment can be taken.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { chooseFreePort } from '../../packages/server/src/storage/embedded/free-port.ts'
import { openEmbeddedDatabase } from '../../packages/server/src/storage/embedded/open-embedded-database.ts'
import { asSuperuser, quietLog, withDatabase } from '../support/test-server.ts'
import type { BuiltImage } from './build-image.ts'
import { confined, firstInside, sealRoot } from './scratch-root.ts'
import { endByTerm, payOnce, serveDemo } from './served-demo.ts'

const DATABASE = 'byfly'

export interface ImageCheck {
  readonly sources: string
  readonly folder: string
  readonly say: (line: string) => void
}

export async function checkImage(image: BuiltImage, check: ImageCheck): Promise<void> {
  const { folder, say, sources } = check
  const data = join(folder, 'data')
  const secrets = join(folder, 'secrets')
  for (const made of [data, secrets]) mkdirSync(made)
  chownSync(data, ...idsOf(image.user))
  const server = await openEmbeddedDatabase({
    dataDir: join(folder, 'database'),
    log: quietLog,
    testTuning: { isFsyncOn: false, maxConnections: 200 },
  })
  try {
    await makeRoles(image, server.superuserUrl, secrets, sources)
    say('  роли и база сделаны скриптом из compose.yaml')
    sealRoot(image.root, [
      { path: 'data', folder: data },
      { path: 'run/secrets', folder: secrets },
    ])
    await serve(image, data, sources, say)
  } finally {
    await server.stop()
  }
}

async function serve(
  image: BuiltImage,
  data: string,
  sources: string,
  say: (line: string) => void,
): Promise<void> {
  const { entrypoint, command, healthcheck } = image.stage
  const { services } = parse(readFileSync(join(sources, 'compose.yaml'), 'utf8'))
  const port = String(await chooseFreePort())
  const { BYFLY_PUBLIC_URL: _, ...composed } = services.centre.environment
  const env = { ...image.env, ...composed, BYFLY_MODE: 'demo', PORT: port }
  const wordsFor = (words: readonly string[]) =>
    confined(image.root, image.user, image.workdir, words)
  const isHealthy = () => {
    const [program = '', ...words] = wordsFor(healthcheck)
    return spawnSync(program, words, { env, encoding: 'utf8' }).status === 0
  }
  assert.equal(isHealthy(), false, 'HEALTHCHECK верит тому, чего нет')
  const [program = '', ...words] = wordsFor([...entrypoint, ...command])
  const demoFile = join(data, 'demo.json')
  const served = await serveDemo({ program, words, cwd: '/', env, demoFile })
  assert.equal(isHealthy(), true, 'HEALTHCHECK')
  say('  работает от обычной записи, корень только для чтения, HEALTHCHECK: готов')
  await payOnce(served.demo)
  say('  платёж прошёл')
  assert.equal(await endByTerm(served.child, firstInside(served.child)), 0)
  say(`  остановился по ${image.stage.stopSignal}`)
}

/** As the image of PostgreSQL does with an empty volume: a database, then the script beside compose.yaml. */
async function makeRoles(
  image: BuiltImage,
  superuserUrl: string,
  secrets: string,
  sources: string,
): Promise<void> {
  await asSuperuser(withDatabase(superuserUrl, 'postgres'), async (client) => {
    for (const made of [`DATABASE ${DATABASE}`, 'ROLE byfly_owner', 'ROLE byfly_app']) {
      await client.query(`DROP ${made}`)
    }
    await client.query(`CREATE DATABASE ${DATABASE}`)
  })
  const address = (role: string) => {
    const url = new URL(withDatabase(superuserUrl, DATABASE))
    url.username = role
    url.password = randomBytes(24).toString('hex')
    return url.href
  }
  const values = {
    'secret-key': randomBytes(32).toString('base64'),
    'database-url': address('byfly_app'),
    'database-owner-url': address('byfly_owner'),
  }
  for (const [name, value] of Object.entries(values)) {
    writeFileSync(join(secrets, name), value)
    // The script reads them where the database's container has them.
    writeFileSync(join(image.root, 'run/secrets', name), value)
  }
  const { hostname, password, port, username } = new URL(superuserUrl)
  const script = readFileSync(join(sources, 'packaging/postgres-roles.sh'), 'utf8')
  const ran = spawnSync('/usr/sbin/chroot', [image.root, '/bin/sh', '-s'], {
    input: script,
    encoding: 'utf8',
    env: {
      PATH: '/usr/lib/postgresql/15/bin:/usr/bin:/bin',
      PGHOST: hostname,
      PGPORT: port,
      PGPASSWORD: decodeURIComponent(password),
      POSTGRES_USER: decodeURIComponent(username),
      POSTGRES_DB: DATABASE,
    },
  })
  assert.equal(ran.status, 0, ran.stderr)
}

function idsOf(user: string): [number, number] {
  const [uid = 0, gid = 0] = user.split(':').map(Number)
  return [uid, gid]
}
