// I1–I4, I7, I8, I14: money is what the terminals took, no more and no less, or the difference is on a
// desk.

import type { JournalEntry } from '../../packages/simulator/src/index.ts'
import type { Evidence, Rule } from './check-books.ts'

const TIYN_PER_TENGE = 100

export const moneyRules: readonly Rule[] = [
  oneOperationPerTerminal,
  oneAttemptAtWork,
  sumsAddUp,
  postingsAddUpToZero,
  booksEqualJournals,
  paidByCredits,
  nothingCountedTwice,
  nothingAboveThePrice,
]

async function oneOperationPerTerminal({ journal }: Evidence) {
  return journal
    .overlaps()
    .map(([a, b]) => `I1: терминал ${a.terminal} нёс ${a.process_id} и ${b.process_id} сразу`)
}

async function oneAttemptAtWork({ sql }: Evidence) {
  const rows = await sql(`
    SELECT payment_id, count(*) FROM open_attempts WHERE holds_payment
    GROUP BY payment_id HAVING count(*) > 1`)
  return rows.map(({ payment_id }) => `I2: у платежа ${payment_id} две попытки в работе`)
}

async function sumsAddUp({ sql }: Evidence) {
  const rows = await sql(`
    SELECT p.id, p.paid_tiyn, p.credited_tiyn, c.gross, c.credit
    FROM payments p
    LEFT JOIN LATERAL (
      SELECT coalesce(sum(gross_tiyn), 0) AS gross, coalesce(sum(credit_tiyn), 0) AS credit
      FROM captures WHERE payment_id = p.id
    ) c ON true
    WHERE p.paid_tiyn <> c.gross OR p.credited_tiyn <> c.credit`)
  return rows.map(
    (row) => `I3: платёж ${row.id}: оплачено ${row.paid_tiyn}, а получено ${row.gross}`,
  )
}

async function postingsAddUpToZero({ sql }: Evidence) {
  const sets = await sql(`
    SELECT set_id FROM postings GROUP BY set_id HAVING sum(tiyn) <> 0`)
  const captures = await sql(`
    SELECT c.attempt_id FROM captures c
    WHERE NOT EXISTS (
      SELECT FROM postings p WHERE p.attempt_id = c.attempt_id AND p.set_kind = 'capture')`)
  return [
    ...sets.map(({ set_id }) => `I3: набор проводок ${set_id} не сходится в ноль`),
    ...captures.map(({ attempt_id }) => `I3: у денег попытки ${attempt_id} нет проводок`),
  ]
}

interface CaptureRow {
  readonly attempt_id: string
  readonly provider_transaction_id: string | null
  readonly gross_tiyn: string
  readonly has_task: boolean
}

/** I4: each sale is booked or waits for a person; each booking is a sale. */
async function booksEqualJournals(evidence: Evidence) {
  const captures: CaptureRow[] = await evidence.sql(`
    SELECT c.attempt_id, c.provider_transaction_id, c.gross_tiyn,
      EXISTS (SELECT FROM tasks t WHERE t.attempt_id = c.attempt_id) AS has_task
    FROM captures c`)
  const wrong: string[] = []
  const sales = evidence.journal.entries.filter(({ kind }) => kind !== 'refund')
  const known = new Map(sales.map((sale) => [sale.transaction_id, sale]))
  for (const capture of captures) {
    const sale = known.get(capture.provider_transaction_id ?? '')
    if (sale === undefined) {
      wrong.push(`I4: деньги попытки ${capture.attempt_id} записаны, а терминал их не брал`)
    } else if (
      Number(capture.gross_tiyn) !== sale.amount_tenge * TIYN_PER_TENGE &&
      !capture.has_task
    ) {
      wrong.push(`I4: попытка ${capture.attempt_id}: сумма не та, что взял терминал`)
    }
  }
  const booked = new Set(captures.map((capture) => capture.provider_transaction_id))
  for (const sale of sales.filter(({ transaction_id }) => !booked.has(transaction_id))) {
    if (!(await isOnADesk(evidence, sale))) {
      const { process_id, terminal, transaction_id } = sale
      wrong.push(`I4: оплата ${transaction_id} (терминал ${terminal}, ${process_id}) потеряна`)
    }
  }
  return wrong
}

/** A task about its attempt, a start that was lost on its terminal, or a terminal that is doubted. */
async function isOnADesk({ sql }: Evidence, sale: JournalEntry): Promise<boolean> {
  const [row] = await sql(
    `
    SELECT EXISTS (
      SELECT FROM attempts a
      JOIN terminals t ON t.id = a.terminal_id
      JOIN tasks ON tasks.attempt_id = a.id AND tasks.closed_at IS NULL
      WHERE t.camera_id = $1 AND a.process_id = $2
    ) OR EXISTS (
      SELECT FROM attempts a
      JOIN terminals t ON t.id = a.terminal_id
      LEFT JOIN tasks ON tasks.attempt_id = a.id AND tasks.closed_at IS NULL
      LEFT JOIN reconciliation r ON r.attempt_id = a.id AND r.closed_at IS NULL
      WHERE t.camera_id = $1 AND a.state IN ('lost', 'abandoned') AND a.created_at <= $3
        AND a.charge_tiyn = $4 AND (tasks.id IS NOT NULL OR r.id IS NOT NULL)
    ) OR EXISTS (
      SELECT FROM tasks
      JOIN terminals t ON t.id = tasks.terminal_id
      WHERE t.camera_id = $1 AND tasks.kind = 'books_restored' AND tasks.closed_at IS NULL
    ) AS yes`,
    [sale.terminal, sale.process_id, sale.at, sale.amount_tenge * TIYN_PER_TENGE],
  )
  return row.yes
}

async function paidByCredits({ sql }: Evidence) {
  const rows = await sql(`
    SELECT id FROM payments
    WHERE (paid_at IS NOT NULL) <> (credited_tiyn > 0
        AND credited_tiyn >= original_tiyn - tolerance_tiyn)
      OR (status = 'paid') <> (paid_at IS NOT NULL)`)
  return rows.map(({ id }) => `I7: платёж ${id}: paid не по деньгам`)
}

async function nothingCountedTwice({ sql }: Evidence) {
  const twice = await sql(`
    SELECT kind, provider_transaction_id FROM captures WHERE provider_transaction_id IS NOT NULL
    GROUP BY kind, provider_transaction_id HAVING count(*) > 1`)
  const qr = await sql(`
    SELECT qr_text FROM attempts WHERE qr_text IS NOT NULL
    GROUP BY qr_text HAVING count(*) > 1`)
  return [
    ...twice.map((row) => `I8: ${row.provider_transaction_id} записан дважды`),
    ...qr.map((row) => `I17: один QR у двух попыток: ${row.qr_text}`),
  ]
}

async function nothingAboveThePrice({ sql }: Evidence) {
  const rows = await sql(`
    SELECT c.attempt_id FROM captures c JOIN attempts a ON a.id = c.attempt_id
    WHERE c.gross_tiyn > a.charge_tiyn AND c.overpaid_tiyn = 0 AND NOT c.late`)
  return rows.map(({ attempt_id }) => `I14: попытка ${attempt_id}: взято больше цены без отметки`)
}
