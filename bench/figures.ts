// `node bench/figures.ts`: what figures cost those who pay, and how soon those who ask have an answer.
// Both sides of a comparison in turn in one run; prints tables and writes bench/figures.md.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DAY_MS, decide, EVERYTHING, localTime } from '@byfly-pay/core'
import pg from 'pg'
import { createSource } from '../packages/server/src/accounts/sources.ts'
import { readConfig } from '../packages/server/src/config.ts'
import { createLog, openCentre, openDatabase } from '../packages/server/src/main.ts'
import { foldFigures } from '../packages/server/src/payments/fold-figures.ts'
import { readFigures } from '../packages/server/src/payments/read-figures.ts'
import type { Centre } from '../packages/server/src/ports/centre.ts'
import type { FigureGroup } from '../packages/server/src/ports/figure-store.ts'
import { CREATE } from '../packages/server/src/storage/payment-create.ts'
import { findPgbench, pgbenchPerSecond } from './pgbench.ts'
import { atLeast, measure, table } from './report.ts'
import { PAYMENT, storyOf } from './story.ts'

const ACTING = { actor: { kind: 'system', name: 'bench' }, scope: EVERYTHING } as const
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5)
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 5)
const PAYMENTS = Number(process.env['BENCH_PAYMENTS'] ?? 1_000_000)
const READS = 200
const STORIES = 150
const ZONE = 'Asia/Almaty'

const TRIGGERS = [
  'payments figures_payments_created',
  'payments figures_payment_moved',
  'attempts figures_attempt_added',
  'attempts figures_attempt_changed',
  'postings figures_posted',
].map((words) => words.split(' '))

/**
 * A month of paid payments of 20 sources on 50 terminals. Their money goes straight to where the trigger
 * of postings would have put it: a posting is not read again, and five millions of them take minutes.
 */
async function fill(client: pg.Client, fromMs: number): Promise<void> {
  await client.query("SELECT ensure_partitions((now() - interval '2 months')::date, 4)")
  const batch = 50_000
  for (let done = 0; done < PAYMENTS; done += batch) {
    await client.query(
      `WITH made AS (
         INSERT INTO payments (id, source_id, country_iso, currency, original_tiyn, tolerance_tiyn,
           status, chosen_method, chosen_mode, chosen_rate_bp, chosen_step_tiyn, used_method,
           terminal_id, paid_tiyn, credited_tiyn, paid_at, created_at, expires_at, updated_at)
         SELECT uuid7_at(at), 1 + (random() * 19)::integer, 'KZ', 'KZT', 1000000, 100, 'paid', method,
           'markup', 100, 100, method, 1 + (random() * 49)::integer, 1010000, 1000000,
           at + interval '40 seconds', at, at + interval '1 hour', at
         FROM (
           SELECT to_timestamp(($1::bigint + random() * $2)::bigint / 1000.0) AS at,
             (ARRAY['kaspi_gold', 'kaspi_red', 'kaspi_credit'])[1 + (random() * 2)::integer] AS method
           FROM generate_series(1, $3)
         ) AS moments
         RETURNING *
       )
       INSERT INTO figure_deltas (created_at, money_at, source_id, country_iso, currency, method,
         product, terminal_id, attempts_started, attempts_succeeded, gross_tiyn, credited_tiyn,
         commission_tiyn, fee_tiyn)
       SELECT created_at, paid_at, source_id, country_iso, currency, chosen_method, used_method,
         terminal_id, 1, 1, 1010000, 1000000, 10000, 10100
       FROM made`,
      [fromMs, 30 * DAY_MS, batch],
    )
  }
  await client.query('VACUUM ANALYZE payments')
}

async function switchFigures(client: pg.Client, word: 'ENABLE' | 'DISABLE'): Promise<void> {
  for (const [name, trigger] of TRIGGERS) {
    await client.query(`ALTER TABLE ${name} ${word} TRIGGER ${trigger}`)
  }
}

/** One round: without figures, then with them. */
async function inTurn(client: pg.Client, perSecond: () => Promise<number>) {
  await switchFigures(client, 'DISABLE')
  const limit = await perSecond()
  await switchFigures(client, 'ENABLE')
  return { ours: await perSecond(), limit }
}

function initPerSecond(pgbench: string, databaseUrl: string): Promise<number> {
  const values = [1, 'KZ', 'KZT', 1_000_000, 100, 'Tour', null, null, null, null, null, '{}', 3_600]
  const statement = CREATE.text
  return pgbenchPerSecond({
    pgbench,
    databaseUrl,
    statement,
    values,
    clients: 16,
    seconds: SECONDS,
  })
}

/** Payments a second from init to paid, one after the other: six transactions each. */
async function storiesPerSecond({ storage }: Centre, sourceId: number, terminalId: number) {
  const { payments } = storage
  const began = performance.now()
  for (let n = 0; n < STORIES; n += 1) {
    const created = await payments.create({ ...PAYMENT, sourceId })
    if (created.kind !== 'created') throw new Error(created.kind)
    const { id } = created.payment
    const attemptId = (await payments.peek(id))?.freshId ?? ''
    for (const input of storyOf(attemptId, terminalId)) {
      await storage.transaction(async (tx) => {
        const locked = await payments.lock(tx, id)
        if (locked === null) throw new Error('нет платежа')
        const decision = decide(locked.payment, input, locked.now)
        if (decision.kind !== 'applied') throw new Error(`${input.kind}: ${decision.kind}`)
        await payments.save(tx, locked, decision, [], 'bench')
      })
    }
  }
  return STORIES / ((performance.now() - began) / 1_000)
}

async function readTimes(centre: Centre, fromMs: number, group: FigureGroup): Promise<string> {
  const dayOf = (ms: number) => localTime(ms, ZONE).slice(0, 10)
  const filter = {
    dayFrom: dayOf(fromMs),
    dayTo: dayOf(fromMs + 29 * DAY_MS),
    dateField: 'created_at',
    currency: 'KZT',
    sourceId: null,
    method: null,
    product: null,
    terminalId: null,
    countryIso: null,
    system: null,
  } as const
  const times: number[] = []
  for (let n = 0; n < READS; n += 1) {
    const began = performance.now()
    await readFigures(centre, EVERYTHING, filter, [group])
    times.push(performance.now() - began)
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(0)
  return `| a month by ${group} | ${at(0.5)} | ${at(0.99)} |`
}

/** The same by day out of the rows, as long as there were no figures. */
async function bruteMs(client: pg.Client): Promise<number> {
  const began = performance.now()
  await client.query(
    `SELECT (created_at AT TIME ZONE '${ZONE}')::date, status, count(*), sum(paid_tiyn)
     FROM payments GROUP BY 1, 2`,
  )
  return performance.now() - began
}

const dataDir = mkdtempSync(join(tmpdir(), 'byfly-bench-'))
const config = readConfig({
  BYFLY_DATA_DIR: dataDir,
  BYFLY_SECRET_KEY: 'a secret key for measuring, never for anything real',
  BYFLY_LOG_LEVEL: 'error',
})
const log = createLog(config)
const database = await openDatabase(config, log)
const client = new pg.Client({ connectionString: database.ownerUrl })
const opened = await openCentre(config, database, log, () => '')
try {
  await client.connect()
  const { centre } = opened
  const source = await createSource(centre, ACTING, { name: 'bench', type: 'other' })
  if (source.kind === 'refused') throw new Error(source.reason)
  const terminalId = await centre.storage.transaction((tx) =>
    centre.storage.terminals.add(tx, {
      system: 'kaspi',
      countryIso: 'KZ',
      isActive: true,
      name: 'bench',
      ipAddress: '10.0.0.1',
      scheme: 'http',
      host: '10.0.0.1',
      port: 8080,
      tls: 'strict',
      apiVersion: 'v2',
      ownCheque: false,
      cameraId: null,
      cameraUrl: null,
      reservedSources: null,
      reservedCountry: null,
    }),
  )
  const fromMs = centre.clock.now() - 31 * DAY_MS
  await fill(client, fromMs)
  const began = performance.now()
  let folded = 0
  for (let turn = -1; turn !== 0; folded += turn) turn = await foldFigures(centre)
  const perSecond = Math.round(folded / ((performance.now() - began) / 1_000))
  await client.query('VACUUM ANALYZE figure_deltas, figure_days, figure_sums')
  const pgbench = findPgbench()
  if (pgbench === null) throw new Error('Нет pgbench: apt-get install postgresql-15')
  const figures = [
    await measure(
      {
        what: 'init with figures, 16 clients',
        unit: 'a second',
        limit: 'the same statement without them',
        aim: atLeast(0.9),
        round: () => inTurn(client, () => initPerSecond(pgbench, database.url)),
      },
      ROUNDS,
    ),
    await measure(
      {
        what: 'init to paid with figures, one client',
        unit: 'a second',
        limit: 'the same without them',
        aim: atLeast(0.9),
        round: () => inTurn(client, () => storiesPerSecond(centre, source.id, terminalId)),
      },
      ROUNDS,
    ),
  ]
  // What pgbench created is folded; what came last is not, as in the field.
  while ((await foldFigures(centre)) > 0) {}
  await storiesPerSecond(centre, source.id, terminalId)
  const [kept] = (await client.query('SELECT count(*)::integer AS rows FROM figure_days')).rows
  const text = [
    '# What figures cost, and how soon they are there',
    '',
    '`node bench/figures.ts`',
    '',
    table(figures, ROUNDS),
    `${PAYMENTS.toLocaleString('en')} payments in 30 days come to ${kept.rows.toLocaleString('en')} ` +
      `kept rows; ${perSecond.toLocaleString('en')} deltas folded a second.`,
    '',
    `| ${READS} reads | p50, ms | p99, ms |`,
    '| --- | ---: | ---: |',
    await readTimes(centre, fromMs, 'day'),
    await readTimes(centre, fromMs, 'source'),
    await readTimes(centre, fromMs, 'terminal'),
    `| by day out of the payments themselves | ${(await bruteMs(client)).toFixed(0)} | |`,
    '',
  ].join('\n')
  process.stdout.write(`${text}\n`)
  writeFileSync(join(import.meta.dirname, 'figures.md'), text)
} finally {
  await client.end()
  await opened.close()
  await database.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
