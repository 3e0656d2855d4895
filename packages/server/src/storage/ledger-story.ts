// Everything that is kept about one payment, for whoever may see it.

import type { Scope } from '@byfly-pay/core'
import { sql } from 'kysely'
import type { LedgerStory, StoryAttempt, StoryCapture, StoryTask } from '../ports/payment-ledger.ts'
import { deliveriesOfPayment } from './delivery-lines.ts'
import { lineOf, readRows, thingOf } from './ledger-rows.ts'
import { readHistory } from './payment-read.ts'
import { rowsOfSql } from './query-builder.ts'
import { paymentsIn, terminalsIn } from './scope.ts'
import type { Session, Statement } from './session.ts'

const CAPTURES: Statement = {
  name: 'captures_of_payment',
  text: `
    SELECT attempt_id AS "attemptId", kind, provider_transaction_id AS "providerTransactionId",
      gross_tiyn AS "grossTiyn", credit_tiyn AS "creditTiyn",
      overpaid_tiyn AS "overpaidTiyn", used_method AS "usedMethod",
      product_word AS "productWord", rate_bp AS "rateBp", late, at AS "atMs"
    FROM captures WHERE payment_id = $1 ORDER BY at, attempt_id`,
}

const POSTINGS: Statement = {
  name: 'postings_of_payment',
  text: `
    SELECT account, sum(tiyn)::bigint AS tiyn FROM postings WHERE payment_id = $1
    GROUP BY account ORDER BY account`,
}

const TASKS: Statement = {
  name: 'tasks_of_payment',
  text: `
    SELECT id, kind, attempt_id AS "attemptId", opened_at AS "openedAtMs", closed_at AS "closedAtMs"
    FROM tasks WHERE payment_id = $1 ORDER BY id`,
}

export async function readStory(
  session: Session,
  scope: Scope,
  paymentId: string,
): Promise<LedgerStory | null> {
  const [row] = await readRows(session, scope, [{ id: paymentId, place: null }])
  if (row === undefined) return null
  const [attempts, captures, postings, history, deliveries, tasks] = await Promise.all([
    attemptsOf(session, scope, paymentId),
    session.rows<StoryCapture>(CAPTURES, [paymentId]),
    session.rows<LedgerStory['postings'][number]>(POSTINGS, [paymentId]),
    readHistory(session, paymentId),
    deliveriesOfPayment(session, paymentId),
    session.rows<StoryTask>(TASKS, [paymentId]),
  ])
  return { line: lineOf(row), attempts, captures, postings, history, deliveries, tasks }
}

export async function isInScope(session: Session, scope: Scope, paymentId: string) {
  const text = sql`SELECT FROM payments p WHERE p.id = ${paymentId}::uuid AND ${paymentsIn(scope)}`
  return (await rowsOfSql(session, text, 'kept')).length > 0
}

interface AttemptLine extends Omit<StoryAttempt, 'terminal'> {
  readonly terminalId: number | null
  readonly terminalName: string | null
}

async function attemptsOf(
  session: Session,
  scope: Scope,
  paymentId: string,
): Promise<StoryAttempt[]> {
  const rows = await rowsOfSql<AttemptLine>(
    session,
    sql`
      SELECT a.id, t.id AS "terminalId", t.name AS "terminalName", a.presence, a.state, a.reason,
        a.phase, a.process_id AS "processId", a.method, a.charge_tiyn AS "chargeTiyn",
        a.original_tiyn AS "originalTiyn", a.rate_bp AS "rateBp",
        a.stop_requested AS "stopRequested", a.created_at AS "createdAtMs", a.ended_at AS "endedAtMs"
      FROM attempts a LEFT JOIN terminals t ON t.id = a.terminal_id AND ${terminalsIn(scope)}
      WHERE a.payment_id = ${paymentId}::uuid ORDER BY a.id`,
    'kept',
  )
  return rows.map(({ terminalId, terminalName, ...row }) => ({
    ...row,
    terminal: thingOf(terminalId, terminalName),
  }))
}
