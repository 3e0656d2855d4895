// Every fault the pretend world knows, each with what it does: the one list behind the control API,
// its documentation and the tests. A fault must never touch the journal, which keeps the truth.

/** Calls of the terminal's own API. */
export const WIRE_CALLS = [
  'register',
  'revoke',
  'deviceinfo',
  'payment',
  'status',
  'actualize',
  'refund',
  'cancel',
] as const
export type WireCall = (typeof WIRE_CALLS)[number]

/** All a fault can be told; a request names some, the catalogue and the defaults give the rest. */
export interface FaultSettings {
  /** After so many uses it is spent. */
  readonly times: number
  /** So many fitting calls pass unharmed first. */
  readonly skip: number
  /** Above zero: it lasts this long from its first use, however often, and `times` is ignored. */
  readonly for_ms: number
  readonly delay_ms: number
  readonly closed_ms: number
  readonly code: number
  readonly http_status: number
  /** Whether the operation really starts behind the error. */
  readonly starts: boolean
  readonly size_bytes: number
  readonly amount_tenge: number
  readonly text: string
  readonly product: string
  readonly loan_term: number
  readonly truth: string
  readonly actualize_calls: number
  readonly process_id: string
  readonly transaction_id: string
  readonly qr: string
}

/** Empty text and zero mean "the simulator chooses", as the fault's own line says. */
export const DEFAULT_SETTINGS: FaultSettings = {
  times: 1,
  skip: 0,
  for_ms: 0,
  delay_ms: 5_000,
  closed_ms: 5_000,
  code: 105,
  http_status: 500,
  starts: false,
  size_bytes: 100_000_000,
  amount_tenge: 0,
  text: '',
  product: 'Gold',
  loan_term: 0,
  truth: 'as_happens',
  actualize_calls: 2,
  process_id: '',
  transaction_id: '',
  qr: '',
}

/**
 * Where a fault strikes. `call`: at a call of the terminal, before or in place of its answer.
 * `answer`: in the words of an otherwise sound status answer. `end`: when an operation ends, and
 * sticks to it. `camera`: when the camera looks. `connection`: when a client connects to the
 * terminal. `port`: at once.
 */
export type FaultScope = 'call' | 'answer' | 'end' | 'camera' | 'connection' | 'port'

interface CatalogueEntry {
  readonly name: string
  readonly scope: FaultScope
  /** The call it waits for unless the request names another with `on`. */
  readonly on: WireCall | 'any'
  /** The settings it understands beside `times`, `skip` and `for_ms`. */
  readonly takes: readonly (keyof FaultSettings)[]
  readonly defaults?: Partial<FaultSettings>
  readonly meaning: string
}

export const FAULTS = [
  {
    name: 'late',
    scope: 'call',
    on: 'any',
    takes: ['delay_ms'],
    meaning: 'The call works at once, its answer comes delay_ms later.',
  },
  {
    name: 'no_answer',
    scope: 'call',
    on: 'payment',
    takes: [],
    meaning: 'The connection is taken and nothing is done or said until the client gives up.',
  },
  {
    name: 'answer_lost',
    scope: 'call',
    on: 'payment',
    takes: [],
    meaning: 'The call really works (an operation starts), then the connection is cut.',
  },
  {
    name: 'request_lost',
    scope: 'call',
    on: 'payment',
    takes: [],
    meaning: 'The connection is cut and the call does not work.',
  },
  {
    name: 'half_answer',
    scope: 'call',
    on: 'payment',
    takes: [],
    meaning: 'The call really works; half of the JSON arrives, then the connection is cut.',
  },
  {
    name: 'giant_body',
    scope: 'call',
    on: 'status',
    takes: ['size_bytes'],
    meaning: 'The call really works; the answer is JSON of size_bytes.',
  },
  {
    name: 'refuse_code',
    scope: 'call',
    on: 'payment',
    takes: ['code'],
    meaning: 'The call does not work and answers this statusCode.',
  },
  {
    name: 'http_error',
    scope: 'call',
    on: 'status',
    takes: ['http_status', 'starts'],
    meaning: 'An HTTP status with a page of HTML; the call works only when starts is true.',
  },
  {
    name: 'reboot',
    scope: 'call',
    on: 'status',
    takes: ['closed_ms'],
    defaults: { closed_ms: 0 },
    meaning:
      'The device reboots at the call: the connection is cut, the port is closed for closed_ms ' +
      '(0: as timing says), operations are forgotten. What was paid, or is being confirmed, stays.',
  },
  {
    name: 'token_expires',
    scope: 'call',
    on: 'status',
    takes: [],
    meaning:
      'Every access token runs out at the call: it and all that follow answer HTTP 403 until a ' +
      'revoke has brought new ones. Only for a terminal with protection.',
  },
  {
    name: 'certificate_change',
    scope: 'call',
    on: 'status',
    takes: [],
    meaning:
      'The call is answered; then the terminal has another certificate and open connections are ' +
      'cut. Only for a terminal with HTTPS.',
  },
  {
    name: 'no_substatus',
    scope: 'answer',
    on: 'status',
    takes: [],
    defaults: { times: 10_000 },
    meaning: 'The answer has no subStatus.',
  },
  {
    name: 'other_process_id',
    scope: 'answer',
    on: 'status',
    takes: ['process_id'],
    meaning: 'The answer names process_id (empty: the asked one plus one).',
  },
  {
    name: 'unknown',
    scope: 'end',
    on: 'any',
    takes: ['truth', 'actualize_calls', 'product', 'loan_term'],
    meaning:
      'The status is "unknown" until actualize_calls calls of actualize. truth "as_happens": from ' +
      'the real end on; "paid" or "not_paid": the next status call ends the operation so.',
  },
  {
    name: 'other_sum',
    scope: 'end',
    on: 'any',
    takes: ['amount_tenge'],
    meaning: 'The success reports amount_tenge (0: a hundred more than was paid).',
  },
  {
    name: 'unreadable_sum',
    scope: 'end',
    on: 'any',
    takes: ['text'],
    meaning: 'The success reports text as the sum (empty: the field is absent).',
  },
  {
    name: 'odd_product',
    scope: 'end',
    on: 'any',
    takes: ['product', 'loan_term'],
    defaults: { product: 'Platinum' },
    meaning: 'The success reports a ProductType that nobody knows.',
  },
  {
    name: 'duplicate_transaction_id',
    scope: 'end',
    on: 'any',
    takes: ['transaction_id'],
    meaning: 'The success reports transaction_id (empty: that of the sale before).',
  },
  {
    name: 'stale_qr',
    scope: 'camera',
    on: 'any',
    takes: [],
    defaults: { times: 3 },
    meaning: 'The camera still sees the QR of the operation before.',
  },
  {
    name: 'foreign_qr',
    scope: 'camera',
    on: 'any',
    takes: ['qr'],
    defaults: { qr: 'https://qr.kaspi.kz.example.com/40000000000000000000' },
    meaning: 'The camera reads this QR instead of the one on the screen.',
  },
  {
    name: 'camera_down',
    scope: 'camera',
    on: 'any',
    takes: ['http_status'],
    defaults: { http_status: 503 },
    meaning: 'The camera answers this HTTP status.',
  },
  {
    name: 'camera_garbage',
    scope: 'camera',
    on: 'any',
    takes: [],
    meaning: 'The camera answers bytes that are neither a picture, JSON nor a link.',
  },
  {
    name: 'camera_blank',
    scope: 'camera',
    on: 'any',
    takes: [],
    meaning: 'The camera works and sees nothing: a black picture, no QR.',
  },
  {
    name: 'camera_blurred',
    scope: 'camera',
    on: 'any',
    takes: [],
    meaning: 'The camera is out of focus: the screen is in the picture, its QR cannot be read.',
  },
  {
    name: 'handshake_hang',
    scope: 'connection',
    on: 'any',
    takes: [],
    meaning:
      'A new connection is taken and nothing is read or said: with HTTPS the handshake hangs until ' +
      'the client gives up.',
  },
  {
    name: 'refuse_connection',
    scope: 'port',
    on: 'any',
    takes: ['closed_ms'],
    meaning: "The terminal's port is closed at once, for closed_ms.",
  },
] as const satisfies readonly CatalogueEntry[]

export type FaultName = (typeof FAULTS)[number]['name']

export function catalogueEntry(name: FaultName): CatalogueEntry {
  const entry = FAULTS.find((fault) => fault.name === name)
  if (entry === undefined) throw new Error(`fault ${name} is not in the catalogue`)
  return entry
}

/** The faults of some scopes; tests use it to have the compiler name a fault without a proof. */
export type FaultOfScope<Scope extends FaultScope> = Extract<
  (typeof FAULTS)[number],
  { readonly scope: Scope }
>['name']
