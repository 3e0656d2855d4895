// Reads a request to arm a fault against the catalogue: what is not understood is refused by name.
import {
  type Fields,
  fieldsOf,
  optionalBoolean,
  optionalInteger,
  optionalText,
  optionalWord,
  required,
} from '../http/bad-input.ts'
import type { ArmedFault } from './armed-faults.ts'
import {
  catalogueEntry,
  DEFAULT_SETTINGS,
  FAULTS,
  type FaultName,
  type FaultSettings,
  WIRE_CALLS,
  type WireCall,
} from './catalogue.ts'

/** The body of `POST /terminals/{n}/faults`; `armFault()` of the in-process API takes the same. */
export interface FaultRequest extends Partial<FaultSettings> {
  readonly fault: FaultName
  readonly on?: WireCall | 'any'
}

const COMMON_SETTINGS = ['times', 'skip', 'for_ms'] as const
const TRUTHS = ['as_happens', 'paid', 'not_paid'] as const
const MAX_TEXT = 500

/** The largest value of each whole-number setting; one that is not here is text or a boolean. */
const INTEGER_LIMITS = {
  times: 1_000_000,
  skip: 1_000_000,
  for_ms: 86_400_000,
  delay_ms: 600_000,
  closed_ms: 600_000,
  code: 9_999,
  http_status: 599,
  size_bytes: 100_000_000,
  amount_tenge: 1_000_000_000_000,
  loan_term: 600,
  actualize_calls: 1_000,
} as const

const INTEGER_FLOORS: Readonly<Record<string, number>> = { times: 1, http_status: 200 }
const TEXTS = ['text', 'product', 'process_id', 'transaction_id', 'qr'] as const

export function readFaultRequest(body: unknown): ArmedFault {
  const everyField = ['fault', 'on', ...Object.keys(DEFAULT_SETTINGS)]
  const names = FAULTS.map((fault) => fault.name)
  const name = required(optionalWord(fieldsOf(body, everyField), 'fault', names), 'fault')
  const entry = catalogueEntry(name)
  const bindable = entry.scope === 'call' || entry.scope === 'answer'
  const fields = fieldsOf(body, [
    'fault',
    ...(bindable ? ['on'] : []),
    ...(entry.scope === 'port' ? [] : COMMON_SETTINGS),
    ...entry.takes,
  ])
  return {
    ...DEFAULT_SETTINGS,
    ...entry.defaults,
    ...readSettings(fields),
    name,
    scope: entry.scope,
    on: optionalWord(fields, 'on', [...WIRE_CALLS, 'any']) ?? entry.on,
  }
}

function readSettings(fields: Fields): Partial<FaultSettings> {
  const integers = Object.entries(INTEGER_LIMITS).map(([name, max]) => {
    return [name, optionalInteger(fields, name, INTEGER_FLOORS[name] ?? 0, max)] as const
  })
  const texts = TEXTS.map((name) => [name, optionalText(fields, name, MAX_TEXT)] as const)
  const read: (readonly [string, unknown])[] = [
    ...integers,
    ...texts,
    ['starts', optionalBoolean(fields, 'starts')],
    ['truth', optionalWord(fields, 'truth', TRUTHS)],
  ]
  // What was not named must not hide the catalogue's default behind an undefined.
  return Object.fromEntries(read.filter(([, value]) => value !== undefined))
}
