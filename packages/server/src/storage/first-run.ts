// The door of an empty centre: one row, closed by the first admin through a trigger, whoever adds them.

import type { FirstRunStore } from '../ports/first-run-store.ts'
import { type Session, type Statement, sessionOf } from './session.ts'

const IS_OPEN: Statement = {
  name: 'first_run_open',
  text: 'SELECT closed_at IS NULL AS yes FROM first_run',
}

const KEEP_CODE: Statement = {
  name: 'first_run_code_keep',
  text: `
    UPDATE first_run SET code_hash = $1,
      code_expires_at = centre_now() + $2::bigint * interval '1 millisecond'
    WHERE closed_at IS NULL
    RETURNING only_row`,
}

const CODE: Statement = {
  name: 'first_run_code',
  text: 'SELECT code_hash FROM first_run WHERE code_expires_at > centre_now()',
}

/** What waited here for another's end looks at the row again: it is closed then. */
const HOLD_DOOR: Statement = {
  name: 'first_run_hold',
  text: `
    SELECT only_row FROM first_run WHERE code_hash = $1 AND code_expires_at > centre_now()
    FOR UPDATE`,
}

const FACTS: Statement = {
  name: 'first_run_facts',
  text: `
    SELECT EXISTS (SELECT FROM captures) AS has_payment,
      EXISTS (SELECT FROM sources WHERE is_active AND deleted_at IS NULL) AS has_source,
      EXISTS (
        SELECT FROM terminals
        WHERE deleted_at IS NULL AND is_active AND serial IS NOT NULL AND trouble IS NULL
          AND taken_out_at IS NULL AND offline_since IS NULL
      ) AS has_terminal`,
}

export function firstRunStore(session: Session): FirstRunStore {
  return {
    async isOpen() {
      const [row] = await session.rows<{ yes: boolean }>(IS_OPEN, [])
      return row?.yes === true
    },
    async keepCode(tx, codeHash, lifeMs) {
      return (await sessionOf(tx).rows(KEEP_CODE, [codeHash, lifeMs])).length > 0
    },
    async codeHash() {
      const [row] = await session.rows<{ code_hash: Buffer }>(CODE, [])
      return row?.code_hash ?? null
    },
    async holdDoor(tx, codeHash) {
      return (await sessionOf(tx).rows(HOLD_DOOR, [codeHash])).length > 0
    },
    async facts() {
      interface Row {
        readonly has_payment: boolean
        readonly has_source: boolean
        readonly has_terminal: boolean
      }
      const [row] = await session.rows<Row>(FACTS, [])
      return {
        hasPayment: row?.has_payment === true,
        hasSource: row?.has_source === true,
        // Money that was taken says more of a terminal than any test.
        hasTerminal: row?.has_terminal === true || row?.has_payment === true,
      }
    },
  }
}
