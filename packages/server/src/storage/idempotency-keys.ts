// Callers' idempotency keys (T9), of sources in one table and of staff in another. Of any number of calls with
// one key one is at work at a time; a call that died is followed when its time has run out.

import type {
  ClaimResult,
  IdempotencyClaim,
  IdempotencyStore,
  KeyRequest,
  StoredReply,
} from '../ports/idempotency-store.ts'
import { type Session, type Statement, sessionOf } from './session.ts'

/** Keys deleted by one statement, so that it stays short however many there are. */
const FORGET_BATCH = 5_000

/** Whose keys a table holds, and the column that names the owner of one. */
const TABLES = {
  source: { table: 'idempotency_keys', owner: 'source_id' },
  staff: { table: 'staff_idempotency_keys', owner: 'admin_id' },
} as const

export type KeyHolder = keyof typeof TABLES

type Name = 'claim' | 'look' | 'effectIn' | 'recordEffect' | 'finish' | 'release' | 'forgetOld'

function statementsOf(holder: KeyHolder): Readonly<Record<Name, Statement>> {
  const { owner, table } = TABLES[holder]
  const OWN = `${owner} = $1 AND key = $2`
  return {
    /**
     * A new key, or one whose call is gone, in one statement; two calls meet on the row. Nothing comes back
     * when there is an answer, another request, or a call at work.
     */
    claim: {
      name: `${table}_claim`,
      text: `
        INSERT INTO ${table} AS k (${owner}, key, route, target, body_hash, busy_until, created_at)
        VALUES ($1, $2, $3, $4, $5, centre_now() + $6::integer * interval '1 millisecond',
          centre_now())
        ON CONFLICT (${owner}, key) DO UPDATE SET busy_until = EXCLUDED.busy_until
        WHERE k.route = EXCLUDED.route AND k.target IS NOT DISTINCT FROM EXCLUDED.target
          AND k.body_hash = EXCLUDED.body_hash
          AND k.http_status IS NULL AND k.busy_until <= centre_now()
        RETURNING effect_id`,
    },
    look: {
      name: `${table}_look`,
      text: `
        SELECT http_status, body,
          route = $3 AND target IS NOT DISTINCT FROM $4::uuid AND body_hash = $5 AS is_same
        FROM ${table} WHERE ${OWN}`,
    },
    effectIn: {
      name: `${table}_effect_in`,
      text: `SELECT effect_id FROM ${table} WHERE ${OWN} FOR UPDATE`,
    },
    recordEffect: {
      name: `${table}_record_effect`,
      text: `UPDATE ${table} SET effect_id = $3 WHERE ${OWN}`,
    },
    /** The first answer stays: a replay is the same byte for byte. */
    finish: {
      name: `${table}_finish`,
      text: `
        UPDATE ${table} SET http_status = $3, body = $4, busy_until = centre_now()
        WHERE ${OWN} AND http_status IS NULL`,
    },
    release: {
      name: `${table}_release`,
      text: `UPDATE ${table} SET busy_until = centre_now() WHERE ${OWN} AND http_status IS NULL`,
    },
    forgetOld: {
      name: `${table}_forget_old`,
      text: `
        DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM ${table}
          WHERE created_at < (SELECT centre_now()) - interval '24 hours'
            AND busy_until <= (SELECT centre_now())
          LIMIT $1))
        RETURNING ${owner}`,
    },
  }
}

export function idempotencyStore(session: Session, holder: KeyHolder): IdempotencyStore {
  const statements = statementsOf(holder)
  return {
    claim: (request, busyForMs) => claimKey(session, statements, request, busyForMs),
    async effectIn(tx, { callerId, key }) {
      const rows = await sessionOf(tx).rows<{ effect_id: string | null }>(statements.effectIn, [
        callerId,
        key,
      ])
      return rows[0]?.effect_id ?? null
    },
    async recordEffect(tx, { callerId, key }, effectId) {
      await sessionOf(tx).rows(statements.recordEffect, [callerId, key, effectId])
    },
    async finish({ callerId, key }: IdempotencyClaim, { httpStatus, body }: StoredReply) {
      await session.rows(statements.finish, [callerId, key, httpStatus, body])
    },
    async release({ callerId, key }) {
      await session.rows(statements.release, [callerId, key])
    },
    forgetOld: () => forgetOld(session, statements.forgetOld),
  }
}

interface LookRow {
  readonly http_status: number | null
  readonly body: string | null
  readonly is_same: boolean
}

async function claimKey(
  session: Session,
  { claim, look }: ReturnType<typeof statementsOf>,
  { bodyHash, callerId, key, route, target }: KeyRequest,
  busyForMs: number,
): Promise<ClaimResult> {
  const asked = [callerId, key, route, target, bodyHash]
  const [claimed] = await session.rows<{ effect_id: string | null }>(claim, [...asked, busyForMs])
  if (claimed !== undefined) return { kind: 'claimed', effectId: claimed.effect_id }
  const [known] = await session.rows<LookRow>(look, asked)
  // Forgotten between the two statements: whoever asks again has it.
  if (known === undefined) return { kind: 'busy' }
  if (!known.is_same) return { kind: 'mismatch' }
  const { body, http_status: httpStatus } = known
  if (httpStatus === null || body === null) return { kind: 'busy' }
  return { kind: 'replay', reply: { httpStatus, body } }
}

async function forgetOld(session: Session, statement: Statement): Promise<number> {
  let forgotten = 0
  for (;;) {
    const rows = await session.rows(statement, [FORGET_BATCH])
    forgotten += rows.length
    if (rows.length < FORGET_BATCH) return forgotten
  }
}
