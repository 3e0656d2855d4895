// The drill of a move: an earlier centre's database comes over by the example mapping, the command is killed on
// the way and run again, and both sides agree to the tiyn; its sources go on with their tokens and their ids.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { byfly } from '../support/byfly.ts'
import { client, startTestCentre, type TestCentre } from '../support/centre.ts'
import { emptyDatabase, type FreshDatabase } from '../support/database.ts'
import { openEvents } from '../support/event-reader.ts'
import { readRows } from '../support/read-rows.ts'
import { newScratchFolder } from '../support/scratch-folder.ts'
import { until } from '../support/until.ts'
import {
  FORMER_SECRET,
  FORMER_ZONE,
  formerCentreSql,
  ODD_ROWS,
  OPEN_ID,
  TOKENS,
} from './former-centre.ts'

const ROOT = join(import.meta.dirname, '../..')
const PAYMENTS = 2_400

let centre: TestCentre
let former: FreshDatabase
let mappingFile: string
const folder = newScratchFolder('byfly-import')
const heard: { readonly body: string; readonly signature: string }[] = []
const receiver = createServer(async (request, response) => {
  let body = ''
  for await (const chunk of request.setEncoding('utf8')) body += chunk
  heard.push({ body, signature: String(request.headers['x-webhook-signature']) })
  response.end()
})

before(async () => {
  receiver.listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  const { port } = receiver.address() as AddressInfo
  centre = await startTestCentre({ terminals: [{ camera: 'json' }] })
  former = await emptyDatabase()
  const webhookUrl = `http://127.0.0.1:${port}/hook`
  await there(formerCentreSql({ webhookUrl, payments: PAYMENTS }))
  const example = await readFile(join(ROOT, 'docs/examples/import/mapping.json'), 'utf8')
  mappingFile = join(folder, 'mapping.json')
  const mapping = { ...JSON.parse(example), from: former.superuserUrl, zone: FORMER_ZONE }
  await writeFile(mappingFile, JSON.stringify(mapping))
})
after(async () => {
  receiver.close()
  await centre.stop()
  await former.drop()
})

const there = (text: string) => readRows(former.superuserUrl, text)

const reasons = join(folder, 'reasons.csv')
const run = (...words: string[]) =>
  byfly(centre.database, ['import', mappingFile, '--reasons', reasons, ...words])

const countHere = async () =>
  (await centre.sql('SELECT count(*)::integer AS n FROM former_ids'))[0].n as number

test('a dry run reads everything, names what it would refuse, and writes nothing', async () => {
  const ran = await run('--dry-run')
  assert.equal(ran.code, 1, ran.out)
  assert.match(ran.out, /проба, ничего не записано/)
  assert.match(ran.out, /paid_without_method/)
  const [tables] = await centre.sql(
    `SELECT (SELECT count(*) FROM former_ids) + (SELECT count(*) FROM former_keys)
       + (SELECT count(*) FROM payments) AS rows`,
  )
  assert.equal(Number(tables.rows), 0)
})

test('killed on the way and run again, everything is here once, and the difference is named', async () => {
  await killedOnTheWay()
  const cut = await countHere()
  assert.ok(cut > 0 && cut < PAYMENTS * 0.8, `${cut} платежей до обрыва`)
  const ran = await run('--json')
  const report = JSON.parse(ran.out)
  assert.equal(report.already_here, cut)
  assert.equal(ran.code, 1, 'отказанные строки — это разница')

  const fates = new Map(
    (await readFile(reasons, 'utf8'))
      .split('\n')
      .filter((line) => line.startsWith('payments,'))
      .map((line) => line.split(','))
      .map(([, key = '', what, code = '']) => [key, what === 'refused' ? code : null]),
  )
  for (const [key, code] of Object.entries(ODD_ROWS))
    assert.equal(fates.get(key) ?? null, code, key)
  assert.deepEqual(
    [...fates].filter(([key, code]) => code !== null && ODD_ROWS[key] === undefined),
    [],
  )
  assert.equal(report.left_out.customer_phone, 1)
  await sumsAgree()
})

test('a third run changes nothing, and once the odd rows are mended both sides are equal', async () => {
  const { length } = Object.values(ODD_ROWS).filter((code) => code !== null)
  const wholeBefore = await countHere()
  const refused = Object.entries(ODD_ROWS).flatMap(([key, code]) => (code === null ? [] : [key]))
  await there(
    `DELETE FROM transactions WHERE transaction_id IN (${refused.map((key) => `'${key}'`)})`,
  )
  assert.equal(refused.length, length)
  const ran = await run()
  assert.equal(ran.code, 0, ran.out)
  assert.match(ran.out, /Обе стороны равны/)
  assert.equal(await countHere(), wholeBefore)
  // A row that says something else than when it came over is told, and nothing here changes.
  await there(
    `UPDATE transactions SET paid_amount = paid_amount + 1 WHERE transaction_id = 'ODD-CENTS'`,
  )
  const changed = await run()
  assert.equal(changed.code, 1)
  assert.match(changed.out, /changed_since_import|sums_disagree/)
  await sumsAgree(`transaction_id <> 'ODD-CENTS'`)
})

test('the books balance, the figures are of their months, nobody was told or alarmed', async () => {
  const unbalanced = await centre.sql(
    'SELECT set_id FROM postings GROUP BY set_id HAVING sum(tiyn) <> 0',
  )
  assert.deepEqual(unbalanced, [])
  const checked = await byfly(centre.database, ['figures', 'check'])
  assert.equal(checked.code, 0, checked.out)
  const months = await centre.sql(
    `SELECT count(*)::integer AS wrong FROM payments
     WHERE id < uuid7_floor(created_at) OR id >= uuid7_floor(created_at + interval '1 ms')`,
  )
  assert.equal(months[0].wrong, 0)
  for (const table of ['deliveries', 'alerts', 'tasks', 'texts']) {
    const [{ n }] = await centre.sql(`SELECT count(*)::integer AS n FROM ${table}`)
    assert.equal(n, 0, table)
  }
  const verified = await byfly(centre.database, ['audit', 'verify'])
  assert.equal(verified.code, 0, verified.out)
})

test('N1: its sources go on with their tokens, their unit and the ids that they know', async () => {
  const source = client(centre.url, TOKENS[0])
  const [paid] = await there(
    `SELECT transaction_id AS id, amount::float, paid_amount::float AS paid FROM transactions
     WHERE source_id = 1 AND status = 'paid' AND transaction_id NOT LIKE 'ODD%' LIMIT 1`,
  )
  for (const spelled of [paid.id, paid.id.toLowerCase()]) {
    const { body, status } = await source.call('GET', `/api/payment/${spelled}`)
    assert.equal(status, 200)
    const { data } = body
    assert.deepEqual(
      [data.transaction_id, data.status, data.original_amount, data.paid_amount],
      [paid.id, 'paid', paid.amount, paid.paid],
    )
    assert.equal((await source.call('GET', `/api/payment/${spelled}/status`)).status, 200)
  }
  const stream = await openEvents(`${centre.url}/api/payment/${paid.id}/events`, {
    'x-api-token': TOKENS[0],
  })
  const { data: told } = await stream.find(({ name }) => name === 'status')
  assert.deepEqual([told.transaction_id, told.status], [paid.id, 'paid'])
  stream.close()
  const stranger = client(centre.url, TOKENS[1])
  assert.equal((await stranger.call('GET', `/api/payment/${paid.id}`)).status, 404)
  assert.equal((await source.call('GET', '/api/payment/ODD-STATUS')).status, 404)
  const fresh = await source.init(1_500.5)
  assert.equal((await source.status(fresh)).original_amount, 1_500.5)
})

test('W1: a payment that had time left is paid here, and told under its own id by its old secret', async () => {
  const source = client(centre.url, TOKENS[0])
  const started = await source.kaspi(OPEN_ID)
  assert.equal(started.status, 200, started.text)
  assert.equal(started.body.data.transaction_id, OPEN_ID)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  await until(async () => heard.length > 0)
  const [told] = heard
  assert.ok(told)
  const { status, transaction_id: id, paid_amount: paid } = JSON.parse(told.body)
  assert.deepEqual([id, status, paid], [OPEN_ID, 'paid', 1_010])
  const expected = createHmac('sha256', FORMER_SECRET).update(told.body).digest('hex')
  assert.equal(told.signature, expected)
  assert.equal((await source.status(OPEN_ID)).status, 'paid')
})

test('the history of before is told before the line that says where it came from', async () => {
  const [{ id }] = await centre.sql(
    `SELECT payment_id AS id FROM former_ids WHERE status = 'paid' AND source_id = (
       SELECT id FROM former_keys WHERE kind = 'source' AND former_key = '1') LIMIT 1`,
  )
  const lines = await centre.running.centre.storage.payments.history(id)
  assert.deepEqual(
    lines.map(({ statusAfter, what }) => `${what} ${statusAfter}`),
    ['former_status pending', 'former_status paid', 'brought_over paid'],
  )
})

/** The real command in a process of its own, killed once some batches are in. */
async function killedOnTheWay(): Promise<void> {
  const child = spawn(
    process.execPath,
    [join(ROOT, 'packages/server/src/cli/byfly.ts'), 'import', mappingFile, '--reasons', reasons],
    {
      env: {
        PATH: process.env['PATH'],
        DATABASE_URL: centre.database.url,
        DATABASE_OWNER_URL: centre.database.ownerUrl,
        BYFLY_MODE: 'demo',
        BYFLY_SECRET_KEY: 'a secret key for tests, never for anything real',
      },
      stdio: 'ignore',
    },
  )
  const exited = once(child, 'exit')
  await until(async () => (await countHere()) > 0)
  child.kill('SIGKILL')
  await exited
}

/** Both databases are asked by themselves; nothing of the command's own report is believed. */
async function sumsAgree(also = 'true'): Promise<void> {
  const refused = Object.entries(ODD_ROWS).flatMap(([key, code]) => (code === null ? [] : [key]))
  const expected = await there(
    `SELECT source_id AS source, CASE WHEN status IN ('new', 'error') AND transaction_id <> '${OPEN_ID}'
         THEN 'cancelled' ELSE (ARRAY['pending', 'paid', 'partially_paid', 'cancelled', 'failed'])[
           array_position(ARRAY['new', 'paid', 'partial', 'cancelled', 'error'], status)] END AS status,
       count(*)::integer AS payments, (sum(amount) * 100)::bigint::text AS original,
       (coalesce(sum(paid_amount), 0) * 100)::bigint::text AS paid
     FROM transactions WHERE status <> 'in_process' AND ${also}
       AND transaction_id NOT IN (${refused.map((key) => `'${key}'`)})
     GROUP BY 1, 2 ORDER BY 1, 2`,
  )
  const found = await centre.sql(
    `SELECT k.former_key::integer AS source, p.status, count(*)::integer AS payments,
       sum(p.original_tiyn)::text AS original, sum(coalesce((
         SELECT sum(-tiyn) FROM postings s
         WHERE s.payment_id = p.id AND s.account = 'customer'), 0))::text AS paid
     FROM payments p JOIN former_ids f ON f.payment_id = p.id
     JOIN former_keys k ON k.kind = 'source' AND k.id = f.source_id
     WHERE ${also.replace('transaction_id', 'f.former_id')} GROUP BY 1, 2 ORDER BY 1, 2`,
  )
  assert.deepEqual(found, expected)
}
