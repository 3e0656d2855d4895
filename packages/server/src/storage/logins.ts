// What logging in has used up. Each limit is counted by the statement that looks at it, under its row's
// lock, so that no number of requests at once gets past it (A1, A2).

import {
  LOGIN_CODE_LIFE_MS,
  type Moment,
  PHONE_DAY_MS,
  RESEND_AFTER_MS,
  TRIES_PER_CODE,
  TRIES_PER_PHONE,
} from '@byfly-pay/core'
import type { LoginStore } from '../ports/login-store.ts'
import { type Session, type Statement, sessionOf } from './session.ts'

const STANDING: Statement = {
  name: 'login_phone_standing',
  text: `
    SELECT sent_at, day_began_at, day_sends, day_tries, centre_now() AS now
    FROM login_phones WHERE phone_key = $1`,
}

const BUDGET_IS_OVER = `b.began_at <= centre_now() - $3::integer * interval '1 millisecond'`

const TAKE: Statement = {
  name: 'login_budget_take',
  text: `
    INSERT INTO login_budgets AS b (key, began_at, used) VALUES ($1, centre_now(), 1)
    ON CONFLICT (key) DO UPDATE SET
      began_at = CASE WHEN ${BUDGET_IS_OVER} THEN centre_now() ELSE b.began_at END,
      used = CASE WHEN ${BUDGET_IS_OVER} THEN 1 ELSE least(b.used + 1, $2::integer + 1) END
    RETURNING CASE
      WHEN used <= $2::integer THEN 0
      ELSE greatest($3::integer - 1000 * extract(epoch FROM centre_now() - began_at), 1)::integer
    END AS wait_ms`,
}

const DAY_IS_OVER = `p.day_began_at <= centre_now() - interval '${PHONE_DAY_MS} milliseconds'`

/** The condition is for two that ask at once for a phone that neither has found. */
const KEEP_CODE: Statement = {
  name: 'login_code_keep',
  text: `
    INSERT INTO login_phones AS p (phone_key, code_hash, code_expires_at, tries_left, sent_at,
      day_began_at, day_sends, day_tries)
    SELECT $1, $2, now + interval '${LOGIN_CODE_LIFE_MS} milliseconds', ${TRIES_PER_CODE}, now,
      now, 1, 0
    FROM (SELECT centre_now() AS now) AS clock
    ON CONFLICT (phone_key) DO UPDATE SET
      code_hash = excluded.code_hash, code_expires_at = excluded.code_expires_at,
      tries_left = excluded.tries_left, sent_at = excluded.sent_at,
      day_began_at = CASE WHEN ${DAY_IS_OVER} THEN excluded.sent_at ELSE p.day_began_at END,
      day_sends = CASE WHEN ${DAY_IS_OVER} THEN 1 ELSE p.day_sends + 1 END,
      day_tries = CASE WHEN ${DAY_IS_OVER} THEN 0 ELSE p.day_tries END
    WHERE p.sent_at <= excluded.sent_at - interval '${RESEND_AFTER_MS} milliseconds'
    RETURNING phone_key`,
}

const CLAIM_TRY: Statement = {
  name: 'login_code_claim_try',
  text: `
    UPDATE login_phones p SET tries_left = tries_left - 1,
      day_began_at = CASE WHEN ${DAY_IS_OVER} THEN centre_now() ELSE p.day_began_at END,
      day_sends = CASE WHEN ${DAY_IS_OVER} THEN 0 ELSE p.day_sends END,
      day_tries = CASE WHEN ${DAY_IS_OVER} THEN 1 ELSE p.day_tries + 1 END
    WHERE phone_key = $1 AND code_hash IS NOT NULL AND code_expires_at > centre_now()
      AND tries_left > 0 AND (day_tries < ${TRIES_PER_PHONE} OR ${DAY_IS_OVER})
    RETURNING code_hash, centre_now() AS now`,
}

/** Who knew the code was no guesser: the try is given back. */
const USE_CODE: Statement = {
  name: 'login_code_use',
  text: `
    UPDATE login_phones SET code_hash = NULL, day_tries = greatest(day_tries - 1, 0)
    WHERE phone_key = $1 AND code_hash = $2 AND code_expires_at > centre_now()
    RETURNING phone_key`,
}

const UNLOCK: Statement = {
  name: 'login_phone_unlock',
  text: 'DELETE FROM login_phones WHERE phone_key = $1 RETURNING phone_key',
}

/** Nothing in either table is of use for longer than a day. */
const FORGET_OLD: readonly Statement[] = [
  {
    name: 'login_phones_forget',
    text: `
      DELETE FROM login_phones
      WHERE greatest(sent_at, day_began_at) < centre_now() - interval '2 days'`,
  },
  {
    name: 'login_budgets_forget',
    text: `DELETE FROM login_budgets WHERE began_at < centre_now() - interval '2 days'`,
  },
]

export function loginStore(session: Session): LoginStore {
  return {
    standing: (phoneKey) => standing(session, phoneKey),
    async take(tx, { key, limit, windowMs }) {
      const values = [key, limit, windowMs]
      const [row] = await sessionOf(tx).rows<{ wait_ms: number }>(TAKE, values)
      return row?.wait_ms ?? 0
    },
    async keepCode(tx, phoneKey, codeHash) {
      return (await sessionOf(tx).rows(KEEP_CODE, [phoneKey, codeHash])).length > 0
    },
    async claimTry(phoneKey) {
      interface Row {
        readonly code_hash: Buffer
        readonly now: Moment
      }
      const [row] = await session.rows<Row>(CLAIM_TRY, [phoneKey])
      return row === undefined ? null : { codeHash: row.code_hash, nowMs: row.now }
    },
    async useCode(tx, phoneKey, codeHash) {
      return (await sessionOf(tx).rows(USE_CODE, [phoneKey, codeHash])).length > 0
    },
    async unlock(tx, phoneKey) {
      return (await sessionOf(tx).rows(UNLOCK, [phoneKey])).length > 0
    },
    async forgetOld() {
      for (const statement of FORGET_OLD) await session.rows(statement, [])
    },
  }
}

async function standing(session: Session, phoneKey: Buffer) {
  interface Row {
    readonly sent_at: Moment
    readonly day_began_at: Moment
    readonly day_sends: number
    readonly day_tries: number
    readonly now: Moment
  }
  const [row] = await session.rows<Row>(STANDING, [phoneKey])
  if (row === undefined) return null
  return {
    standing: {
      sentAtMs: row.sent_at,
      dayBeganAtMs: row.day_began_at,
      daySends: row.day_sends,
      dayTries: row.day_tries,
    },
    nowMs: row.now,
  }
}
