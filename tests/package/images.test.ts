// Dockerfile, compose.yaml and the systemd unit, read by what would read them as far as no engine is needed: well
// formed, no right more than needed, no secret inside, and time enough to finish what was begun.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { validate } from 'dockerfile-utils'
import { parse } from 'yaml'
import { listContents } from '../../packaging/contents.ts'
import { readIgnored } from './build-context.ts'
import { readStages } from './dockerfile.ts'
import { examineUnit } from './unit.ts'

const ROOT = join(import.meta.dirname, '../..')
const SECRET = /KEY|PASSWORD|TOKEN|DATABASE.*_URL/

interface Service {
  readonly environment?: Readonly<Record<string, string>>
  readonly secrets?: readonly string[]
  readonly networks: readonly string[]
  readonly volumes: readonly string[]
  readonly ports?: readonly string[]
  readonly stop_grace_period: string
  readonly [key: string]: unknown
}

interface Compose {
  readonly services: Readonly<Record<'centre' | 'database', Service>>
  readonly secrets: Readonly<Record<string, { readonly file: string }>>
  readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>
  readonly volumes: Readonly<Record<string, null>>
}

const text = (name: string): string => readFileSync(join(ROOT, name), 'utf8')
const compose: Compose = parse(text('compose.yaml'))
const services = Object.entries(compose.services)

/** How long the centre may take to end, and how long it may first say that it is going. */
function longestStopSeconds(): number {
  const ms = /STOP_LIMIT_MS = ([\d_]+)/.exec(text('packages/server/src/cli/serve.ts'))?.[1]
  return Number(ms?.replaceAll('_', '')) / 1000 + 60
}

test('the Dockerfile is well formed, and its last stage is not root and says how it is', () => {
  assert.deepEqual(validate(text('Dockerfile')), [])
  const last = readStages(text('Dockerfile')).at(-1)
  assert.ok(last)
  const users = last.steps.filter((step) => step.kind === 'user')
  assert.match(users.at(-1)?.user ?? '', /^[1-9]\d*:[1-9]\d*$/)
  assert.equal(last.stopSignal, 'SIGTERM')
  assert.equal(last.healthcheck[0], 'node')
  const copied = last.steps.filter((step) => step.kind === 'copy')
  assert.deepEqual(
    copied.filter(({ from }) => from === null),
    [],
    'исходники остаются в первой стадии',
  )
  for (const step of last.steps) if (step.kind === 'env') assert.doesNotMatch(step.name, SECRET)
})

test('a build is given all that the package needs, and neither data nor secrets', () => {
  const isIgnored = readIgnored(ROOT)
  const built = (file: string) => file.startsWith('packages/web/console/dist/')
  const needed = listContents(ROOT).filter((file) => !built(file))
  assert.deepEqual(needed.filter(isIgnored), [])
  for (const path of [
    'data/secret.key',
    'secrets/secret-key',
    '.git/config',
    'node_modules/pg/package.json',
    'packages/web/console/dist/index.html',
    'dist-release/SHA256SUMS',
    'tests/support/byfly.ts',
  ]) {
    assert.ok(isIgnored(path), path)
  }
})

test('every container has no right of root’s, a root it cannot write, and its limits', () => {
  for (const [name, service] of services) {
    assert.equal(service['read_only'], true, name)
    assert.deepEqual(service['cap_drop'], ['ALL'], name)
    assert.equal(service['cap_add'], undefined, name)
    assert.equal(service['privileged'], undefined, name)
    assert.deepEqual(service['security_opt'], ['no-new-privileges:true'], name)
    for (const limit of ['mem_limit', 'pids_limit', 'logging', 'restart']) {
      assert.ok(service[limit], `${name}: ${limit}`)
    }
  }
  assert.match(String(compose.services.database['user']), /^[1-9]\d*:/)
})

test('secrets come as declared files alone, and what is mounted exists', () => {
  for (const [name, { environment = {}, secrets = [], volumes }] of services) {
    for (const [variable, value] of Object.entries(environment)) {
      if (!SECRET.test(variable)) continue
      assert.match(variable, /_FILE$/, `${name}: ${variable}`)
      assert.ok(secrets.includes(value.replace('/run/secrets/', '')), `${name}: ${value}`)
    }
    for (const secret of secrets) assert.ok(compose.secrets[secret], `${name}: ${secret}`)
    for (const volume of volumes) {
      const [source = ''] = volume.split(':')
      const isThere = source.startsWith('.')
        ? existsSync(join(ROOT, source))
        : source in compose.volumes
      assert.ok(isThere, `${name}: ${volume}`)
    }
  }
})

test('the database is reachable from the centre alone, and the centre from this machine', () => {
  const { centre, database } = compose.services
  assert.equal(database.ports, undefined)
  for (const network of database.networks) {
    assert.equal(compose.networks[network]?.internal, true, network)
  }
  for (const port of centre.ports ?? []) assert.match(port, /^127\.0\.0\.1:/)
})

test('whoever stops the centre waits for what it has begun', () => {
  const grace = Number.parseInt(compose.services.centre.stop_grace_period, 10)
  assert.ok(grace > longestStopSeconds(), `${grace} > ${longestStopSeconds()}`)
  const unit = text('packaging/byfly-pay.service')
  assert.ok(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1]) > longestStopSeconds())
  // Else systemd would tell the database to go before the centre has let go of it.
  assert.match(unit, /^KillMode=mixed$/m)
})

test('systemd reads the unit without a complaint, and finds it little exposed', (t) => {
  if (spawnSync('systemd-analyze', ['--version']).status !== 0) return t.skip('нет systemd-analyze')
  examineUnit(join(ROOT, 'packaging/byfly-pay.service'), process.execPath)
})
