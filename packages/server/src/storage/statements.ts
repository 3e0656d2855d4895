// Statements of the bank and their headings in the database; an operation is kept once, whichever files
// show it.

import { createHash } from 'node:crypto'
import { type Scope, utcTime } from '@byfly-pay/core'
import { sql } from 'kysely'
import type {
  Heading,
  Statement as KeptStatement,
  NewOperation,
  NewStatement,
  OperationLine,
  StatementStore,
  VerdictCount,
} from '../ports/statement-store.ts'
import { bankSides } from './bank-sides.ts'
import { rowsOfSql } from './query-builder.ts'
import { statementsIn } from './scope.ts'
import { type Session, type Statement, sessionOf } from './session.ts'

const HEADING = 'payment_system AS system, cells, columns, products'

const HEADINGS: Statement = {
  name: 'statement_headings',
  text: `SELECT ${HEADING} FROM statement_columns WHERE payment_system = $1`,
}

const SAVE_HEADING: Statement = {
  name: 'statement_heading_save',
  text: `
    INSERT INTO statement_columns (payment_system, heading, cells, columns, products)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (payment_system, heading) DO UPDATE
    SET columns = excluded.columns, products = excluded.products`,
}

const LOCK: Statement = {
  name: 'statements_lock',
  text: `SELECT pg_advisory_xact_lock(720411711, hashtext($1 || ' ' || $2))`,
}

const STATEMENT = `
  r.id, r.payment_system AS system, r.country_iso AS "countryIso", r.file_name AS "fileName",
  r.from_at AS "fromMs", r.to_at AS "toMs", r.operations, r.repeated,
  r.uploaded_by AS "uploadedBy", r.uploaded_at AS "uploadedAtMs"`

const BY_FILE: Statement = {
  name: 'statement_by_file',
  text: `
    SELECT ${STATEMENT} FROM statements r
    WHERE payment_system = $1 AND country_iso = $2 AND file_hash = $3`,
}

/** What was shown before is only filled up, in the order of its keys for others who fill up too. */
const ADD: Statement = {
  name: 'statement_add',
  text: `
    WITH r AS (
      INSERT INTO statements (payment_system, country_iso, file_name, file_hash, from_at, to_at,
        operations, repeated, uploaded_by, uploaded_at)
      SELECT $1, $2, $3, $4, $5, $6, $7,
        (SELECT count(*) FROM bank_operations b
          JOIN jsonb_to_recordset($9) AS o (move text, key text) ON b.move = o.move AND b.key = o.key
          WHERE b.payment_system = $1 AND b.country_iso = $2),
        $8, centre_now()
      RETURNING *
    ),
    shown AS (
      INSERT INTO bank_operations (statement_id, payment_system, country_iso, key, move, number, rrn,
        from_at, to_at, tiyn, fee_tiyn, payout_tiyn, device, product, method)
      SELECT r.id, $1, $2, key, move, number, rrn, "fromAt", "toAt", tiyn, "feeTiyn", "payoutTiyn",
        device, product, method
      FROM r, jsonb_to_recordset($9) AS o (key text, move text, number text, rrn text,
        "fromAt" timestamptz, "toAt" timestamptz, tiyn bigint, "feeTiyn" bigint,
        "payoutTiyn" bigint, device text, product text, method text)
      ORDER BY key
      ON CONFLICT (payment_system, country_iso, move, key) DO UPDATE SET
        rrn = coalesce(bank_operations.rrn, excluded.rrn),
        fee_tiyn = coalesce(bank_operations.fee_tiyn, excluded.fee_tiyn),
        payout_tiyn = coalesce(bank_operations.payout_tiyn, excluded.payout_tiyn),
        product = coalesce(bank_operations.product, excluded.product),
        method = coalesce(bank_operations.method, excluded.method)
    )
    SELECT ${STATEMENT} FROM r`,
}

const COUNTS: Statement = {
  name: 'statement_counts',
  text: `
    SELECT verdict, count(*) AS operations, sum(tiyn)::bigint AS tiyn FROM bank_operations
    WHERE statement_id = $1 AND verdict IS NOT NULL GROUP BY verdict ORDER BY verdict`,
}

const OPERATIONS: Statement = {
  name: 'statement_operations',
  text: `
    SELECT b.id, b.move, b.number, b.rrn, b.from_at AS "fromMs", b.to_at AS "toMs", b.tiyn,
      b.fee_tiyn AS "feeTiyn", b.payout_tiyn AS "payoutTiyn", b.device, b.product, b.method,
      b.verdict, b.differences, c.payment_id AS "paymentId", k.id AS "entryId"
    FROM bank_operations b
    LEFT JOIN captures c ON c.attempt_id = b.attempt_id
    LEFT JOIN tasks k ON k.closed_at IS NULL AND k.key = 'operation:' || b.id || ':' || CASE b.verdict
      WHEN 'different' THEN 'statement_differs' WHEN 'ambiguous' THEN 'ambiguous'
      WHEN 'missing_here' THEN b.move || '_outside' END
    WHERE b.statement_id = $1 AND ($2::text IS NULL OR b.verdict = $2)
      AND ($3::bigint IS NULL OR b.id > $3)
    ORDER BY b.id LIMIT $4`,
}

export function statementStore(session: Session): StatementStore {
  return {
    ...bankSides(session),
    headings: (system) => session.rows<Heading>(HEADINGS, [system]),
    headingsIn: (scope) => headingsIn(session, scope),
    async saveHeading(tx, { cells, columns, products, system }) {
      await sessionOf(tx).rows(SAVE_HEADING, [
        system,
        createHash('sha256').update(JSON.stringify(cells)).digest(),
        JSON.stringify(cells),
        JSON.stringify(columns),
        JSON.stringify(products),
      ])
    },
    async lock(tx, { countryIso, system }) {
      await sessionOf(tx).rows(LOCK, [system, countryIso])
    },
    async byFile(tx, { countryIso, system }, fileHash) {
      const rows = await sessionOf(tx).rows<Row>(BY_FILE, [system, countryIso, fileHash])
      return rows.map(statementOf)[0] ?? null
    },
    add: (tx, statement, operations) => addStatement(sessionOf(tx), statement, operations),
    async statement(scope, id) {
      const [found] = await readStatements(session, scope, sql`r.id = ${id}::bigint`, 1)
      return found ?? null
    },
    page: (scope, beforeId, limit) =>
      readStatements(
        session,
        scope,
        beforeId === null ? sql`true` : sql`r.id < ${beforeId}::bigint`,
        limit,
      ),
    counts: (statementId) => session.rows<VerdictCount>(COUNTS, [statementId]),
    operations: (statementId, verdict, afterId, limit) =>
      session.rows<OperationLine>(OPERATIONS, [statementId, verdict, afterId, limit]),
  }
}

interface Row extends Omit<KeptStatement, 'covers'> {
  readonly fromMs: number
  readonly toMs: number
}

function statementOf({ fromMs, toMs, ...row }: Row): KeptStatement {
  return { ...row, covers: { fromMs, toMs } }
}

function headingsIn(session: Session, { systems }: Scope): Promise<Heading[]> {
  const text = sql`
    SELECT ${sql.raw(HEADING)} FROM statement_columns
    WHERE ${systems === null}::boolean OR payment_system = ANY(${[...(systems ?? [])]}::text[])
    ORDER BY payment_system, heading`
  return rowsOfSql(session, text)
}

async function readStatements(
  session: Session,
  scope: Scope,
  which: ReturnType<typeof sql>,
  limit: number,
): Promise<KeptStatement[]> {
  const rows = await rowsOfSql<Row>(
    session,
    sql`
      SELECT ${sql.raw(STATEMENT)} FROM statements r
      WHERE ${statementsIn(scope)} AND ${which} ORDER BY r.id DESC LIMIT ${limit}::integer`,
  )
  return rows.map(statementOf)
}

async function addStatement(
  session: Session,
  statement: NewStatement,
  operations: readonly NewOperation[],
): Promise<KeptStatement> {
  const { countryIso, covers, fileHash, fileName, system, uploadedBy } = statement
  const [row] = await session.rows<Row>(ADD, [
    system,
    countryIso,
    fileName,
    fileHash,
    utcTime(covers.fromMs),
    utcTime(covers.toMs),
    statement.operations,
    uploadedBy,
    JSON.stringify(operations.map(columnsOf)),
  ])
  if (row === undefined) throw new Error('Выписка не записалась')
  return statementOf(row)
}

/** Sums go as texts, which the database reads exactly. */
function columnsOf({ feeTiyn, fromMs, payoutTiyn, tiyn, toMs, ...rest }: NewOperation) {
  return {
    ...rest,
    fromAt: utcTime(fromMs),
    toAt: utcTime(toMs),
    tiyn: String(tiyn),
    feeTiyn: feeTiyn === null ? null : String(feeTiyn),
    payoutTiyn: payoutTiyn === null ? null : String(payoutTiyn),
  }
}
