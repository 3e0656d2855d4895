// docs/observability: the rules hold their own tests, each rule has one of both kinds, and no file names a metric
// that is not there.

import assert from 'node:assert/strict'
import { type SpawnSyncReturns as Returns, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { startTestCentre } from '../support/centre.ts'
import { promtoolOf } from './promtool.ts'

const FOLDER = join(import.meta.dirname, '../../docs/observability')
const read = (name: string) => readFileSync(join(FOLDER, name), 'utf8')

/** As Prometheus names the parts of a histogram. */
const PARTS = ['', '_bucket', '_sum', '_count']

/** What a centre tells, a certificate of its own among it. */
let text: string
before(async () => {
  const centre = await startTestCentre({ terminals: 1 })
  await centre.sql(
    "INSERT INTO tls_certificates (fingerprint, names, expires_at) VALUES (sha256('own'), 'x', now())",
  )
  text = (await centre.call('GET', '/metrics')).text
  await centre.stop()
})

test('each metric that the dashboard, the rules and the guide name is there', () => {
  const told = [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].flatMap(([, name, kind]) =>
    kind === 'histogram' ? PARTS.map((part) => `${name}${part}`) : [name ?? ''],
  )
  const guide = readFileSync(join(FOLDER, '../guide/monitoring.md'), 'utf8')
  for (const page of [read('byfly-pay.json'), read('alerts.yml'), read('alerts.test.yml'), guide]) {
    const named = new Set(page.match(/\b(?:byfly|nodejs|process)_[a-z0-9_]+[a-z0-9]\b/g))
    assert.ok(named.size > 5)
    assert.deepEqual(
      [...named].filter((name) => !told.includes(name)),
      [],
    )
  }
  const ours = told.filter(
    (name) => name.startsWith('byfly_') && PARTS.slice(1).every((part) => !name.endsWith(part)),
  )
  assert.deepEqual(
    ours.filter((name) => !guide.includes(name)),
    [],
    'the guide tells all',
  )
})

test('each rule is tested where it fires and where it is quiet', () => {
  const rules = [...read('alerts.yml').matchAll(/- alert: (\w+)/g)].map(([, name]) => name)
  const tests = read('alerts.test.yml')
  assert.ok(rules.length > 10)
  for (const rule of rules) {
    for (const kind of ['fires', 'is quiet'])
      assert.ok(tests.includes(`- name: ${rule} ${kind}\n`), `${rule} ${kind}`)
  }
})

test('promtool finds the rules sound and their tests passed', (t) => {
  const promtool = promtoolOf(t)
  if (promtool === null) return
  const runs: readonly string[][] = [
    ['check', 'rules', 'alerts.yml'],
    ['test', 'rules', 'alerts.test.yml'],
  ]
  for (const args of runs) {
    const ran: Returns<string> = spawnSync(promtool, args, { cwd: FOLDER, encoding: 'utf8' })
    assert.equal(ran.status, 0, `${ran.stdout}${ran.stderr}`)
  }
})

test('promtool finds nothing to say of the names, units and kinds of our own metrics', (t) => {
  const promtool = promtoolOf(t)
  if (promtool === null) return
  const input = text.split(/(?=^# HELP )/m).filter((metric) => metric.startsWith('# HELP byfly_'))
  assert.ok(input.length > 20)
  const ran: Returns<string> = spawnSync(promtool, ['check', 'metrics'], {
    input: input.join(''),
    encoding: 'utf8',
  })
  assert.equal(ran.status, 0, `${ran.stdout}${ran.stderr}`)
})
