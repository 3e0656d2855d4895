// Clients' idempotency keys (T9). Of any number of calls with one key one is at work at a time; a call
// that died is followed when its time has run out.

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

/**
 * A new key, or one whose call is gone, in one statement; two calls meet on the row. Nothing comes back
 * when there is an answer, another request, or a call at work.
 */
const CLAIM: Statement = {
  name: 'idempotency_key_claim',
  text: `
    INSERT INTO idempotency_keys AS k (source_id, key, route, target, body_hash, busy_until,
      created_at)
    VALUES ($1, $2, $3, $4, $5, centre_now() + $6::integer * interval '1 millisecond', centre_now())
    ON CONFLICT (source_id, key) DO UPDATE SET busy_until = EXCLUDED.busy_until
    WHERE k.route = EXCLUDED.route AND k.target IS NOT DISTINCT FROM EXCLUDED.target
      AND k.body_hash = EXCLUDED.body_hash
      AND k.http_status IS NULL AND k.busy_until <= centre_now()
    RETURNING effect_id`,
}

const LOOK: Statement = {
  name: 'idempotency_key_look',
  text: `
    SELECT http_status, body,
      route = $3 AND target IS NOT DISTINCT FROM $4::uuid AND body_hash = $5 AS is_same
    FROM idempotency_keys WHERE source_id = $1 AND key = $2`,
}

const RECORD_EFFECT: Statement = {
  name: 'idempotency_key_record_effect',
  text: 'UPDATE idempotency_keys SET effect_id = $3 WHERE source_id = $1 AND key = $2',
}

/** The first answer stays: a replay is the same byte for byte. */
const FINISH: Statement = {
  name: 'idempotency_key_finish',
  text: `
    UPDATE idempotency_keys SET http_status = $3, body = $4, busy_until = centre_now()
    WHERE source_id = $1 AND key = $2 AND http_status IS NULL`,
}

const RELEASE: Statement = {
  name: 'idempotency_key_release',
  text: `
    UPDATE idempotency_keys SET busy_until = centre_now()
    WHERE source_id = $1 AND key = $2 AND http_status IS NULL`,
}

const FORGET_OLD: Statement = {
  name: 'idempotency_keys_forget_old',
  text: `
    DELETE FROM idempotency_keys WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM idempotency_keys
      WHERE created_at < (SELECT centre_now()) - interval '24 hours'
        AND busy_until <= (SELECT centre_now())
      LIMIT $1))
    RETURNING source_id`,
}

export function idempotencyStore(session: Session): IdempotencyStore {
  return {
    claim: (request, busyForMs) => claimKey(session, request, busyForMs),
    async recordEffect(tx, { sourceId, key }, effectId) {
      await sessionOf(tx).rows(RECORD_EFFECT, [sourceId, key, effectId])
    },
    async finish({ sourceId, key }: IdempotencyClaim, { httpStatus, body }: StoredReply) {
      await session.rows(FINISH, [sourceId, key, httpStatus, body])
    },
    async release({ sourceId, key }) {
      await session.rows(RELEASE, [sourceId, key])
    },
    forgetOld: () => forgetOld(session),
  }
}

interface LookRow {
  readonly http_status: number | null
  readonly body: string | null
  readonly is_same: boolean
}

async function claimKey(
  session: Session,
  { bodyHash, key, route, sourceId, target }: KeyRequest,
  busyForMs: number,
): Promise<ClaimResult> {
  const asked = [sourceId, key, route, target, bodyHash]
  const [claimed] = await session.rows<{ effect_id: string | null }>(CLAIM, [...asked, busyForMs])
  if (claimed !== undefined) return { kind: 'claimed', effectId: claimed.effect_id }
  const [known] = await session.rows<LookRow>(LOOK, asked)
  // Forgotten between the two statements: whoever asks again has it.
  if (known === undefined) return { kind: 'busy' }
  if (!known.is_same) return { kind: 'mismatch' }
  const { body, http_status: httpStatus } = known
  if (httpStatus === null || body === null) return { kind: 'busy' }
  return { kind: 'replay', reply: { httpStatus, body } }
}

async function forgetOld(session: Session): Promise<number> {
  let forgotten = 0
  for (;;) {
    const rows = await session.rows(FORGET_OLD, [FORGET_BATCH])
    forgotten += rows.length
    if (rows.length < FORGET_BATCH) return forgotten
  }
}
