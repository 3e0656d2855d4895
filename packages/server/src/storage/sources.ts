// Sources as staff see and change them. A deleted one is found by nothing here; what its payments still
// need of it is read with them.

import type { Scope } from '@byfly-pay/core'
import type { Page, SourceRecord, SourceStore, SourceTerms } from '../ports/source-store.ts'
import { query, rowsOf } from './query-builder.ts'
import { sourcesIn } from './scope.ts'
import { type Session, type Statement, sessionOf } from './session.ts'
import { livesOfKeys, rotateSecret, rotateToken } from './source-keys.ts'
import type { SourcesTable } from './tables.ts'

const TERMS = `name, type, description, country_iso, is_active, amount_unit, ceiling_tiyn,
  tolerance_tiyn, lifetime_seconds, add_commission_to_amount, overpaid_policy, default_webhook_url,
  webhook_events, daily_limit_tiyn, phone_hourly_limit, open_attempts_limit, allowed_ips,
  refunds_allowed, refund_commission, refund_approval_above_tiyn`

/** One statement, so that a source is never without what proves it. */
const ADD: Statement = {
  name: 'source_add',
  text: `
    WITH source AS (
      INSERT INTO sources (${TERMS})
      VALUES ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
        $22)
      RETURNING id
    ),
    token AS (
      INSERT INTO source_tokens (token_hash, source_id) SELECT $1::bytea, id FROM source
    ),
    secret AS (
      INSERT INTO source_secrets (source_id, sealed) SELECT id, $2::bytea FROM source
    )
    SELECT id FROM source`,
}

const OF_TOKEN: Statement = {
  name: 'source_of_token',
  text: 'SELECT source_id FROM source_tokens WHERE token_hash = $1',
}

const SAVE: Statement = {
  name: 'source_save',
  text: `
    UPDATE sources SET (${TERMS})
      = ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
    WHERE id = $1`,
}

const REMOVE: Statement = {
  name: 'source_remove',
  text: 'UPDATE sources SET deleted_at = centre_now() WHERE id = $1',
}

/** Those of archived months are known to the figures alone. */
const HAS_PAYMENT: Statement = {
  name: 'source_has_payment',
  text: `
    SELECT EXISTS (SELECT FROM payments WHERE source_id = $1)
      OR EXISTS (SELECT FROM figure_sums WHERE source_id = $1) AS yes`,
}

const KNOWN: Statement = {
  name: 'sources_known',
  text: 'SELECT id FROM sources WHERE id = ANY($1) AND deleted_at IS NULL',
}

export function sourceStore(session: Session): SourceStore {
  return {
    list: (scope, page) => listSources(session, scope, page),
    async find(scope, id) {
      const [row] = await rowsOf(session, sourceIn(scope, id))
      return row === undefined ? null : recordOf(row)
    },
    async lock(tx, scope, id) {
      const [row] = await rowsOf(sessionOf(tx), sourceIn(scope, id).forUpdate())
      return row === undefined ? null : recordOf(row)
    },
    async known(ids) {
      return (await session.rows<{ id: number }>(KNOWN, [ids])).map(({ id }) => id)
    },
    async add(tx, terms, tokenHash, sealedSecret) {
      const values = [tokenHash, sealedSecret, ...valuesOf(terms)]
      const [row] = await sessionOf(tx).rows<{ id: number }>(ADD, values)
      if (row === undefined) throw new Error('Источник не записался')
      return row.id
    },
    async ofToken(tx, tokenHash) {
      const [row] = await sessionOf(tx).rows<{ source_id: number }>(OF_TOKEN, [tokenHash])
      return row?.source_id ?? null
    },
    keys: (id) => livesOfKeys(session, id),
    async save(tx, id, terms) {
      await sessionOf(tx).rows(SAVE, [id, ...valuesOf(terms)])
    },
    async remove(tx, id) {
      await sessionOf(tx).rows(REMOVE, [id])
    },
    async hasPayment(tx, id) {
      const [row] = await sessionOf(tx).rows<{ yes: boolean }>(HAS_PAYMENT, [id])
      return row?.yes === true
    },
    rotateToken: (tx, id, hash, overlapMs) => rotateToken(sessionOf(tx), id, hash, overlapMs),
    rotateSecret: (tx, id, sealed, overlapMs) => rotateSecret(sessionOf(tx), id, sealed, overlapMs),
  }
}

async function listSources(
  session: Session,
  scope: Scope,
  { afterId, limit }: Page,
): Promise<SourceRecord[]> {
  const page = sourcesOf(scope).where('s.id', '>', afterId).orderBy('s.id').limit(limit)
  return (await rowsOf(session, page)).map(recordOf)
}

function sourceIn(scope: Scope, id: number) {
  return sourcesOf(scope).where('s.id', '=', id)
}

function sourcesOf(scope: Scope) {
  return query
    .selectFrom('sources as s')
    .selectAll('s')
    .where('s.deleted_at', 'is', null)
    .where(sourcesIn(scope))
}

function recordOf(row: SourcesTable): SourceRecord {
  return {
    id: row.id,
    name: row.name,
    type: row.type,
    description: row.description,
    countryIso: row.country_iso,
    isActive: row.is_active,
    amountUnit: row.amount_unit,
    ceilingTiyn: row.ceiling_tiyn,
    toleranceTiyn: row.tolerance_tiyn,
    lifetimeSeconds: row.lifetime_seconds,
    addCommissionToAmount: row.add_commission_to_amount,
    overpaidPolicy: row.overpaid_policy,
    defaultWebhookUrl: row.default_webhook_url,
    webhookEvents: row.webhook_events,
    dailyLimitTiyn: row.daily_limit_tiyn,
    phoneHourlyLimit: row.phone_hourly_limit,
    openAttemptsLimit: row.open_attempts_limit,
    allowedIps: row.allowed_ips,
    refundsAllowed: row.refunds_allowed,
    refundCommission: row.refund_commission,
    refundApprovalAboveTiyn: row.refund_approval_above_tiyn,
    createdAtMs: row.created_at,
  }
}

/** In the order of `TERMS`. */
function valuesOf(terms: SourceTerms): unknown[] {
  return [
    terms.name,
    terms.type,
    terms.description,
    terms.countryIso,
    terms.isActive,
    terms.amountUnit,
    terms.ceilingTiyn,
    terms.toleranceTiyn,
    terms.lifetimeSeconds,
    terms.addCommissionToAmount,
    terms.overpaidPolicy,
    terms.defaultWebhookUrl,
    terms.webhookEvents,
    terms.dailyLimitTiyn,
    terms.phoneHourlyLimit,
    terms.openAttemptsLimit,
    terms.allowedIps,
    terms.refundsAllowed,
    terms.refundCommission,
    terms.refundApprovalAboveTiyn,
  ]
}
