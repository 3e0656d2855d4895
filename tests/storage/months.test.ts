// Closed months leave the database and come back: refusals, kills between any two steps, every row as before.

import assert from 'node:assert/strict'
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, type TestContext, test } from 'node:test'
import { monthFolder } from '../../packages/server/src/archives/month-folder.ts'
import { archiveMonth } from '../../packages/server/src/months/archive-month.ts'
import { listMonths } from '../../packages/server/src/months/list-months.ts'
import type { MonthPartsInFolder } from '../../packages/server/src/months/month-parts.ts'
import { reopenMonth, restoreMonth } from '../../packages/server/src/months/restore-month.ts'
import { checkFigures, rebuildFigures } from '../../packages/server/src/payments/check-figures.ts'
import { type OpenedMonths, openMonths } from '../../packages/server/src/storage/months.ts'
import { until } from '../support/until.ts'
import { type ClosedMonth, closeMonth, MONTH, NEXT_MONTH } from './closed-month.ts'
import { openWorld, type StorageWorld } from './storage-world.ts'

const ACTOR = { kind: 'cli', name: 'test' } as const
const ORDER = { month: MONTH, keep: false }

let world: StorageWorld
let opened: OpenedMonths
let terminalId: number
let closed: ClosedMonth
let whole: string

before(async () => {
  world = await openWorld()
  opened = openMonths(world.database.ownerUrl)
  terminalId = await world.addTerminal()
  closed = await closeMonth(world, terminalId)
  await closeMonth(world, terminalId, NEXT_MONTH)
  await fold()
  whole = await fingerprint()
})
after(async () => {
  await opened.close()
  await world.end()
})

async function fold(): Promise<void> {
  while ((await world.storage.transaction((tx) => world.storage.figures.fold(tx, 1_000))) > 0);
}

async function folder(t: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'month-'))
  t.after(() => rm(path, { recursive: true }))
  return path
}

function partsIn(path: string): MonthPartsInFolder {
  const { figures } = world.storage
  return { months: opened.months, figures, folder: monthFolder(path), leastAgeMonths: 13 }
}

async function parents(): Promise<string[]> {
  const rows = await world.sql<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relkind = 'p' ORDER BY relname",
  )
  return rows.map(({ name }) => name)
}

/** Every row of every partitioned table, and of what stays. */
async function fingerprint(): Promise<string> {
  const rests = ['captures', 'figure_days', 'figure_sums']
  const lines: string[] = []
  for (const table of [...(await parents()), ...rests]) {
    const rows = await world.sql<{ md5: string }>(`SELECT md5(r::text) FROM ${table} r ORDER BY 1`)
    lines.push(`${table} ${rows.map(({ md5 }) => md5).join(' ')}`)
  }
  return lines.join('\n')
}

/** Indexes, constraints, triggers and rights of a month's partitions. */
async function shape(month: string): Promise<string[]> {
  const suffix = `_${month.replace('-', '_')}`
  const rows = await world.sql<{ line: string }>(
    `WITH part AS (SELECT oid, relacl FROM pg_class WHERE relkind = 'r' AND right(relname, 8) = '${suffix}')
     SELECT replace(line, '${suffix}', '') AS line FROM (
       SELECT pg_get_indexdef(indexrelid) AS line FROM pg_index JOIN part ON indrelid = part.oid
       UNION ALL SELECT conname || ' ' || pg_get_constraintdef(c.oid) FROM pg_constraint c
         JOIN part ON conrelid = part.oid
       UNION ALL SELECT tgname FROM pg_trigger JOIN part ON tgrelid = part.oid
       UNION ALL SELECT coalesce(relacl::text, 'nobody else') FROM part
     ) AS lines ORDER BY 1`,
  )
  assert.ok(rows.length > 30)
  return rows.map(({ line }) => line)
}

async function figures(): Promise<unknown> {
  return world.sql('SELECT f::text FROM figure_days f ORDER BY 1')
}

/** The parts, of which the `at`-th writing call is made and then never answered. */
function killedAfter(parts: MonthPartsInFolder, at: number): MonthPartsInFolder {
  let calls = 0
  const killing = <T extends object>(target: T, names: readonly string[]): T =>
    new Proxy(target, {
      get(own, name, receiver) {
        const found: unknown = Reflect.get(own, name, receiver)
        if (typeof found !== 'function' || !names.includes(String(name))) return found
        return async (...values: unknown[]) => {
          calls += 1
          const mine = calls
          const result = await found.apply(own, values)
          if (mine === at) throw new Error('killed')
          return result
        }
      },
    })
  return {
    ...parts,
    months: killing(parts.months, ['transaction', 'detach', 'load']),
    folder: killing(parts.folder, ['write', 'writeManifest']),
  }
}

/** Kills `work` after its first step, its second and so on, until it lives. @returns how many steps it has */
async function killEverywhere(work: (kill: number) => Promise<unknown>): Promise<number> {
  for (let kill = 1; ; kill += 1) {
    try {
      await work(kill)
      return kill - 1
    } catch (error) {
      assert.equal((error as Error).message, 'killed')
    }
  }
}

test('a month is archived: its rows are gone, figures and what is unique for ever stay', async (t) => {
  const path = await folder(t)
  const totals = await figures()
  const outcome = await archiveMonth(partsIn(path), ACTOR, ORDER)
  assert.equal(outcome.kind, 'archived')
  const manifest = JSON.parse(await readFile(join(path, 'manifest.json'), 'utf8'))
  const postings = manifest.tables.find(({ name }: { name: string }) => name === 'postings')
  assert.equal(postings.rows, 3)
  assert.deepEqual(postings.sums, {
    commission_charged: '10000',
    customer: '-1010000',
    source_credit: '1000000',
  })
  assert.equal(await world.storage.payments.view(closed.paid), null)
  assert.equal(await world.storage.archives.monthOf(closed.paid), MONTH)
  const [capture] = await world.sql('SELECT FROM captures WHERE payment_id = $1', [closed.paid])
  assert.ok(capture)
  assert.deepEqual(await figures(), totals)
  assert.deepEqual((await checkFigures(world)).differences, [])
  const rebuilt = await rebuildFigures({ ...world, zone: 'Asia/Almaty' }, ACTOR)
  assert.deepEqual([rebuilt.differences, await figures()], [[], totals])
  await assert.rejects(rebuildFigures({ ...world, zone: 'UTC' }, ACTOR), /пока часть месяцев/)
  const [line] = await listMonths(partsIn(path))
  assert.deepEqual([line?.month, line?.state, line?.tables], [MONTH, 'archived', []])
  const again = await archiveMonth(partsIn(path), ACTOR, ORDER)
  assert.deepEqual(again, { kind: 'already', dropped: false })

  assert.equal((await restoreMonth(partsIn(path), ACTOR)).kind, 'restored')
  assert.equal(await fingerprint(), whole)
  assert.deepEqual(await shape(MONTH), await shape(NEXT_MONTH))
  assert.equal(await world.storage.archives.monthOf(closed.paid), null)
  assert.deepEqual((await checkFigures(world)).differences, [])
  const lines = await world.sql<{ action: string }>(
    "SELECT action FROM audit_log WHERE target_kind = 'month' ORDER BY seq",
  )
  assert.deepEqual(
    lines.map(({ action }) => action),
    ['month.archived', 'month.restored'],
  )
})

test('killed after any step, both ways are walked again to the same end', async (t) => {
  const path = await folder(t)
  const tables = (await parents()).length
  const out = await killEverywhere((kill) =>
    archiveMonth(killedAfter(partsIn(path), kill), ACTOR, ORDER),
  )
  // Its last step is done before it is killed, and then there is nothing left to do.
  assert.equal(out, 2 * tables + 3)
  assert.equal(await world.storage.payments.view(closed.paid), null)
  const back = await killEverywhere(async (kill) => {
    const outcome = await restoreMonth(killedAfter(partsIn(path), kill), ACTOR)
    assert.ok(outcome.kind === 'restored' || outcome.kind === 'not_archived')
  })
  assert.ok(back >= 2)
  assert.equal(await fingerprint(), whole)
})

test('archiving that was cut short is given up, whatever was detached already', async (t) => {
  const path = await folder(t)
  const tables = (await parents()).length
  const parts = killedAfter(partsIn(path), tables + 5)
  await assert.rejects(archiveMonth(parts, ACTOR, ORDER), /killed/)
  assert.notEqual(await fingerprint(), whole)
  const refused = await restoreMonth(partsIn(path), ACTOR)
  assert.deepEqual(refused, { kind: 'unfinished', month: MONTH })
  assert.equal(await reopenMonth(partsIn(path), ACTOR, MONTH), 'reopened')
  assert.equal(await reopenMonth(partsIn(path), ACTOR, MONTH), 'not_on_its_way')
  assert.equal(await fingerprint(), whole)
  // Open again: what a seal would refuse is written.
  await world.sql('UPDATE payments SET description = description WHERE id = $1', [closed.paid])
})

test('detaching that the server itself broke off is finished by the next try', async (t) => {
  const path = await folder(t)
  const reader = world.sql('SELECT pg_sleep(60), count(*) FROM payments')
  reader.catch(() => {})
  const running = archiveMonth(partsIn(path), ACTOR, ORDER)
  running.catch(() => {})
  await until(async () => {
    const cancelled = await world.sql(
      `SELECT pg_cancel_backend(pid) FROM pg_stat_activity
       WHERE query LIKE 'ALTER TABLE%"payments"%CONCURRENTLY' AND wait_event_type = 'Lock'
         AND datname = current_database()`,
    )
    return cancelled.length > 0
  })
  await assert.rejects(running)
  const place = async () =>
    (await opened.months.tables(MONTH)).find(({ name }) => name === 'payments')?.place
  assert.equal(await place(), 'detaching')
  await world.sql(
    `SELECT pg_cancel_backend(pid) FROM pg_stat_activity
     WHERE query LIKE 'SELECT pg_sleep(60)%' AND datname = current_database()`,
  )
  await assert.rejects(reader)
  assert.equal((await archiveMonth(partsIn(path), ACTOR, ORDER)).kind, 'archived')
  assert.equal((await restoreMonth(partsIn(path), ACTOR)).kind, 'restored')
  assert.equal(await fingerprint(), whole)
})

test('kept tables stay beside the books, are attached again, or go when they are told to', async (t) => {
  const path = await folder(t)
  const kept = await archiveMonth(partsIn(path), ACTOR, { month: MONTH, keep: true })
  assert.equal(kept.kind, 'archived')
  const places = new Set((await opened.months.tables(MONTH)).map(({ place }) => place))
  assert.deepEqual([...places], ['detached'])
  assert.equal((await restoreMonth(partsIn(path), ACTOR)).kind, 'restored')
  assert.deepEqual(await shape(MONTH), await shape(NEXT_MONTH))
  assert.equal(await fingerprint(), whole)
  await archiveMonth(partsIn(path), ACTOR, { month: MONTH, keep: true })
  const dropped = await archiveMonth(partsIn(path), ACTOR, ORDER)
  assert.deepEqual(dropped, { kind: 'already', dropped: true })
  assert.equal((await restoreMonth(partsIn(path), ACTOR)).kind, 'restored')
  assert.equal(await fingerprint(), whole)
})

test('an archive of an earlier schema comes back into this one', async (t) => {
  const path = await folder(t)
  await archiveMonth(partsIn(path), ACTOR, { month: MONTH, keep: true })
  await world.sql("ALTER TABLE payments ADD COLUMN later text NOT NULL DEFAULT 'новое'")
  await world.sql("INSERT INTO schema_migrations VALUES (9000, '9000-later.sql', 'x')")
  assert.equal((await restoreMonth(partsIn(path), ACTOR)).kind, 'restored')
  const [row] = await world.sql('SELECT later FROM payments WHERE id = $1', [closed.paid])
  assert.deepEqual(row, { later: 'новое' })
  await world.sql('ALTER TABLE payments DROP COLUMN later')
  assert.equal(await fingerprint(), whole)
  await archiveMonth(partsIn(path), ACTOR, ORDER)
  await world.sql('DELETE FROM schema_migrations WHERE version = 9000')
  await assert.rejects(restoreMonth(partsIn(path), ACTOR), /более новой версией/)
  await world.sql("INSERT INTO schema_migrations VALUES (9000, '9000-later.sql', 'x')")
  assert.equal((await restoreMonth(partsIn(path), ACTOR)).kind, 'restored')
  assert.equal(await fingerprint(), whole)
})

test('a file that is not what was archived is refused, and nothing is attached', async (t) => {
  const path = await folder(t)
  await archiveMonth(partsIn(path), ACTOR, ORDER)
  const file = join(path, 'payment_history.copy')
  const text = await readFile(file)
  await appendFile(file, 'x\n')
  await assert.rejects(restoreMonth(partsIn(path), ACTOR), /payment_history/)
  assert.equal(await world.storage.payments.view(closed.paid), null)
  await rm(file)
  await appendFile(file, text)
  const manifest = join(path, 'manifest.json')
  const kept = await readFile(manifest)
  await appendFile(manifest, ' ')
  await assert.rejects(restoreMonth(partsIn(path), ACTOR), /не тот архив/)
  await rm(manifest)
  assert.deepEqual(await restoreMonth(partsIn(path), ACTOR), { kind: 'no_archive' })
  await appendFile(manifest, kept)
  assert.equal((await restoreMonth(partsIn(path), ACTOR)).kind, 'restored')
  assert.equal(await fingerprint(), whole)
})

test('what is sealed changes no more, and says which payment it is', async (t) => {
  const path = await folder(t)
  const parts = killedAfter(partsIn(path), 1)
  await assert.rejects(archiveMonth(parts, ACTOR, ORDER), /killed/)
  for (const change of [
    `UPDATE payments SET description = 'x' WHERE id = '${closed.paid}'`,
    `DELETE FROM attempts WHERE payment_id = '${closed.paid}'`,
  ]) {
    await assert.rejects(world.sql(change), /sealed/, change)
  }
  assert.notEqual(await world.storage.payments.view(closed.paid), null)
  assert.equal((await archiveMonth(partsIn(path), ACTOR, ORDER)).kind, 'archived')
  assert.equal((await restoreMonth(partsIn(path), ACTOR)).kind, 'restored')
})

/** Something open, how it is opened and closed, and what it is called. */
const OPEN = [
  [
    'open_tasks',
    "INSERT INTO tasks (kind, payment_id, opened_at) VALUES ('idle', $1, now())",
    'UPDATE tasks SET closed_at = now() WHERE payment_id = $1',
  ],
  [
    'open_attempts',
    `INSERT INTO open_attempts (attempt_id, payment_id, terminal_id, holds_terminal, holds_payment, state,
       device, source_id, lease_owner, lease_until)
     VALUES (uuid7_at(now()), $1, 1, false, false, 'held', 'd', 1, 'x', now())`,
    'DELETE FROM open_attempts WHERE payment_id = $1',
  ],
  [
    'open_deliveries',
    "UPDATE deliveries SET state = 'waiting', next_at = now() WHERE payment_id = $1",
    "UPDATE deliveries SET state = 'delivered', next_at = NULL WHERE payment_id = $1",
  ],
  [
    'open_refunds',
    `INSERT INTO refunds (id, payment_id, attempt_id, amount_tiyn, credit_tiyn, overpaid_tiyn, bearer, why,
       requested_by, requested_by_name, state, stop_requested, holds_terminal, tries, created_at, updated_at)
     SELECT uuid7_at(now()), $1, attempt_id, 1000, 1000, 0, 'source', 'other', 'x', 'x', 'approved', false,
       false, 0, now(), now() FROM captures WHERE payment_id = $1`,
    "UPDATE refunds SET state = 'cancelled' WHERE payment_id = $1",
  ],
  [
    'open_reconciliation',
    `INSERT INTO reconciliation (kind, payment_id, attempt_id, terminal_id, opened_at)
     VALUES ('lost_start', $1, $1, 1, now())`,
    'UPDATE reconciliation SET closed_at = now() WHERE payment_id = $1',
  ],
] as const

test('a month is refused while anything of it is open, young, or before an older one', async (t) => {
  const path = await folder(t)
  const reasons = async (month: string) => {
    const outcome = await archiveMonth(partsIn(path), ACTOR, { month, keep: false })
    assert.equal(outcome.kind, 'refused')
    return outcome.kind === 'refused' ? outcome.hindrances.map(({ reason }) => reason) : []
  }
  for (const [reason, open, close] of OPEN) {
    await world.sql(open, [closed.paid])
    assert.deepEqual(await reasons(MONTH), [reason])
    await world.sql(close, [closed.paid])
  }
  assert.deepEqual(await reasons(NEXT_MONTH), ['earlier_month'])
  const now = new Date(await world.storage.restores.now()).toISOString().slice(0, 7)
  assert.ok((await reasons(now)).includes('too_young'))
  await world.sql(
    `INSERT INTO figure_deltas (created_at, source_id, country_iso, currency, payments, status)
     VALUES ('${MONTH}-15T10:00:00Z', $1, 'KZ', 'KZT', 1, 'paid')`,
    [world.sourceId],
  )
  assert.deepEqual(await reasons(MONTH), ['unfolded_figures'])
  await fold()
  assert.deepEqual(await reasons(MONTH), ['wrong_figures'])
  await rebuildFigures({ ...world, zone: 'Asia/Almaty' }, ACTOR)
  await fold()
  const unknown = await archiveMonth(partsIn(path), ACTOR, { month: '2019-01', keep: false })
  assert.equal(unknown.kind, 'unknown_month')
  const outcome = await archiveMonth(partsIn(path), ACTOR, ORDER)
  assert.equal(outcome.kind, 'archived')
})
