// Rates with the moments they begin. The first of a method has no beginning, which the database tells
// as `-infinity` and the program as null.

import type { MethodRate, MethodStore } from '../ports/method-store.ts'
import { type Session, type Statement, sessionOf } from './session.ts'

const COLUMNS = `r.id, r.method_id, r.rate_bp, nullif(r.valid_from, '-infinity') AS valid_from`

/** Of each method the rate valid now, then those to come. */
export const RATES_FROM_NOW: Statement = {
  name: 'method_rates_from_now',
  text: `
    SELECT ${COLUMNS}, r.valid_from > clock.now AS is_coming
    FROM (SELECT centre_now() AS now OFFSET 0) AS clock
    JOIN method_rates r ON r.method_id = ANY($1)
    WHERE NOT EXISTS (
      SELECT FROM method_rates later WHERE later.method_id = r.method_id
        AND later.valid_from > r.valid_from AND later.valid_from <= clock.now)
    ORDER BY r.method_id, r.valid_from`,
}

const HISTORY: Statement = {
  name: 'method_rates_all',
  text: `
    SELECT ${COLUMNS}, r.valid_from > centre_now() AS is_coming
    FROM method_rates r WHERE r.method_id = $1 ORDER BY r.valid_from DESC LIMIT $2`,
}

const ONE: Statement = {
  name: 'method_rate',
  text: `
    SELECT ${COLUMNS}, r.valid_from > centre_now() AS is_coming
    FROM method_rates r WHERE r.method_id = $1 AND r.id = $2`,
}

/** Milliseconds since 1970, or null for this moment. */
const ADD: Statement = {
  name: 'method_rate_add',
  text: `
    INSERT INTO method_rates AS r (method_id, rate_bp, valid_from)
    SELECT $1, $2, coalesce(asked.at, clock.now)
    FROM (SELECT centre_now() AS now OFFSET 0) AS clock,
      (SELECT to_timestamp($3::double precision / 1000) AS at) AS asked
    WHERE asked.at IS NULL OR asked.at > clock.now
    ON CONFLICT (method_id, valid_from) DO NOTHING
    RETURNING ${COLUMNS}, $3::double precision IS NOT NULL AS is_coming`,
}

const WITHDRAW: Statement = {
  name: 'method_rate_withdraw',
  text: 'DELETE FROM method_rates WHERE id = $1 AND valid_from > centre_now() RETURNING id',
}

export interface RateRow {
  readonly id: number
  readonly method_id: number
  readonly rate_bp: number
  readonly valid_from: number | null
  readonly is_coming: boolean
}

type RateStore = Pick<MethodStore, 'rates' | 'addRate' | 'rate' | 'withdrawRate'>

export function rateStore(session: Session): RateStore {
  return {
    async rates(methodId, limit) {
      return (await session.rows<RateRow>(HISTORY, [methodId, limit])).map(rateOfRow)
    },
    async addRate(tx, methodId, rateBp, fromMs) {
      const [row] = await sessionOf(tx).rows<RateRow>(ADD, [methodId, rateBp, fromMs])
      return row === undefined ? null : rateOfRow(row)
    },
    async rate(tx, methodId, rateId) {
      const [row] = await sessionOf(tx).rows<RateRow>(ONE, [methodId, rateId])
      return row === undefined ? null : rateOfRow(row)
    },
    async withdrawRate(tx, rateId) {
      return (await sessionOf(tx).rows(WITHDRAW, [rateId])).length > 0
    },
  }
}

export function rateOfRow(row: RateRow): MethodRate {
  return {
    id: row.id,
    rateBp: row.rate_bp,
    validFromMs: row.valid_from,
    isComing: row.is_coming,
  }
}
