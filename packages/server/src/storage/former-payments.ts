// Writes payments of an earlier centre: rows of the same tables as everybody's, in the months that they are of,
// and no delivery. The figures' own triggers count them. Whatever says that one of them is here already keeps it
// out alone; everything else of the batch is written.

import { utcTime } from '@byfly-pay/core'
import type { BatchRefusal, NewFormerPayment } from '../ports/import-store.ts'
import type { Session, Statement } from './session.ts'

/** Ids whose time is their own month's. */
const IDS: Statement = {
  name: 'former_payment_ids',
  text: `
    SELECT uuid7_at(p.created_at) AS id,
      CASE WHEN p.captured_at IS NOT NULL THEN uuid7_at(p.captured_at) END AS attempt_id
    FROM ROWS FROM (json_to_recordset($1) AS (created_at timestamptz, captured_at timestamptz))
      WITH ORDINALITY AS p (created_at, captured_at, place)
    ORDER BY place`,
}

const TAKE_EXTERNAL_IDS: Statement = {
  name: 'former_external_ids',
  text: `
    INSERT INTO external_ids (source_id, external_id, payment_id)
    SELECT source_id, external_id, id
    FROM json_to_recordset($1) AS p (source_id integer, external_id text, id uuid)
    WHERE external_id IS NOT NULL
    ON CONFLICT DO NOTHING
    RETURNING payment_id AS id`,
}

const GIVE_EXTERNAL_IDS_BACK: Statement = {
  name: 'former_external_ids_back',
  text: 'DELETE FROM external_ids WHERE payment_id = ANY ($1::uuid[])',
}

/** Money is on the device that took it, and there once (I8). */
const ADD_CAPTURES: Statement = {
  name: 'former_captures',
  text: `
    INSERT INTO captures (attempt_id, payment_id, source_id, terminal_id, device, kind,
      provider_transaction_id, gross_tiyn, credit_tiyn, overpaid_tiyn, used_method, product_word,
      rate_bp, late, at)
    SELECT p.attempt_id, p.id, p.source_id, p.terminal_id,
      coalesce(t.serial, 't' || t.id) || '#' || t.registration, 'qr', p.provider_transaction_id,
      p.paid_tiyn, p.credited_tiyn, p.overpaid_tiyn, p.method, p.method, p.rate_bp, false,
      p.captured_at
    FROM json_to_recordset($1) AS p (id uuid, attempt_id uuid, source_id integer,
      terminal_id integer, provider_transaction_id text, paid_tiyn bigint, credited_tiyn bigint,
      overpaid_tiyn bigint, method text, rate_bp integer, captured_at timestamptz)
    JOIN terminals t ON t.id = p.terminal_id
    WHERE p.attempt_id IS NOT NULL
    ON CONFLICT ON CONSTRAINT captures_money_once DO NOTHING
    RETURNING payment_id AS id`,
}

/** What is partly paid has moved just now: staff get the usual time before it is put before them (S2). */
const ADD_PAYMENTS: Statement = {
  name: 'former_payments',
  text: `
    WITH given AS MATERIALIZED (
      SELECT * FROM json_to_recordset($1) AS p (id uuid, attempt_id uuid, former_id text,
        source_id integer, country_iso text, currency text, original_tiyn bigint,
        tolerance_tiyn bigint, status text, cancel_reason text, failure_reason text,
        description text, customer_phone text, customer_email text, customer_name text,
        preselected_method integer, webhook_url text, metadata json, external_id text, method text,
        mode text, rate_bp integer, step_tiyn bigint, paid_tiyn bigint, credited_tiyn bigint,
        overpaid_tiyn bigint, forgiven_tiyn bigint, paid_at timestamptz, told text,
        created_at timestamptz, expires_at timestamptz, updated_at timestamptz, terminal_id integer)
    ),
    noted AS (
      INSERT INTO former_ids (payment_id, former_id, import, source_id, status, attempt_id)
      SELECT id, former_id, $2, source_id, status, attempt_id FROM given
    ),
    history AS (
      INSERT INTO payment_history (id, payment_id, version, attempt_id, at, what, status_after, facts)
      SELECT new_id(), id, 1, attempt_id, centre_now(), 'brought_over', status,
        jsonb_build_object('former_id', former_id)
      FROM given
    )
    INSERT INTO payments (id, source_id, country_iso, currency, original_tiyn, tolerance_tiyn, status,
      cancel_reason, failure_reason, description, customer_phone, customer_email, customer_name,
      preselected_method, webhook_url, metadata, external_id, chosen_method, chosen_mode,
      chosen_rate_bp, chosen_step_tiyn, paid_tiyn, credited_tiyn, overpaid_tiyn, forgiven_tiyn,
      paid_at, told, created_at, expires_at, updated_at, terminal_id, used_method)
    SELECT id, source_id, country_iso, currency, original_tiyn, tolerance_tiyn, status,
      cancel_reason, failure_reason, description, customer_phone, customer_email, customer_name,
      preselected_method, webhook_url, metadata, external_id, method, mode, rate_bp, step_tiyn,
      paid_tiyn, credited_tiyn, overpaid_tiyn, forgiven_tiyn, paid_at, told, created_at, expires_at,
      CASE status WHEN 'partially_paid' THEN centre_now() ELSE updated_at END,
      CASE WHEN attempt_id IS NOT NULL THEN terminal_id END,
      CASE WHEN attempt_id IS NOT NULL THEN method END
    FROM given`,
}

const ADD_ATTEMPTS: Statement = {
  name: 'former_attempts',
  text: `
    INSERT INTO attempts (id, payment_id, terminal_id, device, presence, state, method, mode, rate_bp,
      step_tiyn, charge_tiyn, original_tiyn, rates, holds_terminal, created_at, updated_at, ended_at)
    SELECT p.attempt_id, p.id, p.terminal_id, c.device, 'remote', 'succeeded', p.method, p.mode,
      p.rate_bp, p.step_tiyn, p.paid_tiyn, p.credited_tiyn, jsonb_build_object(p.method, p.rate_bp),
      false, p.captured_at, p.captured_at, p.captured_at
    FROM json_to_recordset($1) AS p (id uuid, attempt_id uuid, terminal_id integer, method text,
      mode text, rate_bp integer, step_tiyn bigint, paid_tiyn bigint, credited_tiyn bigint,
      captured_at timestamptz)
    JOIN captures c ON c.attempt_id = p.attempt_id`,
}

/** All sets by one statement, which the trigger checks: each adds up to zero. */
const ADD_POSTINGS: Statement = {
  name: 'former_postings',
  text: `
    WITH sets AS MATERIALIZED (
      SELECT new_id() AS set_id, s.*
      FROM json_to_recordset($1) AS s (payment_id uuid, attempt_id uuid, kind text, at timestamptz,
        postings json)
    )
    INSERT INTO postings (id, set_id, set_kind, payment_id, attempt_id, account, tiyn, at)
    SELECT uuid7_at(sets.at), sets.set_id, sets.kind, sets.payment_id, sets.attempt_id,
      posting.account, posting.tiyn, sets.at
    FROM sets
    CROSS JOIN LATERAL json_to_recordset(sets.postings) AS posting (account text, tiyn bigint)`,
}

export async function addFormerPayments(
  session: Session,
  name: string,
  payments: readonly NewFormerPayment[],
): Promise<ReadonlyMap<string, BatchRefusal>> {
  const ids = await session.rows<Ids>(IDS, [toJson(payments.map(momentsOf))])
  let lines = payments.map((payment, place) => lineOf(payment, ids[place]))
  const refused = new Map<string, BatchRefusal>()
  /** Leaves those that a statement took, and the ones that it was not about. */
  const keep = async (
    statement: Statement,
    isAsked: (line: Line) => boolean,
    why: BatchRefusal,
  ) => {
    const taken = await session.rows<{ id: string }>(statement, [toJson(lines)])
    const ours = new Set(taken.map(({ id }) => id))
    const out = lines.filter((line) => isAsked(line) && !ours.has(line.id))
    for (const line of out) refused.set(line.former_id, why)
    lines = lines.filter((line) => !out.includes(line))
    return out.map(({ id }) => id)
  }
  await keep(TAKE_EXTERNAL_IDS, (line) => line.external_id !== null, 'external_id_taken')
  const isPaid = (line: Line) => line.attempt_id !== null
  const back = await keep(ADD_CAPTURES, isPaid, 'money_booked_already')
  if (back.length > 0) await session.rows(GIVE_EXTERNAL_IDS_BACK, [back])
  if (lines.length === 0) return refused
  await session.rows(ADD_PAYMENTS, [toJson(lines), name])
  const paid = lines.filter(isPaid)
  if (paid.length === 0) return refused
  await session.rows(ADD_ATTEMPTS, [toJson(paid)])
  await session.rows(ADD_POSTINGS, [toJson(paid.flatMap((line) => line.sets))])
  return refused
}

interface Ids {
  readonly id: string
  readonly attempt_id: string | null
}

type Line = ReturnType<typeof lineOf>

function momentsOf({ booked, createdAtMs }: NewFormerPayment) {
  const { capture } = booked
  return {
    created_at: utcTime(createdAtMs),
    captured_at: capture === null ? null : utcTime(capture.atMs),
  }
}

function lineOf(payment: NewFormerPayment, ids: Ids | undefined) {
  if (ids === undefined) throw new Error('Номеров меньше, чем платежей')
  const { booked, chosen } = payment
  const { capture, status } = booked
  const moments = momentsOf(payment)
  return {
    ...ids,
    ...moments,
    former_id: payment.formerId,
    source_id: payment.sourceId,
    country_iso: payment.countryIso,
    currency: payment.currency,
    original_tiyn: payment.originalTiyn,
    tolerance_tiyn: payment.toleranceTiyn,
    status,
    cancel_reason: booked.cancelReason,
    // The earlier books know no finer word for it.
    failure_reason: status === 'failed' ? 'declined' : null,
    description: payment.description,
    customer_phone: payment.customerPhone,
    customer_email: payment.customerEmail,
    customer_name: payment.customerName,
    preselected_method: payment.preselectedMethod,
    webhook_url: payment.webhookUrl,
    metadata: payment.metadata,
    external_id: payment.externalId,
    method: chosen?.method ?? null,
    mode: chosen?.mode ?? null,
    rate_bp: chosen?.rateBp ?? null,
    step_tiyn: chosen?.stepTiyn ?? null,
    paid_tiyn: capture === null ? 0n : payment.paidTiyn,
    credited_tiyn: capture?.creditTiyn ?? 0n,
    overpaid_tiyn: capture?.overpaidTiyn ?? 0n,
    forgiven_tiyn: capture?.forgivenTiyn ?? 0n,
    paid_at: status === 'paid' ? moments.captured_at : null,
    // The earlier centre has told its source so.
    told: status === 'pending' ? null : status,
    expires_at: utcTime(payment.expiresAtMs),
    updated_at: utcTime(payment.updatedAtMs),
    terminal_id: payment.terminalId,
    provider_transaction_id: payment.providerTransactionId,
    sets: (capture?.sets ?? []).map((set) => ({
      payment_id: ids.id,
      attempt_id: ids.attempt_id,
      kind: set.kind,
      at: moments.captured_at,
      postings: set.postings,
    })),
  }
}

/** JSON has no integers of this width: a sum goes as text, which the database reads exactly. */
function toJson(value: unknown): string {
  return JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? String(part) : part))
}
