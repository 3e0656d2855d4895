// A source and what proves it: tokens as hashes, webhook secrets sealed. Each change is one statement,
// so that there is never a moment without a living one.

import type { NewSource } from '../ports/account-store.ts'
import type { Session, Statement } from './session.ts'

const ADD: Statement = {
  name: 'source_add',
  text: `
    WITH source AS (
      INSERT INTO sources (name, type, description, amount_unit, default_webhook_url,
        webhook_events)
      VALUES ($1, $2, $3, $4, $5, $6::text[])
      RETURNING id
    ),
    token AS (
      INSERT INTO source_tokens (token_hash, source_id) SELECT $7::bytea, id FROM source
    ),
    secret AS (
      INSERT INTO source_secrets (source_id, sealed) SELECT id, $8::bytea FROM source
    )
    SELECT id FROM source`,
}

/** Older ones end with the overlap, or when they would have anyway. */
function rotation(name: string, table: string, column: string): Statement {
  return {
    name,
    text: `
    WITH source AS MATERIALIZED (
      SELECT id, centre_now() + $3::bigint * interval '1 millisecond' AS ends
      FROM sources WHERE id = $1 AND deleted_at IS NULL
    ),
    older AS (
      UPDATE ${table} k SET expires_at = least(k.expires_at, source.ends)
      FROM source WHERE k.source_id = source.id
    )
    INSERT INTO ${table} (source_id, ${column}) SELECT id, $2::bytea FROM source
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

export async function addSource(session: Session, source: NewSource): Promise<number> {
  const [row] = await session.rows<{ id: number }>(ADD, [
    source.name,
    source.type,
    source.description,
    source.amountUnit,
    source.defaultWebhookUrl,
    source.webhookEvents,
    source.tokenHash,
    source.sealedSecret,
  ])
  if (row === undefined) throw new Error('Источник не записался')
  return row.id
}

/** @returns false when there is no such source. */
export async function rotateToken(
  session: Session,
  sourceId: number,
  tokenHash: Buffer,
  overlapMs: number,
): Promise<boolean> {
  return (await session.rows(ROTATE_TOKEN, [sourceId, tokenHash, overlapMs])).length > 0
}

/** @returns false when there is no such source. */
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
