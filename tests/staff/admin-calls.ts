// Every call of the administration as it was decided, not as it is built: which right it takes, whose row
// it is about, and a valid body. A route that is missing here fails matrix.test.ts.

import type { Placed, Right } from '@byfly-pay/core'
import type { Answer, TestCentre } from '../support/centre.ts'
import { addStaff, sessionFor, type TestStaff } from '../support/staff.ts'

/** What the calls are about: everything in KZ, of kaspi, of one source. */
export interface World {
  readonly centre: TestCentre
  readonly sourceId: number
  readonly terminalId: number
  readonly methodId: number
  /** Another number each time. */
  next(): number
}

export interface AdminCall {
  /** Null where being logged in is enough. */
  readonly right: Right | null
  /** Where the row belongs that the call is about; null for what is the whole centre's. */
  readonly row: Placed | null
  /** Of whoever may. */
  readonly status: 200 | 201 | 400
  /** What stands for each parameter of the path; made anew for each call. */
  readonly path?: (world: World, caller: TestStaff) => Promise<readonly (string | number)[]>
  readonly query?: string
  readonly body?: (world: World) => object | Promise<object>
  /** It ends the session that calls: each such call has one of its own. */
  readonly endsSession?: true
}

const NOBODYS = { countryIso: 'KZ', system: null, sourceId: null }
const SOURCE = (sourceId: number): Placed => ({ ...NOBODYS, sourceId })
const OF_KASPI: Placed = { ...NOBODYS, system: 'kaspi' }

const REASON = { reason: 'Проверка прав' }

const source = async ({ sourceId }: World) => [sourceId]
const terminal = async ({ terminalId }: World) => [terminalId]
const method = async ({ methodId }: World) => [methodId]

const freshSource = async ({ centre }: World) => [(await centre.addSource()).id]
const freshAdmin = async ({ centre }: World) => [(await addStaff(centre, 'cashier')).id]
const caller = async (_world: World, { id }: TestStaff) => [id]

async function freshTerminal({ centre, next }: World) {
  const [{ id }] = await centre.sql(
    `INSERT INTO terminals (name, ip_address, scheme, host, port, is_active)
     VALUES ($1, '127.0.0.1', 'http', '127.0.0.1', 9, false) RETURNING id`,
    [`Терминал ${next()}`],
  )
  return [id]
}

function terminalWith(change: string) {
  return async ({ centre, terminalId }: World) => {
    await centre.sql(`UPDATE terminals SET ${change} WHERE id = $1`, [terminalId])
    return [terminalId]
  }
}

/** In place of the one before: a method has 20 coming rates at most. */
async function comingRate({ centre, methodId }: World) {
  await centre.sql('DELETE FROM method_rates WHERE valid_from > now()')
  const [{ id }] = await centre.sql(
    `INSERT INTO method_rates (method_id, valid_from, rate_bp)
     VALUES ($1, now() + interval '1 day', 200) RETURNING id`,
    [methodId],
  )
  return [methodId, id]
}

const COUNTRY = { iso: 'QQ', name: 'Новая страна', dial_code: '+1' }

async function noCountry({ centre }: World) {
  await centre.sql('DELETE FROM countries WHERE iso = $1', [COUNTRY.iso])
  return COUNTRY
}

async function freshCountry(world: World) {
  await noCountry(world)
  await world.centre.sql('INSERT INTO countries VALUES ($1, $2, $3)', Object.values(COUNTRY))
  return [COUNTRY.iso]
}

async function freshSystem({ centre, next }: World) {
  const code = `system_${next()}`
  await centre.sql('INSERT INTO payment_systems VALUES ($1, $1, $2, 1)', [code, 'KZT'])
  return [code]
}

async function someoneWithSession(world: World) {
  const [id = 0] = await freshAdmin(world)
  return [id, (await sessionFor(world.centre, id)).sessionId]
}

async function someoneWithSecondFactor(world: World) {
  const [id = 0] = await freshAdmin(world)
  const { loginSecrets, storage } = world.centre.running.centre
  await storage.transaction((tx) =>
    storage.secondFactors.start(tx, id, loginSecrets.newTotpSecret()),
  )
  return [id]
}

async function ownSession({ centre }: World, { id }: TestStaff) {
  return [(await sessionFor(centre, id)).sessionId]
}

function newAdmin({ next }: World) {
  return {
    phone: `+7706${1_000_000 + next()}`,
    name: 'Кассир',
    role: 'cashier',
    allowed_countries: ['KZ'],
    allowed_payment_systems: null,
  }
}

type Few = Omit<AdminCall, 'right' | 'row' | 'status'> & { readonly status?: 201 | 400 }

function ofRight(right: Right | null, row: Placed | null, { status, ...more }: Few = {}) {
  return { right, row, status: status ?? 200, ...more } as const
}

/** Calls about one row of KZ, kaspi and the source with this number. */
export function adminCalls(sourceId: number): Readonly<Record<string, readonly AdminCall[]>> {
  const ofSource = SOURCE(sourceId)
  const sources = (right: Right, more: Few = {}) =>
    ofRight(right, ofSource, { path: source, ...more })
  const terminals = (right: Right, more: Few = {}) =>
    ofRight(right, OF_KASPI, { path: terminal, ...more })
  const methods = (right: Right, more: Few = {}) =>
    ofRight(right, OF_KASPI, { path: method, ...more })
  const centres = (right: Right | null, more: Few = {}) => ofRight(right, null, more)
  return {
    'GET /api/admin/me': [centres(null)],
    'POST /api/auth/logout': [centres(null, { endsSession: true })],
    'GET /api/auth/sessions': [centres(null)],
    'DELETE /api/auth/sessions/:id': [centres(null, { path: ownSession })],
    'GET /api/auth/totp': [centres(null)],
    'POST /api/auth/totp/start': [centres(null)],
    'POST /api/auth/totp/confirm': [
      centres(null, { status: 400, body: () => ({ totp: '000000' }) }),
    ],
    'POST /api/auth/totp/disable': [
      centres(null, { status: 400, body: () => ({ recovery_code: 'aaaaa-aaaaa' }) }),
    ],

    'GET /api/admin/sources': [
      ofRight('sources.read', null),
      ofRight('sources.read', null, { query: '?limit=1000' }),
    ],
    'POST /api/admin/sources': [
      centres('sources.create', { status: 201, body: () => ({ name: 'Сайт', type: 'website' }) }),
    ],
    'GET /api/admin/sources/:id': [sources('sources.read')],
    'PUT /api/admin/sources/:id': [
      sources('sources.webhooks', { body: () => ({ webhook_events: ['failed'] }) }),
      // Anything but where events go is not a developer's (L4).
      sources('sources.write', { body: () => ({ lifetime_seconds: 1_800 }) }),
    ],
    'DELETE /api/admin/sources/:id': [sources('sources.create', { path: freshSource })],
    'POST /api/admin/sources/:id/rotate-token': [sources('sources.secrets', { body: () => ({}) })],
    'POST /api/admin/sources/:id/rotate-secret': [sources('sources.secrets', { body: () => ({}) })],

    'GET /api/admin/terminals': [ofRight('terminals.read', null)],
    'POST /api/admin/terminals': [
      centres('terminals.connect', {
        status: 201,
        body: () => ({ name: 'Новый', ip_address: '127.0.0.1', port: 9, is_active: false }),
      }),
    ],
    'GET /api/admin/terminals/:id': [terminals('terminals.read')],
    'PUT /api/admin/terminals/:id': [
      terminals('terminals.write', { body: () => ({ own_cheque: false }) }),
      // Where a device is, is where the centre will call (A8).
      terminals('terminals.connect', { body: () => ({ port: 10 }), path: freshTerminal }),
    ],
    'DELETE /api/admin/terminals/:id': [terminals('terminals.write', { path: freshTerminal })],
    'GET /api/admin/terminals/:id/status': [terminals('terminals.read')],
    'POST /api/admin/terminals/:id/self-test': [terminals('terminals.operate')],
    'POST /api/admin/terminals/:id/register': [
      terminals('terminals.operate', { body: () => ({}) }),
    ],
    'POST /api/admin/terminals/:id/trust-certificate': [terminals('terminals.operate')],
    'POST /api/admin/terminals/:id/take-out': [
      terminals('terminals.operate', {
        path: terminalWith('taken_out_at = NULL, taken_out_by = NULL, taken_out_reason = NULL'),
        body: () => REASON,
      }),
    ],
    'POST /api/admin/terminals/:id/return': [
      terminals('terminals.operate', {
        path: terminalWith("taken_out_at = now(), taken_out_by = 'x', taken_out_reason = 'x'"),
        body: () => REASON,
      }),
    ],
    'POST /api/admin/terminals/:id/resolve-quarantine': [
      terminals('terminals.operate', {
        path: terminalWith(
          "quarantined_until = now() + interval '1 hour', quarantine_reason = 'terminal_busy'",
        ),
        body: () => ({ ...REASON, evidence: 'На экране главное меню' }),
      }),
    ],

    'GET /api/admin/payment-methods': [ofRight('methods.read', null)],
    'GET /api/admin/payment-methods/:id': [methods('methods.read')],
    'PUT /api/admin/payment-methods/:id': [
      methods('methods.write', { body: () => ({ is_active: true }) }),
    ],
    'POST /api/admin/payment-methods/:id/rates': [
      methods('methods.write', { status: 201, body: () => ({ rate_bp: 100 }) }),
    ],
    'DELETE /api/admin/payment-methods/:id/rates/:rateId': [
      methods('methods.write', { path: comingRate }),
    ],

    'GET /api/admin/countries': [centres(null)],
    'POST /api/admin/countries': [centres('settings.write', { status: 201, body: noCountry })],
    'PUT /api/admin/countries/:iso': [
      centres('settings.write', { path: freshCountry, body: () => ({ is_active: false }) }),
    ],
    'DELETE /api/admin/countries/:iso': [centres('settings.write', { path: freshCountry })],
    'GET /api/admin/payment-systems': [centres(null)],
    'POST /api/admin/payment-systems': [
      centres('settings.write', {
        status: 201,
        body: ({ next }) => ({ code: `new_${next()}`, name: 'Новая', currency: 'KZT', step: 1 }),
      }),
    ],
    'PUT /api/admin/payment-systems/:code': [
      centres('settings.write', { path: freshSystem, body: () => ({ step: 100 }) }),
    ],
    'DELETE /api/admin/payment-systems/:code': [centres('settings.write', { path: freshSystem })],

    'GET /api/admin/admins': [centres('admins.manage')],
    'POST /api/admin/admins': [centres('admins.manage', { status: 201, body: newAdmin })],
    'GET /api/admin/admins/:id': [centres('admins.manage', { path: caller })],
    'PUT /api/admin/admins/:id': [
      centres('admins.manage', { path: freshAdmin, body: () => ({ name: 'Другое имя' }) }),
    ],
    'DELETE /api/admin/admins/:id': [centres('admins.manage', { path: freshAdmin })],
    'GET /api/admin/admins/:id/sessions': [centres('admins.manage', { path: caller })],
    'DELETE /api/admin/admins/:id/sessions/:session': [
      centres('admins.manage', { path: someoneWithSession }),
    ],
    'GET /api/admin/admins/:id/second-factor': [centres('admins.manage', { path: caller })],
    'PUT /api/admin/admins/:id/second-factor': [
      centres('admins.manage', { path: freshAdmin, body: () => ({ is_obligatory: true }) }),
    ],
    'DELETE /api/admin/admins/:id/second-factor': [
      centres('admins.manage', { path: someoneWithSecondFactor }),
    ],
    'GET /api/admin/second-factor': [centres('settings.write')],
    'PUT /api/admin/second-factor': [
      centres('settings.write', { body: () => ({ is_obligatory: false }) }),
    ],

    'GET /api/admin/settings': [centres(null)],
    'PUT /api/admin/settings': [
      centres('settings.write', { body: () => ({ taking_money: true, ...REASON }) }),
    ],
    'GET /api/admin/audit': [
      centres('audit.read'),
      centres('audit.read', { query: '?limit=1000' }),
    ],
    'GET /api/admin/texts': [centres('texts.read')],
    'GET /api/admin/sms': [centres('texts.read')],
  }
}

/** Whoever calls, with a session that the call may end. */
export async function callerOf(
  world: World,
  call: AdminCall,
  staff: TestStaff,
): Promise<TestStaff> {
  if (call.endsSession === undefined) return staff
  return { ...staff, ...(await sessionFor(world.centre, staff.id)) }
}

export function openWorld(centre: TestCentre, terminalId: number): World {
  let last = 0
  const next = () => {
    last += 1
    return last
  }
  return { centre, sourceId: centre.source.id, terminalId, methodId: 1, next }
}

/** Makes the call, all that it needs made first. */
export async function make(
  world: World,
  route: string,
  { path, query = '', body }: AdminCall,
  staff: TestStaff,
): Promise<Answer> {
  const [method = '', address = ''] = route.split(' ')
  const parts = [...((await path?.(world, staff)) ?? [])]
  const whole = address.replace(/:\w+/g, () => String(parts.shift()))
  return staff.call(method, `${whole}${query}`, await body?.(world))
}
