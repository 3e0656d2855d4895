// Folding and mending figures: two instances at once, an end in the middle, a zone's midnight, figures that
// somebody has damaged, and rows that are older than figures.

import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { EVERYTHING, localTime } from '@byfly-pay/core'
import pg from 'pg'
import { checkFigures, rebuildFigures } from '../../packages/server/src/payments/check-figures.ts'
import { adoptFigureZone, foldFigures } from '../../packages/server/src/payments/fold-figures.ts'
import type { Actor } from '../../packages/server/src/ports/actor.ts'
import type { FigureFilter } from '../../packages/server/src/ports/figure-store.ts'
import { readMigrations } from '../../packages/server/src/storage/migrate.ts'
import { openStorage } from '../../packages/server/src/storage/open.ts'
import { emptyDatabase } from '../support/database.ts'
import { quietLog } from '../support/test-server.ts'
import { factsOf, linesOf, sumsOf } from './figure-truth.ts'
import { chanceOf, type FigureWorld, openFigureWorld, SYSTEM_OF, ZONE } from './figure-world.ts'
import { plainVault } from './storage-world.ts'

const SEED = Number(process.env['FIGURES_SEED'] ?? Date.now() % 1_000_000)
const ACTOR: Actor = { kind: 'cli', name: 'root' }
const ALL: FigureFilter = {
  dayFrom: '2000-01-01',
  dayTo: '2199-01-01',
  dateField: 'created_at',
  currency: 'KZT',
  sourceId: null,
  method: null,
  product: null,
  terminalId: null,
  countryIso: null,
  system: null,
}

let world: FigureWorld

beforeEach(async () => {
  world = await openFigureWorld()
})
afterEach(() => world.end())

async function live(steps: number, seed: number, withRefunds = true): Promise<void> {
  const chance = chanceOf(seed)
  for (let n = 0; n < steps; n += 1) await world.step(chance, withRefunds)
}

/** By days and by methods, against brute force. */
async function figuresAreRight(zone = ZONE): Promise<void> {
  const facts = await factsOf((text) => world.sql(text), zone)
  const read = await world.storage.figures.read(EVERYTHING, ALL, ['day', 'method'], 10_000)
  const sorted = (lines: typeof read) =>
    lines
      .map(({ key, sums }) => [JSON.stringify(key), sums] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1))
  const expected = linesOf(facts, SYSTEM_OF, EVERYTHING, ALL, ['day', 'method'])
  const nothing = JSON.stringify(sumsOf([]), text)
  const some = expected.filter(({ sums }) => JSON.stringify(sums, text) !== nothing)
  assert.deepEqual(sorted(read), sorted(some))
}

function text(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}

async function unfolded(): Promise<number> {
  return (await world.sql('SELECT FROM figure_deltas')).length
}

test(`two instances fold while payments go on, and every look is exact; seed ${SEED}`, async () => {
  const { database } = world
  const other = openStorage({ url: database.url, log: quietLog, vault: plainVault })
  let isOver = false
  const fold = async (storage: FigureWorld['storage'], limit: number) => {
    let folded = 0
    while (!isOver) folded += await storage.transaction((tx) => storage.figures.fold(tx, limit))
    return folded
  }
  let looks = 0
  const look = async () => {
    for (; !isOver; looks += 1) assert.deepEqual((await checkFigures(world)).differences, [])
  }
  const folding = Promise.all([fold(world.storage, 3), fold(other.storage, 5), look()])
  try {
    await live(300, SEED)
  } finally {
    isOver = true
  }
  const [mine, theirs] = await folding
  assert.ok(mine > 0 && theirs > 0 && looks > 0)
  await foldFigures(world)
  await other.close()
  assert.equal(await unfolded(), 0)
  await figuresAreRight()
})

test('a fold that ends in the middle has folded nothing', async () => {
  await live(120, 1)
  const before = await unfolded()
  const broken = world.storage.transaction(async (tx) => {
    assert.ok((await world.storage.figures.fold(tx, 1_000)) > 0)
    throw new Error('kill')
  })
  await assert.rejects(broken, /kill/)
  assert.equal(await unfolded(), before)
  await figuresAreRight()

  let kills = 0
  await world.storage.transaction(async (tx) => {
    await world.storage.figures.fold(tx, 1_000)
    if (kills > 0) return
    kills += 1
    await world.sql(
      `SELECT pg_terminate_backend(pid) FROM pg_locks
       WHERE locktype = 'advisory' AND database = (
         SELECT oid FROM pg_database WHERE datname = current_database())`,
    )
  })
  assert.equal(kills, 1)
  assert.equal(await unfolded(), 0)
  await figuresAreRight()
})

test('while one folds, another leaves the figures alone', async () => {
  await live(40, 2)
  const { figures } = world.storage
  await world.storage.transaction(async (mine) => {
    assert.ok((await figures.fold(mine, 1)) > 0)
    assert.equal(await world.storage.transaction((theirs) => figures.fold(theirs, 1)), 0)
  })
})

test('an instance that was stopped while it folded keeps no other from starting', async () => {
  await adoptFigureZone({ storage: world.storage, log: quietLog, zone: ZONE })
  const stopped = new pg.Client({ connectionString: world.database.superuserUrl })
  await stopped.connect()
  try {
    await stopped.query('BEGIN; SELECT pg_advisory_xact_lock(7204117004)')
    await adoptFigureZone({ storage: world.storage, log: quietLog, zone: ZONE })
  } finally {
    await stopped.end()
  }
})

test('a delta is never changed, only added and folded', async () => {
  await live(20, 3)
  await assert.rejects(world.sql('UPDATE figure_deltas SET payments = 7'), /append-only/)
})

test('a payment with an external id counts once, a repeated one not at all', async () => {
  const count = async () => (await checkFigures(world)).differences.length
  await world.create()
  await world.create({ externalId: 'a' })
  await world.storage.payments.create(world.newPayment({ externalId: 'a' }))
  assert.equal(await count(), 0)
  const [line] = await world.storage.figures.read(EVERYTHING, ALL, ['source'], 10)
  assert.equal(line?.sums.byStatus.pending, 2n)
  await figuresAreRight()
})

async function insertAt(moments: readonly string[]): Promise<void> {
  await world.sql(
    `INSERT INTO payments (id, source_id, country_iso, currency, original_tiyn, tolerance_tiyn,
       created_at, expires_at, updated_at)
     SELECT uuid7_at(at), $2, 'KZ', 'KZT', 1000, 100, at, at, at FROM unnest($1::timestamptz[]) AS at`,
    [moments, world.sourceId],
  )
}

test('T1: a day begins at midnight of the zone, to the millisecond, folded or not', async () => {
  await world.sql("SELECT ensure_partitions('2026-03-01', 9)")
  const counts = async (dayFrom: string, dayTo = dayFrom) => {
    const lines = await world.storage.figures.read(
      EVERYTHING,
      { ...ALL, dayFrom, dayTo },
      ['day'],
      10,
    )
    return lines.map(({ key, sums }) => [key.day, sums.byStatus.pending])
  }
  await insertAt([
    '2026-04-10T18:59:59.999Z',
    '2026-04-10T19:00:00.000Z',
    '2026-04-10T19:00:00.001Z',
  ])
  for (let n = 0; n < 2; n += 1) {
    assert.deepEqual(await counts('2026-04-10'), [['2026-04-10', 1n]])
    assert.deepEqual(await counts('2026-04-11'), [['2026-04-11', 2n]])
    assert.deepEqual(await counts('2026-04-12'), [])
    await foldFigures(world)
  }
  assert.deepEqual((await checkFigures(world)).differences, [])
})

test('T1: days of 23, 24 and 25 hours, and a clock that changes at midnight', async () => {
  for (const zone of ['America/New_York', 'Africa/Cairo', 'Asia/Kathmandu', 'Pacific/Chatham']) {
    await world.end()
    world = await openFigureWorld()
    await world.sql("SELECT ensure_partitions('2026-03-01', 9)")
    await adoptFigureZone({ storage: world.storage, log: quietLog, zone })
    const hours = (day: string) =>
      Array.from({ length: 72 }, (_, n) => new Date(Date.parse(day) + n * 3_600_000).toISOString())
    const moments = ['2026-03-07', '2026-04-04', '2026-04-23', '2026-10-29', '2026-10-31'].flatMap(
      hours,
    )
    await insertAt(moments)
    await foldFigures(world)
    await insertAt(moments)
    const lines = await world.storage.figures.read(EVERYTHING, ALL, ['day'], 100)
    const expected = new Map<string, bigint>()
    for (const moment of moments) {
      const day = localTime(Date.parse(moment), zone).slice(0, 10)
      expected.set(day, (expected.get(day) ?? 0n) + 2n)
    }
    assert.deepEqual(
      lines.map(({ key, sums }) => [key.day, sums.byStatus.pending]),
      [...expected].sort(([a], [b]) => (a < b ? -1 : 1)),
      zone,
    )
    assert.deepEqual((await checkFigures(world)).differences, [], zone)
  }
})

test('T1: another configured zone is told of, and only a rebuild moves the days', async () => {
  await live(150, 4)
  await foldFigures(world)
  const warnings: unknown[] = []
  const log = { ...quietLog, warn: (facts: unknown) => warnings.push(facts) }
  const zone = 'America/Los_Angeles'
  await adoptFigureZone({ storage: world.storage, log, zone })
  assert.deepEqual(warnings, [{ kept: ZONE, configured: zone }])
  assert.equal(await world.storage.figures.zone(), ZONE)
  await figuresAreRight(ZONE)

  const report = await rebuildFigures({ storage: world.storage, zone }, ACTOR)
  assert.ok(report.differences.length > 0)
  assert.equal(await world.storage.figures.zone(), zone)
  await figuresAreRight(zone)
  await foldFigures(world)
  await figuresAreRight(zone)
  assert.deepEqual(await checkFigures(world), { ...report, differences: [], days: report.days })
  const [line] = await world.sql('SELECT action, facts FROM audit_log')
  assert.equal(line?.['action'], 'figures.rebuilt')
  assert.deepEqual([line?.['facts'].zone_before, line?.['facts'].zone], [ZONE, zone])
})

test('damaged figures are found by a check, which changes nothing, and put right by a rebuild', async () => {
  await live(200, 5)
  await world.storage.transaction((tx) => world.storage.figures.fold(tx, 100))
  await world.sql('DELETE FROM figure_days WHERE status = $1', ['paid'])
  await world.sql('UPDATE figure_days SET gross_tiyn = gross_tiyn + 1 WHERE status IS NULL')
  await world.sql(
    `INSERT INTO figure_deltas (created_at, source_id, country_iso, currency, status, payments)
     VALUES (now() - interval '5 days', 77, 'KZ', 'KZT', 'paid', 1)`,
  )
  const found = await checkFigures(world)
  assert.ok(found.differences.length > 2)
  assert.ok(found.differences.some(({ sourceId, payments }) => sourceId === 77 && payments === -1n))
  assert.deepEqual(await checkFigures(world), found)
  const centre = { storage: world.storage, zone: ZONE }
  const mended = await rebuildFigures(centre, ACTOR)
  assert.deepEqual(mended.differences, found.differences)
  assert.deepEqual((await checkFigures(world)).differences, [])
  await foldFigures(world)
  await figuresAreRight()
  const lines = async () => (await world.sql('SELECT FROM audit_log')).length
  assert.equal(await lines(), 1)
  assert.deepEqual((await rebuildFigures(centre, ACTOR)).differences, [])
  assert.equal(await lines(), 1, 'где ничего не изменилось, там нечего и записывать')
})

test('sums without terminals are the same, kept with every fold or added up at once', async () => {
  await live(200, 9)
  for (let n = 0; n < 4; n += 1) {
    await world.storage.transaction((tx) => world.storage.figures.fold(tx, 60))
  }
  const kept = await keptSums()
  assert.ok(kept.length > 10)
  await world.sql('TRUNCATE figure_sums')
  const [statement] = await world.sql<{ text: string }>(
    `SELECT summing_figure_days('SELECT 1 AS sign, * FROM figure_days') AS text`,
  )
  await world.sql(statement?.text ?? '')
  assert.deepEqual(await keptSums(), kept)
})

/** Payments that moved elsewhere leave a line of noughts, which says nothing. */
async function keptSums(): Promise<readonly string[]> {
  const rows = await world.sql<{ line: string }>(
    `SELECT s::text AS line FROM figure_sums s
     WHERE (payments, original_tiyn, pay_ms, attempts_started, attempts_succeeded, gross_tiyn,
       credited_tiyn, commission_tiyn, rounding_tiyn, overpaid_tiyn, forgiven_tiyn, fee_tiyn,
       refunded_tiyn) <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
     ORDER BY 1`,
  )
  return rows.map(({ line }) => line)
}

test('a rebuild beside payments and folding mends once and loses nothing', async () => {
  await live(60, 6)
  await foldFigures(world)
  await world.sql('DELETE FROM figure_days')
  const centre = { storage: world.storage, zone: ZONE }
  let isOver = false
  const folding = (async () => {
    while (!isOver) await foldFigures(world)
  })()
  const rebuilding = Promise.all([rebuildFigures(centre, ACTOR), rebuildFigures(centre, ACTOR)])
  await live(60, 7)
  await rebuilding
  isOver = true
  await folding
  await figuresAreRight()
})

test('payments that are older than figures are counted by the migration', async (t) => {
  // The schema of before knows no refunds.
  await live(200, 8, false)
  const database = await emptyDatabase()
  const client = new pg.Client({ connectionString: database.superuserUrl })
  await client.connect()
  t.after(() => client.end())
  const migrations = await readMigrations()
  for (const { sql, version } of migrations) if (version < 8) await client.query(sql)
  await client.query("INSERT INTO payment_systems VALUES ('halyk', 'Halyk', 'KZT', 100)")
  for (const table of ['terminals', 'payments', 'attempts', 'captures', 'postings']) {
    const { rows: columns } = await client.query<{ name: string }>(
      `SELECT attname AS name FROM pg_attribute
       WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`,
      [table],
    )
    const names = columns.map(({ name }) => name).join(', ')
    const [row] = await world.sql<{ rows: unknown }>(
      `SELECT coalesce(jsonb_agg(t), '[]') AS rows FROM (SELECT ${names} FROM ${table}) AS t`,
    )
    await client.query("SELECT ensure_partitions((now() - interval '2 months')::date, 4)")
    await client.query(
      `INSERT INTO ${table} (${names}) OVERRIDING SYSTEM VALUE
       SELECT ${names} FROM jsonb_populate_recordset(NULL::${table}, $1)`,
      [JSON.stringify(row?.rows)],
    )
  }
  for (const { sql, version } of migrations) if (version >= 8) await client.query(sql)
  const { database: before } = world
  const opened = openStorage({ url: database.superuserUrl, log: quietLog, vault: plainVault })
  t.after(async () => {
    await opened.close()
    await database.drop()
  })
  const read = (storage: FigureWorld['storage']) =>
    storage.figures.read(EVERYTHING, ALL, ['day', 'terminal'], 10_000)
  assert.deepEqual(await read(opened.storage), await read(world.storage))
  assert.deepEqual((await checkFigures(opened)).differences, [])
  assert.ok(before.url !== database.url)
})
