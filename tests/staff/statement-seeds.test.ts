// Statements drawn from a seed over a drawn history of money: whatever the bank leaves out, adds, changes or
// repeats is found, and nothing else. SEED=n repeats a run.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'
import { csvOf, type Line, nameColumns, upload } from '../support/statement.ts'
import { drawer } from './ledger-rows.ts'

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000)
const ROUNDS = 3
const DAY_MS = 86_400_000

let centre: TestCentre
let staff: TestStaff

before(async () => {
  centre = await startTestCentre({ terminals: 1 })
  staff = await loginAs(centre, 'accountant')
  assert.equal((await nameColumns(staff)).status, 200)
})
after(() => centre.stop())

interface Money extends Line {
  readonly attemptId: string
  readonly number: string
}

/** Captures of one day, a minute and more apart, as their terminal left them. */
async function drawMoney(draw: () => number, day: number, count: number): Promise<Money[]> {
  const money: Money[] = []
  for (let n = 0; n < count; n += 1) {
    const at = day + n * 600_000 + Math.floor(draw() * 60) * 1_000
    const tiyn = 1_000 * (1 + Math.floor(draw() * 50))
    const number = String(Math.floor(day / 1_000) * 100 + n)
    const [row] = await centre.sql(
      `WITH p AS (
         INSERT INTO payments (id, source_id, country_iso, currency, original_tiyn, tolerance_tiyn,
           created_at, expires_at, updated_at)
         VALUES (uuid7_at($1), $2, 'KZ', 'KZT', $3, 0, $1, $1, $1) RETURNING id
       ), a AS (
         INSERT INTO attempts (id, payment_id, terminal_id, device, presence, state, method, mode,
           rate_bp, step_tiyn, charge_tiyn, original_tiyn, rates, created_at, updated_at, ended_at)
         SELECT uuid7_at($1), p.id, 1, 'd', 'remote', 'succeeded', 'kaspi_gold', 'none', 100, 100, $3,
           $3, '{}', $1, $1, $1 FROM p RETURNING id, payment_id
       )
       INSERT INTO captures (attempt_id, payment_id, source_id, terminal_id, device, kind,
         provider_transaction_id, gross_tiyn, credit_tiyn, overpaid_tiyn, used_method, product_word,
         rate_bp, late, at)
       SELECT a.id, a.payment_id, $2, 1, 'd', 'qr', $4, $3, $3, 0, 'kaspi_gold', 'Gold', 100, false, $1
       FROM a RETURNING attempt_id`,
      [new Date(at).toISOString(), centre.source.id, tiyn, number],
    )
    money.push({ attemptId: row.attempt_id, at, number, tiyn, product: 'Kaspi Gold' })
  }
  return money
}

interface Truth {
  readonly lines: Line[]
  /** Key of what must be found → how often. */
  readonly expected: string[]
}

/** What the bank does to the truth, and what must come of it. */
function distort(draw: () => number, money: readonly Money[]): Truth {
  const lines: Line[] = []
  const expected: string[] = []
  for (const one of money) {
    const luck = draw()
    if (luck < 0.1) expected.push(`missing_there ${one.number}`)
    else if (luck < 0.2) {
      lines.push({ ...one, tiyn: one.tiyn + 100 })
      expected.push(`statement_differs ${one.number}`)
    } else if (luck < 0.3) {
      lines.push({ ...one, product: 'Kaspi Red' })
      expected.push(`statement_differs ${one.number}`)
    } else if (luck < 0.4) lines.push({ ...one, number: null })
    else if (luck < 0.45) {
      lines.push(one)
      lines.push({ ...one, number: `9${one.number}`, at: one.at + 1_000 })
      expected.push(`sale_outside 9${one.number}`)
    } else if (luck < 0.5) {
      lines.push(one)
      lines.push({ ...one, tiyn: -one.tiyn, at: one.at + 5_000 })
      expected.push(`refund_outside ${one.number}`)
    } else lines.push(one)
  }
  return { lines: lines.toSorted(() => draw() - 0.5), expected: expected.sort() }
}

async function findings(): Promise<string[]> {
  const rows = await centre.sql(
    `SELECT kind, facts ->> 'number' AS number FROM tasks WHERE key IS NOT NULL AND closed_at IS NULL`,
  )
  return rows.map(({ kind, number }) => `${kind} ${number}`).sort()
}

test(`SEED=${SEED}: every distortion is found once, in any order of files, and explained by the truth`, async () => {
  const draw = drawer(SEED)
  for (let round = 0; round < ROUNDS; round += 1) {
    const day = (Math.floor(Date.now() / DAY_MS) - 20 + round * 4) * DAY_MS - 5 * 3_600_000
    const money = await drawMoney(draw, day, 40)
    const { expected, lines } = distort(draw, money)
    const query = `&date_from=${dayOf(day)}&date_to=${dayOf(day + DAY_MS - 1)}`
    const half = Math.floor(lines.length / 2)
    // The bank sends the second half first, then all of it.
    for (const part of [lines.slice(half), lines]) {
      const answer = await upload(centre, staff, csvOf(part), { query })
      assert.equal(answer.status, 200, answer.text)
    }
    assert.deepEqual(await findings(), expected, `round ${round}`)
    const verdicts = await centre.sql(
      `SELECT count(*)::integer AS count FROM bank_operations WHERE verdict IS NULL`,
    )
    assert.equal(verdicts[0].count, 0)
    // The truth comes at last: what was missing there is explained, what is too much stays.
    const truth = await upload(
      centre,
      staff,
      csvOf([...money, { at: day, number: '1', tiyn: 7 }]),
      {
        query,
      },
    )
    assert.equal(truth.status, 200, truth.text)
    const left = await findings()
    assert.deepEqual(
      left.filter((finding) => finding.startsWith('missing_there')),
      [],
    )
    await centre.sql(
      `UPDATE tasks SET closed_at = now(), closed_by = 'x', close_reason = 'x' WHERE closed_at IS NULL`,
    )
  }
})

function dayOf(ms: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Almaty' }).format(ms)
}
