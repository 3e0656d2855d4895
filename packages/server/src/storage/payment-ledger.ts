// The ledger's port over the database: lists where wide reads go, one payment's story from the primary, so
// that whoever has just changed a payment sees it changed.

import type { PaymentLedger } from '../ports/payment-ledger.ts'
import { countLedger } from './count-payments.ts'
import { readPage } from './ledger-page.ts'
import { isInScope, readStory } from './ledger-story.ts'
import { type Session, type Statement, sessionOf } from './session.ts'

/** An operator's word is what these waited for; what the word itself brings about is opened anew. */
const CLOSE_TASKS: Statement = {
  name: 'tasks_close_of_attempt',
  text: `
    WITH explained AS (
      UPDATE reconciliation SET closed_at = centre_now()
      WHERE attempt_id = $1 AND closed_at IS NULL
    )
    UPDATE tasks SET closed_at = centre_now()
    WHERE attempt_id = $1 AND closed_at IS NULL
      AND kind IN ('settle_by_hand', 'start_lost', 'result_unknown')`,
}

/** Lists alone, for whoever only reads them. */
export function ledgerPages(wide: Session): Pick<PaymentLedger, 'page'> {
  return { page: (scope, filter, page) => readPage(wide, scope, filter, page) }
}

export function paymentLedger(session: Session, wide: Session): PaymentLedger {
  return {
    ...ledgerPages(wide),
    count: (scope, filter) => countLedger(wide, scope, filter),
    story: (scope, paymentId) => readStory(session, scope, paymentId),
    isInScope: (tx, scope, paymentId) => isInScope(sessionOf(tx), scope, paymentId),
    async closeTasksOf(tx, attemptId) {
      await sessionOf(tx).rows(CLOSE_TASKS, [attemptId])
    },
  }
}
