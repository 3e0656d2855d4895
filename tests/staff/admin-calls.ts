// Every call of the administration as it was decided, not as it is built: which right it takes, whose row
// it is about, and a valid body. A route that is missing here fails matrix.test.ts.

import type { Placed, Right } from '@byfly-pay/core'
import type { Answer } from '../support/centre.ts'
import { sessionFor, type TestStaff } from '../support/staff.ts'
import {
  caller,
  comingRate,
  filmedTerminal,
  freshAdmin,
  freshConnection,
  freshCountry,
  freshDelivery,
  freshEntry,
  freshHeldAttempt,
  freshPayment,
  freshRecipient,
  freshReplay,
  freshSource,
  freshStatement,
  freshSystem,
  freshTerminal,
  method,
  newAdmin,
  noCountry,
  ownSession,
  ownView,
  paidPayment,
  refund,
  someoneWithSecondFactor,
  someoneWithSession,
  source,
  terminal,
  terminalWith,
  type World,
} from './fresh-rows.ts'

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
  readonly headers?: Readonly<Record<string, string>>
  /** It ends the session that calls: each such call has one of its own. */
  readonly endsSession?: true
}

const OF_KASPI: Placed = { countryIso: 'KZ', system: 'kaspi', sourceId: null }

const REASON = { reason: 'Проверка прав' }

type Few = Omit<AdminCall, 'right' | 'row' | 'status'> & { readonly status?: 201 | 400 }

function ofRight(right: Right | null, row: Placed | null, { status, ...more }: Few = {}) {
  return { right, row, status: status ?? 200, ...more } as const
}

type Calls = Readonly<Record<string, readonly AdminCall[]>>

function centres(right: Right | null, more: Few = {}) {
  return ofRight(right, null, more)
}

function terminals(right: Right, more: Few = {}) {
  return ofRight(right, OF_KASPI, { path: terminal, ...more })
}

function methods(right: Right, more: Few = {}) {
  return ofRight(right, OF_KASPI, { path: method, ...more })
}

const ownCalls: Calls = {
  'GET /api/admin/me': [centres(null)],
  // What a stream tells of whom is events.test.ts's: asked for as JSON it is none.
  'GET /api/admin/events': [
    centres(null, { status: 400, headers: { Accept: 'application/json' } }),
  ],
  'POST /api/auth/logout': [centres(null, { endsSession: true })],
  'GET /api/auth/sessions': [centres(null)],
  'DELETE /api/auth/sessions/:id': [centres(null, { path: ownSession })],
  'GET /api/auth/totp': [centres(null)],
  'POST /api/auth/totp/confirm': [centres(null, { status: 400, body: () => ({ totp: '000000' }) })],
  'POST /api/auth/totp/disable': [
    centres(null, { status: 400, body: () => ({ recovery_code: 'aaaaa-aaaaa' }) }),
  ],
  // After the two that find nothing started.
  'POST /api/auth/totp/start': [centres(null)],
}

const DAY_MS = 86_400_000
/** The same in every call: asked for again by its key, it is the same replay. */
const YESTERDAY = new Date(Date.now() - DAY_MS).toISOString()

function sourceCalls(sourceId: number): Calls {
  const ofSource: Placed = { countryIso: 'KZ', system: null, sourceId }
  const sources = (right: Right, more: Few = {}) =>
    ofRight(right, ofSource, { path: source, ...more })
  return {
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
    'GET /api/admin/sources/:id/keys': [sources('sources.secrets')],
    'GET /api/admin/sources/:id/endpoints': [sources('deliveries.read')],
    'GET /api/admin/sources/:id/replays': [sources('deliveries.read')],
    'POST /api/admin/sources/:id/replays': [
      sources('deliveries.resend', {
        body: () => ({ from: YESTERDAY, request_key: 'matrix' }),
      }),
    ],
    'POST /api/admin/sources/:id/replays/:replayId/stop': [
      sources('deliveries.resend', { path: freshReplay }),
    ],
    'GET /api/admin/sources/:id/webhook-checks': [sources('deliveries.read')],
    'POST /api/admin/sources/:id/webhook-checks': [
      // What a receiver is told is doctor.test.ts's: nobody is called from here.
      sources('sources.webhooks', { status: 400, body: () => ({ url: 'https://10.0.0.1/' }) }),
    ],
    'POST /api/admin/sources/:id/rotate-token': [sources('sources.secrets', { body: () => ({}) })],
    'POST /api/admin/sources/:id/rotate-secret': [sources('sources.secrets', { body: () => ({}) })],
  }
}

/** The days around this run, which may cross a midnight. */
function aroundToday(): string {
  const [first, last] = [-1, 1].map((days) =>
    new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10),
  )
  return `?date_from=${first}&date_to=${last}`
}

function paymentCalls(sourceId: number): Calls {
  const ofPayment: Placed = { ...OF_KASPI, sourceId }
  const payments = (right: Right, more: Few = {}) =>
    ofRight(right, ofPayment, { path: freshPayment, ...more })
  const lists = (right: Right, queries: readonly string[]) =>
    queries.map((query) => ofRight(right, null, { query }))
  return {
    'GET /api/admin/transactions': lists('payments.read', [
      '',
      '?limit=1000&sort=amount&direction=asc',
      '?search=taint-&limit=1000',
      '?terminal_id=73200002',
      `${aroundToday()}&status=paid`,
    ]),
    'GET /api/admin/transactions/export': lists('payments.export', ['?format=csv', '?format=xlsx']),
    'GET /api/admin/saved-views': [ofRight('payments.read', null)],
    'PUT /api/admin/saved-views': [
      ofRight('payments.read', null, { body: () => ({ name: 'Мой', filters: { late: 'true' } }) }),
    ],
    'DELETE /api/admin/saved-views/:id': [ofRight('payments.read', null, { path: ownView })],
    'GET /api/admin/transactions/:id': [payments('payments.read')],
    'POST /api/admin/transactions/:id/cancel': [payments('payments.cancel')],
    'POST /api/admin/transactions/:id/attempts/:attemptId/resolve': [
      payments('payments.resolve', {
        path: freshHeldAttempt,
        body: () => ({ ...REASON, outcome: 'not_paid', evidence: 'Чека нет, в выписке пусто' }),
      }),
    ],
    // One number is sent so many and no more.
    'POST /api/admin/transactions/:id/send-link': [
      payments('customers.text', { body: ({ next }) => ({ phone: `+7700${1_000_000 + next()}` }) }),
    ],
    'GET /api/admin/payments/sources': [ofRight('payments.create', null)],
    'POST /api/admin/payments': [
      // A source belongs to a country and to no payment system.
      ofRight(
        'payments.create',
        { countryIso: 'KZ', system: null, sourceId },
        { status: 201, body: () => ({ source_id: sourceId, amount: 1_000_000 }) },
      ),
    ],
    'GET /api/admin/deliveries': lists('deliveries.read', [
      '',
      '?state=parked&limit=1000',
      `${aroundToday()}&event=paid&http_status=none`,
    ]),
    'GET /api/admin/deliveries/:id': [payments('deliveries.read', { path: freshDelivery })],
    'POST /api/admin/deliveries/:id/resend': [
      payments('deliveries.resend', { path: freshDelivery }),
    ],
    'GET /api/admin/figures': lists('figures.read', [
      aroundToday(),
      `${aroundToday()}&group_by=source,terminal`,
      `${aroundToday()}&group_by=country,system&date_field=paid_at`,
      `${aroundToday()}&terminal_id=73200002`,
    ]),
  }
}

const terminalCalls: Calls = {
  'GET /api/admin/terminals': [ofRight('terminals.read', null)],
  'POST /api/admin/terminals': [
    centres('terminals.connect', {
      status: 201,
      body: () => ({ name: 'Новый', ip_address: '127.0.0.1', port: 9, is_active: false }),
    }),
  ],
  'GET /api/admin/terminals/wall': [ofRight('terminals.read', null)],
  'GET /api/admin/terminals/:id': [terminals('terminals.read')],
  'GET /api/admin/terminals/:id/camera': [terminals('terminals.read')],
  'GET /api/admin/terminals/:id/camera/frame': [
    terminals('terminals.read', { path: filmedTerminal }),
  ],
  'GET /api/admin/terminals/:id/camera/misses': [
    terminals('terminals.read', { path: filmedTerminal }),
  ],
  'PUT /api/admin/terminals/:id': [
    terminals('terminals.write', { body: () => ({ own_cheque: false }) }),
    // Where a device is, is where the centre will call (A8).
    terminals('terminals.connect', { body: () => ({ port: 10 }), path: freshTerminal }),
  ],
  'DELETE /api/admin/terminals/:id': [terminals('terminals.write', { path: freshTerminal })],
  'GET /api/admin/terminals/:id/status': [terminals('terminals.read')],
  'POST /api/admin/terminals/:id/self-test': [terminals('terminals.operate')],
  'POST /api/admin/terminals/:id/self-test/live': [terminals('terminals.operate')],
  'GET /api/admin/terminals/:id/certificate': [terminals('terminals.operate')],
  'PUT /api/admin/terminals/:id/certificate': [
    terminals('terminals.operate', { body: () => ({ fingerprint: 'ab'.repeat(32) }) }),
  ],
  'POST /api/admin/terminals/:id/register': [terminals('terminals.operate', { body: () => ({}) })],
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
}

const methodCalls: Calls = {
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
}

function entries(right: Right, more: Few = {}) {
  return ofRight(right, OF_KASPI, { path: freshEntry, ...more })
}

const deskCalls: Calls = {
  'GET /api/admin/desks': [centres('desks.read')],
  'GET /api/admin/desks/:desk': [
    centres('desks.read', { path: async () => ['other'] }),
    centres('desks.read', { path: async () => ['outside'] }),
  ],
  'GET /api/admin/desk-entries/:id': [entries('desks.read')],
  'POST /api/admin/desk-entries/:id/take': [entries('books.reconcile')],
  'POST /api/admin/desk-entries/:id/assign': [
    entries('books.reconcile', { body: () => ({ admin_id: null }) }),
  ],
  'POST /api/admin/desk-entries/:id/note': [
    entries('books.reconcile', { body: () => ({ text: 'Проверка прав' }) }),
  ],
  'POST /api/admin/desk-entries/:id/close': [entries('books.reconcile', { body: () => REASON })],
}

function statements(more: Few = {}) {
  return ofRight('books.reconcile', OF_KASPI, { path: freshStatement, ...more })
}

const CLOSED_DAY = '2024-02-29'

function closedDay(query: string) {
  const path = async () => [CLOSED_DAY]
  return ofRight('books.reconcile', OF_KASPI, { path, query })
}

const statementCalls: Calls = {
  'GET /api/admin/statements': [centres('books.reconcile')],
  // What a file comes to is reconciliation.test.ts's: a body of JSON is none.
  'POST /api/admin/statements': [
    centres('books.reconcile', { status: 400, query: '?system=kaspi', body: () => ({}) }),
  ],
  'GET /api/admin/statements/:id': [statements()],
  'GET /api/admin/statements/:id/operations': [statements()],
  'GET /api/admin/statements/:id/missing-there': [statements()],
  'GET /api/admin/statement-columns': [centres('books.reconcile')],
  // A heading is its system's, in every country: so it is anybody's who may see the system.
  'PUT /api/admin/statement-columns': [
    ofRight(
      'books.reconcile',
      { ...OF_KASPI, countryIso: 'UZ' },
      {
        body: () => ({
          system: 'kaspi',
          heading: ['Дата', 'Сумма'],
          columns: { at: 'Дата', amount: 'Сумма' },
        }),
      },
    ),
  ],
  'GET /api/admin/days': [centres('books.reconcile')],
  'POST /api/admin/days/:day/close': [
    ofRight('books.reconcile', OF_KASPI, {
      path: async () => [CLOSED_DAY],
      body: () => ({ system: 'kaspi', ...REASON }),
    }),
  ],
  'GET /api/admin/days/:day': [closedDay('?system=kaspi')],
  'GET /api/admin/days/:day/preview': [closedDay('?system=kaspi')],
  'GET /api/admin/days/:day/export': [
    closedDay('?system=kaspi&format=csv'),
    closedDay('?system=kaspi&format=xlsx'),
  ],
}

const placeCalls: Calls = {
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
  'GET /api/admin/qr-connections': [centres('settings.write')],
  'POST /api/admin/qr-connections': [
    centres('settings.write', {
      status: 201,
      body: () => ({
        name: 'Банк',
        address: 'https://127.0.0.1:1',
        scheme: 'r1',
        api_key: 'k',
        trade_point_id: '7001',
        is_active: false,
      }),
    }),
  ],
  'PUT /api/admin/qr-connections/:id': [
    centres('settings.write', { path: freshConnection, body: () => ({ form: 'link' }) }),
  ],
  'DELETE /api/admin/qr-connections/:id': [centres('settings.write', { path: freshConnection })],
  'POST /api/admin/qr-connections/:id/check': [
    centres('settings.write', { path: freshConnection }),
  ],
  'POST /api/admin/qr-connections/:id/register': [
    centres('settings.write', { path: freshConnection }),
  ],
}

const adminAccountCalls: Calls = {
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
}

function refundCalls(sourceId: number): Calls {
  const ofPayment: Placed = { ...OF_KASPI, sourceId }
  const refunds = (right: Right, state: string, more: Few = {}) =>
    ofRight(right, ofPayment, { path: refund(state), ...more })
  return {
    'POST /api/admin/transactions/:id/refunds': [
      ofRight('refunds.create', ofPayment, {
        path: paidPayment,
        body: () => ({ reason: 'other', start: false }),
      }),
    ],
    'GET /api/admin/refunds': [ofRight('refunds.read', null)],
    'GET /api/admin/refunds/:refundId': [refunds('refunds.read', 'approved')],
    // Its end is known, so no terminal is called.
    'POST /api/admin/refunds/:refundId/start': [
      refunds('refunds.create', 'declined', { status: 400 }),
    ],
    'POST /api/admin/refunds/:refundId/cancel': [refunds('refunds.create', 'approved')],
    'POST /api/admin/refunds/:refundId/approve': [refunds('refunds.approve', 'awaiting_approval')],
    'POST /api/admin/refunds/:refundId/decline': [
      refunds('refunds.approve', 'awaiting_approval', { body: () => REASON }),
    ],
    'POST /api/admin/refunds/:refundId/resolve': [
      refunds('refunds.approve', 'held', {
        body: () => ({ ...REASON, outcome: 'not_refunded', evidence: 'Выписка банка' }),
      }),
    ],
  }
}

const centreCalls: Calls = {
  'GET /api/admin/settings': [centres(null)],
  'PUT /api/admin/settings': [
    centres('settings.write', { body: () => ({ taking_money: true, ...REASON }) }),
  ],
  'GET /api/admin/audit': [centres('audit.read'), centres('audit.read', { query: '?limit=1000' })],
  'GET /api/admin/alerts': [centres(null), centres(null, { query: '?open=true&unread=true' })],
  'POST /api/admin/alerts/read': [centres(null, { body: () => ({ up_to: 1 }) })],
  'GET /api/admin/alert-settings': [centres('settings.write')],
  'PUT /api/admin/alert-settings': [
    centres('settings.write', { body: () => ({ remind_after_minutes: 60 }) }),
  ],
  'POST /api/admin/alert-recipients': [
    centres('settings.write', {
      status: 201,
      body: ({ next }) => ({ channel: 'telegram', chat_id: `${next()}` }),
    }),
  ],
  'DELETE /api/admin/alert-recipients/:id': [centres('settings.write', { path: freshRecipient })],
  'GET /api/admin/texts': [centres('texts.read')],
  'GET /api/admin/sms': [centres('texts.read')],
  // Here the environment names the sender, so it is refused to whoever may.
  'PUT /api/admin/sms': [
    centres('settings.write', { status: 400, body: () => ({ provider: 'mobizon', key: 'k' }) }),
  ],
  'POST /api/admin/sms/test': [
    centres('settings.write', { body: () => ({ phone: '+77001234567' }) }),
  ],
  'GET /api/admin/first-run': [centres('settings.write')],
}

/** Calls about one row of KZ, kaspi and the source with this number. */
export function adminCalls(sourceId: number): Calls {
  return {
    ...ownCalls,
    ...sourceCalls(sourceId),
    ...paymentCalls(sourceId),
    ...terminalCalls,
    ...methodCalls,
    ...deskCalls,
    ...statementCalls,
    ...placeCalls,
    ...adminAccountCalls,
    ...refundCalls(sourceId),
    ...centreCalls,
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

/** Makes the call, all that it needs made first. */
export async function make(
  world: World,
  route: string,
  { path, query = '', body, headers }: AdminCall,
  staff: TestStaff,
): Promise<Answer> {
  const [method = '', address = ''] = route.split(' ')
  const parts = [...((await path?.(world, staff)) ?? [])]
  const whole = address.replace(/:\w+/g, () => String(parts.shift()))
  return staff.call(method, `${whole}${query}`, await body?.(world), headers)
}
