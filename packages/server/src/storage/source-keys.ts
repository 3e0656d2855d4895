// What proves a source: tokens as hashes, webhook secrets sealed. Each change is one statement, so that
// there is never a moment without a living one.

import type { SourceKeys } from '../ports/source-store.ts'
import type { Session, Statement } from './session.ts'

/** Older ones end with the overlap, or when they would have anyway. One that is there already is kept. */
function rotation(name: string, table: string, column: string): Statement {
  return {
    name,
    text: `
    WITH done AS MATERIALIZED (
      SELECT FROM ${table} WHERE source_id = $1 AND ${column} = $2::bytea
    ),
    older AS (
      UPDATE ${table} SET expires_at
        = least(expires_at, centre_now() + $3::bigint * interval '1 millisecond')
      WHERE source_id = $1 AND NOT EXISTS (SELECT FROM done)
    )
    INSERT INTO ${table} (source_id, ${column}) SELECT $1, $2::bytea
    WHERE NOT EXISTS (SELECT FROM done)
    RETURNING source_id`,
  }
}

const ROTATE_TOKEN = rotation('source_token_rotate', 'source_tokens', 'token_hash')
const ROTATE_SECRET = rotation('source_secret_rotate', 'source_secrets', 'sealed')

const SECRETS: Statement = {
  name: 'source_secrets_living',
  text: `
    SELECT sealed FROM source_secrets
    WHERE source_id = $1 AND (expires_at IS NULL OR expires_at > centre_now())
    ORDER BY id DESC`,
}

const LIVES: Statement = {
  name: 'source_keys_living',
  text: `
    SELECT kind, created_at, expires_at FROM (
      SELECT 'token' AS kind, created_at, expires_at FROM source_tokens WHERE source_id = $1
      UNION ALL
      SELECT 'secret', created_at, expires_at FROM source_secrets WHERE source_id = $1
    ) AS keys
    WHERE expires_at IS NULL OR expires_at > centre_now()
    ORDER BY expires_at IS NULL DESC, created_at DESC`,
}

export async function livesOfKeys(session: Session, sourceId: number): Promise<SourceKeys> {
  interface LifeRow {
    readonly kind: 'token' | 'secret'
    readonly created_at: number
    readonly expires_at: number | null
  }
  const rows = await session.rows<LifeRow>(LIVES, [sourceId])
  const of = (kind: LifeRow['kind']) =>
    rows
      .filter((row) => row.kind === kind)
      .map((row) => ({ createdAtMs: row.created_at, endsAtMs: row.expires_at }))
  return { tokens: of('token'), secrets: of('secret') }
}

/** @returns whether it was done now. */
export async function rotateToken(
  session: Session,
  sourceId: number,
  tokenHash: Buffer,
  overlapMs: number,
): Promise<boolean> {
  return (await session.rows(ROTATE_TOKEN, [sourceId, tokenHash, overlapMs])).length > 0
}

/** @returns whether it was done now. */
export async function rotateSecret(
  session: Session,
  sourceId: number,
  sealed: Buffer,
  overlapMs: number,
): Promise<boolean> {
  return (await session.rows(ROTATE_SECRET, [sourceId, sealed, overlapMs])).length > 0
}

/** Deleted sources too: their webhooks run to their end (T5). The current one first. */
export async function sealedSecrets(session: Session, sourceId: number): Promise<Buffer[]> {
  const rows = await session.rows<{ sealed: Buffer }>(SECRETS, [sourceId])
  return rows.map(({ sealed }) => sealed)
}
