// The rows that calls of the administration are about: there before each call, as it needs them.

import type { TestCentre } from '../support/centre.ts'
import { addStaff, sessionFor, type TestStaff } from '../support/staff.ts'
import {
  attemptColumns,
  deliveryColumns,
  insertRow,
  newId,
  paymentColumns,
} from './payment-rows.ts'

/** What the calls are about: everything in KZ, of kaspi, of one source. */
export interface World {
  readonly centre: TestCentre
  readonly sourceId: number
  readonly terminalId: number
  readonly methodId: number
  /** Another number each time. */
  next(): number
}

export function openWorld(centre: TestCentre, terminalId: number): World {
  let last = 0
  const next = () => {
    last += 1
    return last
  }
  return { centre, sourceId: centre.source.id, terminalId, methodId: 1, next }
}

export const source = async ({ sourceId }: World) => [sourceId]
export const terminal = async ({ terminalId }: World) => [terminalId]
export const method = async ({ methodId }: World) => [methodId]

export const freshSource = async ({ centre }: World) => [(await centre.addSource()).id]
export const freshAdmin = async ({ centre }: World) => [(await addStaff(centre, 'cashier')).id]
export const caller = async (_world: World, { id }: TestStaff) => [id]

export async function freshRecipient({ centre, next }: World) {
  const [{ id }] = await centre.sql(
    `INSERT INTO alert_recipients (channel, chat_id) VALUES ('telegram', $1) RETURNING id`,
    [`-${next()}`],
  )
  return [id]
}

export async function ownView({ centre, next }: World, caller: TestStaff) {
  const [{ id }] = await centre.sql(
    `INSERT INTO saved_views (admin_id, name, filters) VALUES ($1, $2, '{}') RETURNING id`,
    [caller.id, `Мой ${next()}`],
  )
  return [id]
}

export async function freshTerminal({ centre, next }: World) {
  const [{ id }] = await centre.sql(
    `INSERT INTO terminals (name, ip_address, scheme, host, port, is_active)
     VALUES ($1, '127.0.0.1', 'http', '127.0.0.1', 9, false) RETURNING id`,
    [`Терминал ${next()}`],
  )
  return [id]
}

/** With a picture of nobody's payment. */
export async function filmedTerminal({ centre, terminalId }: World) {
  await centre.sql(
    `INSERT INTO camera_frames (terminal_id, outcome, looked_at, facts, picture, seen_at)
     VALUES ($1, 'nothing', now(), '{}', '\\xffd8', now())
     ON CONFLICT (terminal_id) DO UPDATE SET payment_id = NULL, facts = EXCLUDED.facts,
       picture = EXCLUDED.picture, seen_at = EXCLUDED.seen_at`,
    [terminalId],
  )
  return [terminalId]
}

export function terminalWith(change: string) {
  return async ({ centre, terminalId }: World) => {
    await centre.sql(`UPDATE terminals SET ${change} WHERE id = $1`, [terminalId])
    return [terminalId]
  }
}

/** Taken by Gold, 1 000 ₸ without a commission. */
export async function paidPayment({ centre, sourceId, terminalId }: World) {
  const [{ id }] = await centre.sql(
    `WITH payment AS (
       INSERT INTO payments (id, source_id, country_iso, currency, original_tiyn, tolerance_tiyn,
         status, chosen_method, chosen_mode, chosen_rate_bp, chosen_step_tiyn, paid_tiyn,
         credited_tiyn, paid_at, sequence, told, created_at, expires_at, updated_at, terminal_id)
       VALUES (new_id(), $1, 'KZ', 'KZT', 100000, 100, 'paid', 'kaspi_gold', 'none', 0, 100, 100000,
         100000, centre_now(), 1, 'paid', centre_now(), centre_now(), centre_now(), $2) RETURNING id
     ), attempt AS (
       INSERT INTO attempts (id, payment_id, terminal_id, device, presence, state, method, mode,
         rate_bp, step_tiyn, charge_tiyn, original_tiyn, rates, created_at, updated_at, ended_at)
       SELECT new_id(), id, $2, 'd', 'remote', 'succeeded', 'kaspi_gold', 'none', 0, 100, 100000,
         100000, '{}', centre_now(), centre_now(), centre_now() FROM payment RETURNING id, payment_id
     ), capture AS (
       INSERT INTO captures (attempt_id, payment_id, source_id, terminal_id, device, kind, gross_tiyn,
         credit_tiyn, overpaid_tiyn, used_method, product_word, rate_bp, late, at)
       SELECT id, payment_id, $1, $2, 'd', 'qr', 100000, 100000, 0, 'kaspi_gold', 'Gold', 0, false,
         centre_now() FROM attempt
     ) SELECT id FROM payment`,
    [sourceId, terminalId],
  )
  return [id.replaceAll('-', '')]
}

/** A refund of such a payment, asked for by nobody who calls. */
export function refund(state: string) {
  return async (world: World) => {
    const [paymentId] = await paidPayment(world)
    const [{ id }] = await world.centre.sql(
      `INSERT INTO refunds (id, payment_id, attempt_id, amount_tiyn, credit_tiyn, overpaid_tiyn,
         bearer, why, requested_by, requested_by_name, state, reason, terminal_id, stop_requested,
         holds_terminal, tries, created_at, updated_at)
       SELECT new_id(), payment_id, attempt_id, 100000, 100000, 0, 'source', 'other', 'source:1',
         'Сайт', $2, CASE WHEN $2 = 'held' THEN 'start_lost' END, terminal_id, false, true, 0, centre_now(),
         centre_now() FROM captures WHERE payment_id = $1::uuid RETURNING id`,
      [paymentId, state],
    )
    return [id.replaceAll('-', '')]
  }
}

/** In place of the one before: a method has 20 coming rates at most. */
export async function comingRate({ centre, methodId }: World) {
  await centre.sql('DELETE FROM method_rates WHERE valid_from > now()')
  const [{ id }] = await centre.sql(
    `INSERT INTO method_rates (method_id, valid_from, rate_bp)
     VALUES ($1, now() + interval '1 day', 200) RETURNING id`,
    [methodId],
  )
  return [methodId, id]
}

const COUNTRY = { iso: 'QQ', name: 'Новая страна', dial_code: '+1' }

export async function noCountry({ centre }: World) {
  await centre.sql('DELETE FROM countries WHERE iso = $1', [COUNTRY.iso])
  return COUNTRY
}

export async function freshCountry(world: World) {
  await noCountry(world)
  await world.centre.sql('INSERT INTO countries VALUES ($1, $2, $3)', Object.values(COUNTRY))
  return [COUNTRY.iso]
}

/** An entry of the books' desk about the terminal of the calls. */
export async function freshEntry({ centre, terminalId }: World) {
  const [{ id }] = await centre.sql(
    `INSERT INTO tasks (kind, terminal_id, opened_at) VALUES ('sum_differs', $1, now()) RETURNING id`,
    [terminalId],
  )
  return [id]
}

/** A statement of KZ and kaspi with one operation. */
export async function freshStatement({ centre, next }: World) {
  const [{ id }] = await centre.sql(
    `WITH r AS (
       INSERT INTO statements (payment_system, country_iso, file_hash, from_at, to_at, operations,
         repeated, uploaded_by, uploaded_at)
       VALUES ('kaspi', 'KZ', sha256($1::text::bytea), now(), now(), 1, 0, 'x', now()) RETURNING id
     )
     INSERT INTO bank_operations (statement_id, payment_system, country_iso, key, move, from_at, to_at,
       tiyn)
     SELECT id, 'kaspi', 'KZ', $1, 'sale', now(), now(), 100 FROM r RETURNING statement_id AS id`,
    [`statement ${next()}`],
  )
  return [id]
}

/** At a port where nobody listens. */
export async function freshConnection({ centre }: World) {
  const { qrConnections } = centre.running.centre.storage
  const id = await centre.running.centre.storage.transaction((tx) =>
    qrConnections.add(tx, {
      name: 'Банк',
      countryIso: 'KZ',
      address: '127.0.0.1:1',
      scheme: 'https',
      host: '127.0.0.1',
      port: 1,
      tls: 'strict',
      isActive: false,
      bankScheme: 'r1',
      form: 'qr',
      apiKey: 'ключ',
      certificateFile: null,
      keyFile: null,
      passphrase: null,
      organizationBin: null,
      tradePointId: '7001',
    }),
  )
  return [id]
}

export async function freshSystem({ centre, next }: World) {
  const code = `system_${next()}`
  await centre.sql('INSERT INTO payment_systems VALUES ($1, $1, $2, 1)', [code, 'KZT'])
  return [code]
}

export async function someoneWithSession(world: World) {
  const [id = 0] = await freshAdmin(world)
  return [id, (await sessionFor(world.centre, id)).sessionId]
}

export async function someoneWithSecondFactor(world: World) {
  const [id = 0] = await freshAdmin(world)
  const { loginSecrets, storage } = world.centre.running.centre
  await storage.transaction((tx) =>
    storage.secondFactors.start(tx, id, loginSecrets.newTotpSecret()),
  )
  return [id]
}

export async function ownSession({ centre }: World, { id }: TestStaff) {
  return [(await sessionFor(centre, id)).sessionId]
}

export function newAdmin({ next }: World) {
  return {
    phone: `+7706${1_000_000 + next()}`,
    name: 'Кассир',
    role: 'cashier',
    allowed_countries: ['KZ'],
    allowed_payment_systems: null,
  }
}

const METHOD = 'kaspi_gold'
const NOWHERE = 'http://127.0.0.1:9/webhook'

export async function freshPayment({ centre, sourceId }: Pick<World, 'centre' | 'sourceId'>) {
  const id = await newId(centre)
  const columns = paymentColumns(id, { sourceId, countryIso: 'KZ', method: METHOD })
  await insertRow(centre, 'payments', { ...columns, webhook_url: NOWHERE })
  return [id.replaceAll('-', '')]
}

/** Waits for an operator's word: its terminal did not say a sum that can be read. */
export async function freshHeldAttempt(world: Omit<World, 'next' | 'methodId'>) {
  const [paymentId = ''] = await freshPayment(world)
  const id = await newId(world.centre)
  const columns = attemptColumns(id, paymentId, world.terminalId, METHOD)
  const state = { device: `device of ${id}`, state: 'held', reason: 'sum_unreadable' }
  await insertRow(world.centre, 'attempts', { ...columns, ...state, holds_terminal: false })
  return [paymentId, id.replaceAll('-', '')]
}

export async function freshDelivery(world: World) {
  const [paymentId = ''] = await freshPayment(world)
  const id = await newId(world.centre)
  await insertRow(world.centre, 'deliveries', {
    ...deliveryColumns(id, paymentId, world.sourceId),
    ...{ event: 'cancelled', url: NOWHERE, endpoint: NOWHERE, body: '{}' },
  })
  return [id.replaceAll('-', '')]
}

/** One that is over: of those that go on a source has one at most. */
export async function freshReplay({ centre, next, sourceId }: World) {
  const [{ id }] = await centre.sql(
    `INSERT INTO webhook_replays (id, source_id, request_key, from_at, to_at, events, only_parked,
       asked_by, total, finished_at)
     VALUES (new_id(), $1, $2, now() - interval '1 hour', now(), '{paid}', true, 'x', 0, now())
     RETURNING id`,
    [sourceId, `fresh-${next()}`],
  )
  return [sourceId, id.replaceAll('-', '')]
}
