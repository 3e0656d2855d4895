// Creates a payment by one statement: its row, the first line of its history, and when they are asked
// for the rows that make it unique. The statement is the transaction, so nothing of it can be half done.
// Plain payments that are asked for at the same time share one statement and its commit; each is
// answered after it.

import { DatabaseUnavailable } from '../ports/database-unavailable.ts'
import type { CreatedPayment, CreateResult, NewPayment } from '../ports/payment-store.ts'
import { grouping } from './grouping.ts'
import type { Session, Statement } from './session.ts'

/**
 * `fresh` reads the clock once: the id's moment, the payment's and its history's are the same. Each of
 * the two additions has a statement of its own, because the plain one is the hottest of all and pays for
 * nothing that it does not use. With an external id the payment follows from having taken it; with a
 * key alone it follows from the key having brought about nothing yet, so that a call which outlived
 * its claim creates no second payment.
 */
function createStatement(name: string, hasExternalId: boolean, hasKey: boolean): Statement {
  const key = hasExternalId ? '$15' : '$14'
  const taken = `
    taken AS (
      INSERT INTO external_ids (source_id, external_id, payment_id)
      SELECT $1, $14, fresh.id FROM fresh
      ON CONFLICT DO NOTHING
      RETURNING payment_id
    ),`
  const keyed = `
    keyed AS (
      UPDATE idempotency_keys SET effect_id = fresh.id
      FROM fresh ${hasExternalId ? 'JOIN taken ON taken.payment_id = fresh.id' : ''}
      WHERE source_id = $1 AND key = ${key} AND effect_id IS NULL
      RETURNING effect_id
    ),`
  const from = hasExternalId ? 'fresh, taken' : hasKey ? 'fresh, keyed' : 'fresh'
  return {
    name,
    text: `
    WITH fresh AS MATERIALIZED (
      SELECT uuid7_at(clock.at) AS id, clock.at FROM (SELECT centre_now() AS at OFFSET 0) AS clock
    ),${hasExternalId ? taken : ''}${hasKey ? keyed : ''}
    payment AS (
      INSERT INTO payments (id, source_id, country_iso, currency, original_tiyn, tolerance_tiyn,
        description, customer_phone, customer_email, customer_name, preselected_method, webhook_url,
        metadata, external_id, created_at, expires_at, updated_at)
      SELECT fresh.id, $1::integer, $2::text, $3::text, $4::bigint, $5::bigint,
        $6::text, $7::text, $8::text, $9::text, $10::integer, $11::text,
        $12::json, ${hasExternalId ? '$14::text' : 'NULL'},
        fresh.at, fresh.at + $13::integer * interval '1 second', fresh.at
      FROM ${from}
      RETURNING id, created_at, expires_at
    ),
    history AS (
      INSERT INTO payment_history (id, payment_id, version, at, what, status_after)
      SELECT uuid7_at(created_at), id, 1, created_at, 'created', 'pending' FROM payment
    )
    SELECT id, created_at, expires_at FROM payment`,
  }
}

/** Many plain payments at once; `$1` is a list of them in JSON. */
const CREATE_MANY: Statement = {
  name: 'payment_create_many',
  text: `
    WITH clock AS MATERIALIZED (SELECT centre_now() AS at),
    fresh AS MATERIALIZED (
      SELECT uuid7_at(clock.at) AS id, clock.at,
        clock.at + asked.lifetime_seconds * interval '1 second' AS expires_at, asked.*
      FROM clock, ROWS FROM (json_to_recordset($1::json) AS (
        source_id integer, country_iso text, currency text, original_tiyn bigint,
        tolerance_tiyn bigint, description text, customer_phone text, customer_email text,
        customer_name text, preselected_method integer, webhook_url text, metadata json,
        lifetime_seconds integer
      )) WITH ORDINALITY AS asked(source_id, country_iso, currency, original_tiyn, tolerance_tiyn,
        description, customer_phone, customer_email, customer_name, preselected_method, webhook_url,
        metadata, lifetime_seconds, place)
    ),
    payment AS (
      INSERT INTO payments (id, source_id, country_iso, currency, original_tiyn, tolerance_tiyn,
        description, customer_phone, customer_email, customer_name, preselected_method, webhook_url,
        metadata, created_at, expires_at, updated_at)
      SELECT id, source_id, country_iso, currency, original_tiyn, tolerance_tiyn,
        description, customer_phone, customer_email, customer_name, preselected_method, webhook_url,
        metadata, at, expires_at, at
      FROM fresh
    ),
    history AS (
      INSERT INTO payment_history (id, payment_id, version, at, what, status_after)
      SELECT uuid7_at(at), id, 1, at, 'created', 'pending' FROM fresh
    )
    SELECT id, at AS created_at, expires_at FROM fresh ORDER BY place`,
}

export const CREATE = createStatement('payment_create', false, false)
const CREATE_EXTERNAL = createStatement('payment_create_external', true, false)
const CREATE_KEYED = createStatement('payment_create_keyed', false, true)
const CREATE_EXTERNAL_KEYED = createStatement('payment_create_external_keyed', true, true)

const EFFECT_OF_KEY: Statement = {
  name: 'payment_effect_of_key',
  text: `
    SELECT p.id, p.created_at, p.expires_at
    FROM idempotency_keys k JOIN payments p ON p.id = k.effect_id
    WHERE k.source_id = $1 AND k.key = $2`,
}

interface CreatedRow {
  readonly id: string
  readonly created_at: number
  readonly expires_at: number
}

/** More in one would save nothing: beside so many rows a commit costs next to nothing. */
const GROUP = { groups: 2, items: 64 }

/** The database refused a group for one of its payments; none of them was created. */
class GroupRefused extends Error {
  override readonly name = 'GroupRefused'
}

/**
 * Creates payments outside of transactions. Plain ones wait for nobody's row, so they go over `lanes`, in groups;
 * the others go over `session`.
 */
export function paymentCreation(
  session: Session,
  lanes: Session,
): (payment: NewPayment) => Promise<CreateResult> {
  const createTogether = grouping(
    (payments: readonly NewPayment[]) => createMany(lanes, payments),
    GROUP,
  )
  return async (payment) => {
    if (statementFor(payment) !== CREATE) return createPayment(session, payment)
    try {
      return await createTogether(payment)
    } catch (error) {
      if (error instanceof GroupRefused) return createPayment(lanes, payment)
      throw error
    }
  }
}

async function createMany(
  lanes: Session,
  payments: readonly NewPayment[],
): Promise<CreateResult[]> {
  const [first] = payments
  if (first !== undefined && payments.length === 1) return [await createPayment(lanes, first)]
  try {
    const rows = await lanes.rows<CreatedRow>(CREATE_MANY, [JSON.stringify(payments.map(askedOf))])
    return rows.map((row) => ({ kind: 'created', payment: createdPaymentOf(row) }))
  } catch (error) {
    // A lost answer may mean done, so it must not be asked for again, alone or together.
    if (error instanceof DatabaseUnavailable) throw error
    throw new GroupRefused('Группа платежей не создана', { cause: error })
  }
}

export async function createPayment(session: Session, payment: NewPayment): Promise<CreateResult> {
  const [created] = await session.rows<CreatedRow>(statementFor(payment), valuesOf(payment))
  if (created !== undefined) return { kind: 'created', payment: createdPaymentOf(created) }
  // Nothing was created. If this very key has brought about a payment, that is the one.
  const { idempotency } = payment
  if (idempotency !== null) {
    const { callerId, key } = idempotency
    const [effect] = await session.rows<CreatedRow>(EFFECT_OF_KEY, [callerId, key])
    if (effect !== undefined) return { kind: 'created', payment: createdPaymentOf(effect) }
    if (payment.externalId === null) throw new Error('Ключ идемпотентности не занят этим вызовом')
  }
  return { kind: 'external_id_taken' }
}

function statementFor({ externalId, idempotency }: NewPayment): Statement {
  if (externalId === null) return idempotency === null ? CREATE : CREATE_KEYED
  return idempotency === null ? CREATE_EXTERNAL : CREATE_EXTERNAL_KEYED
}

function valuesOf(payment: NewPayment): unknown[] {
  const { externalId, idempotency } = payment
  return [
    payment.sourceId,
    payment.countryIso,
    payment.currency,
    payment.originalTiyn,
    payment.toleranceTiyn,
    payment.description,
    payment.customerPhone,
    payment.customerEmail,
    payment.customerName,
    payment.preselectedMethod,
    payment.webhookUrl,
    JSON.stringify(payment.metadata),
    payment.lifetimeSeconds,
    ...(externalId === null ? [] : [externalId]),
    ...(idempotency === null ? [] : [idempotency.key]),
  ]
}

/** A line of `CREATE_MANY`'s list. */
function askedOf(payment: NewPayment) {
  return {
    source_id: payment.sourceId,
    country_iso: payment.countryIso,
    currency: payment.currency,
    original_tiyn: String(payment.originalTiyn),
    tolerance_tiyn: String(payment.toleranceTiyn),
    description: payment.description,
    customer_phone: payment.customerPhone,
    customer_email: payment.customerEmail,
    customer_name: payment.customerName,
    preselected_method: payment.preselectedMethod,
    webhook_url: payment.webhookUrl,
    metadata: payment.metadata,
    lifetime_seconds: payment.lifetimeSeconds,
  }
}

function createdPaymentOf(row: CreatedRow): CreatedPayment {
  return { id: row.id, createdAtMs: row.created_at, expiresAtMs: row.expires_at }
}
