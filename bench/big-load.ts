// Loads whole books for bench/big.ts, a slice of days in one transaction: beside what lists need, the history,
// postings, deliveries and figures of every payment. A load that was cut short goes on after its last slice.
// Indexes and checks stay as they are; only triggers are passed over, and what they would write is written here.

import pg from 'pg'
import {
  addToDays,
  datedRows,
  KEY_LIST,
  MEASURE_LIST,
  MEASURE_SUMS,
  ZONE,
} from '../packages/server/src/storage/figure-columns.ts'
import { drawPayments, type Ledger, openLedger, settleLedger } from './ledger-data.ts'

/** Of a slice of ids; money is booked two minutes after its payment was created. */
const IN_SLICE = 'p.id >= uuid7_floor($1::timestamptz) AND p.id < uuid7_floor($2::timestamptz)'
const PAID_AT = `p.created_at + interval '2 minutes'`
const ATTEMPT = `
  JOIN attempts a ON a.payment_id = p.id AND a.id >= uuid7_floor($1::timestamptz)
    AND a.id < uuid7_floor($2::timestamptz + interval '1 minute')`

const BOOKS: readonly string[] = [
  `INSERT INTO payment_history (id, payment_id, version, at, what, status_before, status_after)
   SELECT uuid7_at(line.at), p.id, line.version, line.at, line.what, line.before, line.after
   FROM payments p CROSS JOIN LATERAL (VALUES
     (p.created_at, 1, 'created', NULL, 'pending'),
     (${PAID_AT}, 2, 'observed', 'pending', p.status)
   ) AS line (at, version, what, before, after)
   WHERE ${IN_SLICE} AND (line.version = 1 OR p.status <> 'pending')`,
  `INSERT INTO postings (id, set_id, set_kind, payment_id, attempt_id, account, tiyn, at)
   SELECT uuid7_at(${PAID_AT}), CASE line.kind WHEN 'capture' THEN a.id ELSE p.id END, line.kind,
     p.id, a.id, line.account, line.tiyn, ${PAID_AT}
   FROM payments p ${ATTEMPT} CROSS JOIN LATERAL (VALUES
     ('capture', 'customer', -p.paid_tiyn::bigint),
     ('capture', 'source_credit', p.credited_tiyn::bigint),
     ('capture', 'commission_charged', p.paid_tiyn - p.credited_tiyn - p.overpaid_tiyn),
     ('capture', 'overpaid', p.overpaid_tiyn::bigint),
     ('provider_fee', 'provider_fee_expected', p.paid_tiyn / 100),
     ('provider_fee', 'provider_receivable', -p.paid_tiyn / 100)
   ) AS line (kind, account, tiyn)
   WHERE p.paid_tiyn > 0 AND line.tiyn <> 0 AND ${IN_SLICE}`,
  `INSERT INTO deliveries (id, payment_id, source_id, event, sequence, url, endpoint, body, state, tries,
     last_http_status, created_at, delivered_at)
   SELECT uuid7_at(${PAID_AT}), p.id, p.source_id, p.status, 1, 'https://shop.example/hook',
     'https://shop.example/hook', json_build_object('transaction_id', p.id, 'status', p.status,
       'amount', p.original_tiyn, 'paid', p.paid_tiyn, 'external_id', p.external_id)::text,
     'delivered', 1, 200, ${PAID_AT}, ${PAID_AT}
   FROM payments p WHERE p.status <> 'pending' AND ${IN_SLICE}`,
]

/** A payment, its attempt and its money, in the shape of deltas: what the triggers would have noted. */
const DELTAS = `(
  SELECT p.created_at, line.*, p.source_id, p.country_iso, p.currency
  FROM payments p CROSS JOIN LATERAL (VALUES
    (p.paid_at, p.chosen_method, p.used_method, p.terminal_id, p.status, 1, p.original_tiyn::bigint,
      (1000 * extract(epoch FROM p.paid_at - p.created_at))::bigint, 0, 0, 0::bigint, 0::bigint,
      0::bigint, 0::bigint, 0::bigint),
    (NULL, p.chosen_method, NULL, p.terminal_id, NULL, 0, 0, 0, 1, (p.paid_tiyn > 0)::integer,
      0, 0, 0, 0, 0),
    (${PAID_AT}, p.chosen_method, p.used_method, p.terminal_id, NULL, 0, 0, 0, 0, 0, p.paid_tiyn,
      p.credited_tiyn, p.paid_tiyn - p.credited_tiyn - p.overpaid_tiyn, p.overpaid_tiyn,
      p.paid_tiyn / 100)
  ) AS line (money_at, method, product, terminal_id, status, payments, original_tiyn, pay_ms,
    attempts_started, attempts_succeeded, gross_tiyn, credited_tiyn, commission_tiyn, overpaid_tiyn,
    fee_tiyn)
  WHERE ${IN_SLICE} AND (line.payments = 1
    OR (line.attempts_started = 1 AND p.chosen_method IS NOT NULL) OR line.gross_tiyn > 0)
) AS d`

/** What a drawn payment has none of. */
const NONE: Readonly<Record<string, string>> = {
  'd.rounding_tiyn': '0::bigint AS rounding_tiyn',
  'd.forgiven_tiyn': '0::bigint AS forgiven_tiyn',
  'd.refunded_tiyn': '0::bigint AS refunded_tiyn',
}
const MEASURED = MEASURE_LIST.split(', ').map((name) => NONE[`d.${name}`] ?? `d.${name}`)

/** A day that two slices share, as where a zone changed its clock, is added to. */
const FIGURES = addToDays(`
  SELECT ${KEY_LIST}, ${MEASURE_SUMS}
  FROM (${datedRows(`(${ZONE}) AS zone, ${DELTAS}`, MEASURED.join(', '))}) AS dated
  GROUP BY ${KEY_LIST}`)

const SLICE_DAYS = 30

export interface Progress {
  readonly done: number
  readonly of: number
  /** Since this run began, and how many more at its pace. */
  readonly seconds: number
  readonly secondsLeft: number
}

/**
 * Fills a migrated database as a superuser, who alone may pass triggers over; a slice that is there already
 * is left as it is. Where the days end and how many there are must be the same each time.
 */
export async function loadBooks(
  superuserUrl: string,
  ledger: Ledger,
  tell: (progress: Progress) => void,
): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl })
  await client.connect()
  try {
    if (await isEmpty(client, 'sources')) {
      await client.query('BEGIN')
      await openLedger(client, ledger)
      await client.query('COMMIT')
    }
    const startedAt = performance.now()
    const begun = await loadedPayments(client)
    const slices = ledger.days / SLICE_DAYS
    for (let slice = 0; slice < slices; slice += 1) {
      const [first, end] = [slice, slice + 1].map((n) => Math.ceil((n * ledger.payments) / slices))
      if (first === undefined || end === undefined || end <= begun) continue
      await client.query('BEGIN')
      await loadSlice(client, ledger, first, end)
      await client.query('COMMIT')
      const seconds = (performance.now() - startedAt) / 1_000
      const secondsLeft = (seconds / (end - begun)) * (ledger.payments - end)
      tell({ done: end, of: ledger.payments, seconds, secondsLeft })
    }
    if (await isEmpty(client, 'tasks')) await settleLedger(client)
  } finally {
    await client.end()
  }
}

async function isEmpty(client: pg.Client, name: 'sources' | 'tasks'): Promise<boolean> {
  const [row] = (await client.query(`SELECT NOT EXISTS (SELECT FROM ${name}) AS yes`)).rows
  return row.yes
}

/** By the figures, which a slice writes last. */
async function loadedPayments(client: pg.Client): Promise<number> {
  const [row] = (
    await client.query(
      `SELECT coalesce(sum(payments), 0)::integer AS payments FROM figure_sums
       WHERE dated_by = 'created_at' AND span = 'month'`,
    )
  ).rows
  return row.payments
}

async function loadSlice(client: pg.Client, ledger: Ledger, first: number, end: number) {
  await client.query('SET LOCAL session_replication_role = replica')
  const range = [...(await drawPayments(client, ledger, first, end))]
  for (const statement of BOOKS) await client.query(statement, range)
  // Of kept days the payments are counted by a trigger of their own.
  await client.query('SET LOCAL session_replication_role = origin')
  await client.query(FIGURES, range)
}
