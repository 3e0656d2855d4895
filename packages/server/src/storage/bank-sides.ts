// Both sides of a reconciliation as the rules take them, and what it comes to written down.

import { providerFeeOf, utcTime } from '@byfly-pay/core'
import type {
  BankOperation,
  BookedMoney,
  Ledger,
  ShownSum,
  StatementStore,
} from '../ports/statement-store.ts'
import { type Session, type Statement, sessionOf } from './session.ts'

const COVERAGE: Statement = {
  name: 'statements_coverage',
  text: `
    SELECT from_at AS "fromMs", to_at AS "toMs" FROM statements
    WHERE payment_system = $1 AND country_iso = $2 AND from_at <= $4 AND to_at >= $3`,
}

const BANK_SIDE: Statement = {
  name: 'bank_operations_side',
  text: `
    SELECT id::text AS id, move, number, rrn, from_at AS "fromMs", to_at AS "toMs", tiyn,
      fee_tiyn AS "feeTiyn", payout_tiyn AS "payoutTiyn", device, method, verdict,
      attempt_id AS "entryId", differences
    FROM bank_operations
    WHERE payment_system = $1 AND country_iso = $2
      AND (from_at BETWEEN $3 AND $4 OR number = ANY($5) OR rrn = ANY($5))
    ORDER BY id`,
}

/**
 * When it was on its terminal: its booking may have come days later, by a person's word. No operation
 * takes longer than the ten minutes after its start. A refund goes by the number of its purchase, where that
 * names one refund alone; no fee is expected of it, and what its row shows is booked under the refund's id.
 */
const BOOK_SIDE: Statement = {
  name: 'books_side',
  text: `
    SELECT 'sale' AS move, c.attempt_id AS id, c.payment_id AS "paymentId", c.source_id AS "sourceId",
      c.terminal_id AS "terminalId", c.provider_transaction_id AS number, c.gross_tiyn AS tiyn,
      c.used_method AS method, c.rate_bp AS "rateBp",
      a.created_at AS "fromMs", least(c.at, a.created_at + interval '10 minutes') AS "toMs",
      array_remove(ARRAY[t.device_number, t.serial, t.pos_number], NULL) AS devices,
      EXISTS (SELECT FROM real_fees f WHERE f.attempt_id = c.attempt_id) AS "hasRealFee",
      EXISTS (SELECT FROM payouts o WHERE o.attempt_id = c.attempt_id) AS "hasPayout"
    FROM captures c
    JOIN terminals t ON t.id = c.terminal_id
    JOIN attempts a ON a.id = c.attempt_id
    WHERE t.payment_system = $1 AND t.country_iso = $2
      AND (c.at BETWEEN $3 AND $4 OR c.provider_transaction_id = ANY($5))
    UNION ALL
    SELECT 'refund', r.id, r.payment_id, c.source_id, r.terminal_id,
      CASE WHEN (SELECT count(*) FROM refunds o
        WHERE o.attempt_id = r.attempt_id AND o.state = 'succeeded') = 1
      THEN c.provider_transaction_id END,
      r.amount_tiyn, c.used_method, c.rate_bp,
      r.refunded_at - interval '10 minutes', r.refunded_at,
      array_remove(ARRAY[t.device_number, t.serial, t.pos_number], NULL),
      EXISTS (SELECT FROM real_fees f WHERE f.attempt_id = r.id),
      EXISTS (SELECT FROM payouts o WHERE o.attempt_id = r.id)
    FROM refunds r
    JOIN captures c ON c.attempt_id = r.attempt_id
    JOIN terminals t ON t.id = r.terminal_id
    WHERE r.state = 'succeeded' AND t.payment_system = $1 AND t.country_iso = $2
      AND (r.refunded_at BETWEEN $3 AND $4 OR c.provider_transaction_id = ANY($5))
    ORDER BY id`,
}

const JUDGE: Statement = {
  name: 'bank_operations_judge',
  text: `
    UPDATE bank_operations b SET verdict = j.verdict, attempt_id = j.entry, differences = j.differences
    FROM jsonb_to_recordset($1) AS j (id bigint, verdict text, entry uuid, differences text[])
    WHERE b.id = j.id`,
}

/** An id is of the moment of its start, so each operation looks at the starts just before it alone. */
const LIKELY: Statement = {
  name: 'attempts_likely',
  text: `
    SELECT o.id, array_agg(DISTINCT a.payment_id::text) AS payments
    FROM jsonb_to_recordset($1) AS o (id text, tiyn bigint, "fromAt" timestamptz, "toAt" timestamptz)
    JOIN attempts a ON a.charge_tiyn = o.tiyn
      AND a.id >= uuid7_floor(o."fromAt" - interval '10 minutes')
      AND a.id < uuid7_floor(o."toAt" + interval '1 minute')
    JOIN terminals t ON t.id = a.terminal_id AND t.payment_system = $2 AND t.country_iso = $3
    WHERE a.state IN ('unknown', 'lost', 'stray', 'held', 'failed', 'abandoned')
    GROUP BY o.id`,
}

/** The row that is unique for ever decides; the postings are of what is new in it, in one statement. */
function booking(table: 'real_fees' | 'payouts', column: string): Statement {
  return {
    name: `${table}_book`,
    text: `
      WITH shown AS MATERIALIZED (
        SELECT new_id() AS set_id, s.*
        FROM jsonb_to_recordset($1) AS s (entry uuid, payment uuid, operation bigint, tiyn bigint,
          kind text, postings jsonb)
      ),
      booked AS (
        INSERT INTO ${table} (attempt_id, operation_id, ${column}, at)
        SELECT entry, operation, tiyn, centre_now() FROM shown ORDER BY entry
        ON CONFLICT (attempt_id) DO NOTHING
        RETURNING attempt_id, at
      ),
      posted AS (
        INSERT INTO postings (id, set_id, set_kind, payment_id, attempt_id, account, tiyn, at)
        SELECT new_id(), s.set_id, s.kind, s.payment, s.entry, p.account, p.tiyn, b.at
        FROM booked b JOIN shown s ON s.entry = b.attempt_id
        CROSS JOIN LATERAL jsonb_to_recordset(s.postings) AS p (account text, tiyn bigint)
      )
      SELECT attempt_id FROM booked`,
  }
}
const BOOK_FEES = booking('real_fees', 'fee_tiyn')
const BOOK_PAYOUTS = booking('payouts', 'payout_tiyn')

/** By days, so that one old finding does not make a year be read again; what is older is left to people. */
const UNEXPLAINED: Statement = {
  name: 'statements_unexplained',
  text: `
    SELECT payment_system AS system, country_iso AS "countryIso", min(at) AS "fromMs",
      max(at) AS "toMs"
    FROM (
      SELECT b.payment_system, b.country_iso, b.from_at AS at
      FROM tasks k JOIN bank_operations b ON b.id = (k.facts ->> 'operation')::bigint
      WHERE k.closed_at IS NULL AND k.opened_at > centre_now() - interval '30 days'
        AND k.kind IN ('sale_outside', 'refund_outside', 'ambiguous', 'statement_differs')
      UNION ALL
      SELECT t.payment_system, t.country_iso, a.created_at
      FROM tasks k JOIN attempts a ON a.id = k.attempt_id JOIN terminals t ON t.id = a.terminal_id
      WHERE k.closed_at IS NULL AND k.opened_at > centre_now() - interval '30 days'
        AND k.kind = 'missing_there'
    ) AS waiting
    GROUP BY payment_system, country_iso, date_trunc('day', at AT TIME ZONE 'UTC')
    ORDER BY min(at) DESC LIMIT 100`,
}

type BankSides = Pick<
  StatementStore,
  | 'coverage'
  | 'bankSide'
  | 'bookSide'
  | 'judge'
  | 'likelyPayments'
  | 'bookFees'
  | 'bookPayouts'
  | 'unexplained'
>

export function bankSides(session: Session): BankSides {
  return {
    coverage: (tx, ledger, within) => sessionOf(tx).rows(COVERAGE, timeOf(ledger, within)),
    async bankSide(tx, ledger, within, numbers) {
      interface Row extends BankOperation {
        readonly number: string | null
        readonly rrn: string | null
      }
      const values = [...timeOf(ledger, within), numbers]
      const rows = await sessionOf(tx).rows<Row>(BANK_SIDE, values)
      return rows.map(({ number, rrn, ...row }) => ({
        ...row,
        numbers: [number, rrn].filter((name) => name !== null),
      }))
    },
    async bookSide(tx, ledger, within, numbers) {
      const values = [...timeOf(ledger, within), numbers]
      const rows = await sessionOf(tx).rows<Omit<BookedMoney, 'feeTiyn'>>(BOOK_SIDE, values)
      return rows.map((row) => ({
        ...row,
        feeTiyn: row.move === 'sale' ? providerFeeOf(row.tiyn, row.rateBp) : null,
      }))
    },
    async judge(tx, judged) {
      if (judged.length === 0) return
      const rows = judged.map(({ entryId: entry, ...row }) => ({ ...row, entry }))
      await sessionOf(tx).rows(JUDGE, [JSON.stringify(rows)])
    },
    likelyPayments: (tx, ledger, operations) => likelyPayments(sessionOf(tx), ledger, operations),
    bookFees: (tx, fees) => book(sessionOf(tx), BOOK_FEES, fees),
    bookPayouts: (tx, payouts) => book(sessionOf(tx), BOOK_PAYOUTS, payouts),
    unexplained: () => session.rows(UNEXPLAINED, []),
  }
}

function timeOf(
  { countryIso, system }: Ledger,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): unknown[] {
  return [system, countryIso, utcTime(fromMs), utcTime(toMs)]
}

async function likelyPayments(
  session: Session,
  { countryIso, system }: Ledger,
  operations: readonly BankOperation[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (operations.length === 0) return new Map()
  const asked = operations.map(({ fromMs, id, tiyn, toMs }) => ({
    id,
    tiyn: String(tiyn),
    fromAt: utcTime(fromMs),
    toAt: utcTime(toMs),
  }))
  interface Row {
    readonly id: string
    readonly payments: readonly string[]
  }
  const rows = await session.rows<Row>(LIKELY, [JSON.stringify(asked), system, countryIso])
  return new Map(rows.map(({ id, payments }) => [id, payments]))
}

async function book(
  session: Session,
  statement: Statement,
  sums: readonly ShownSum[],
): Promise<number> {
  if (sums.length === 0) return 0
  const rows = sums.map(({ entryId, operationId, paymentId, set, tiyn }) => ({
    entry: entryId,
    payment: paymentId,
    operation: operationId,
    tiyn: String(tiyn),
    kind: set.kind,
    postings: set.postings.map((posting) => ({ ...posting, tiyn: String(posting.tiyn) })),
  }))
  return (await session.rows(statement, [JSON.stringify(rows)])).length
}
