// A row of an earlier centre's payments as a payment of these books. Money, status and times must be read for
// certain, or the row is refused; of what a customer said only what may not be kept here is left out, and told.

import {
  bookFormer,
  type FormerRefusal,
  HOUR_MS,
  PAYMENT_STATUSES,
  type PaymentStatus,
} from '@byfly-pay/core'
import { parsePhone } from '../accounts/phone.ts'
import { cardFault, isEmail, lineFault, textFault } from '../payments/customer-fields.ts'
import { metadataFault } from '../payments/metadata.ts'
import { pricingOf } from '../payments/method-terms.ts'
import type { PaymentMethod, Source } from '../ports/account-store.ts'
import type { FormerRow } from '../ports/former-books.ts'
import type { NewFormerPayment } from '../ports/import-store.ts'
import type { Mapping } from './mapping.ts'
import { type Fields, fieldsOf } from './read-fields.ts'
import { fault, readMoment, readRateBp, readTiyn, type TimeTerms } from './read-values.ts'

/** What a row is read with. */
export interface PaymentTerms {
  readonly mapping: Mapping
  readonly methods: readonly PaymentMethod[]
  readonly isForbiddenUrl: (url: string) => boolean
  readonly nowMs: number
}

export interface MappedPayment {
  readonly kind: 'mapped'
  readonly payment: Omit<NewFormerPayment, 'terminalId'>
  /** Key of the terminal that took the money; null when the books do not say. */
  readonly terminalKey: string | null
  /** Fields that were left out, since they could not be kept as they are. */
  readonly leftOut: readonly string[]
}

export type MappedRow =
  | MappedPayment
  | {
      readonly kind: 'refused'
      readonly reason: FormerRefusal | 'method_unknown' | 'currency_unlike_method'
    }

/** How a status word of the mapping says that the payment stays where it is. */
export const LEAVE = 'leave'

export function readStatus(fields: Fields): PaymentStatus | typeof LEAVE {
  const word = fields.needed('status')
  if (word === LEAVE) return LEAVE
  const status = PAYMENT_STATUSES.find((known) => known === word)
  if (status === undefined) throw fault('word_unknown', 'status', word)
  return status
}

/** @throws RowFault */
export function mapPayment(row: FormerRow, source: Source, terms: PaymentTerms): MappedRow {
  const { mapping, methods, nowMs } = terms
  const fields = fieldsOf(mapping.payments, row)
  const status = readStatus(fields)
  if (status === LEAVE) throw new Error('Оставленная строка не переводится')
  const sum = (name: string) => fields.read(name, (text) => readTiyn(text, mapping.amounts, name))
  const times = timesOf(mapping)
  const time = (name: string) => fields.read(name, (text) => readMoment(text, times, name))
  const code = fields.text('method')
  const method = methods.find((known) => known.code === code) ?? null
  if (code !== null && method === null) return { kind: 'refused', reason: 'method_unknown' }
  const currency = currencyOf(fields)
  if (method !== null && method.currency !== currency) {
    return { kind: 'refused', reason: 'currency_unlike_method' }
  }
  const createdAtMs = time('created_at') ?? missing('created_at')
  const paidAtMs = time('paid_at')
  const expiresAtMs = time('expires_at') ?? createdAtMs + HOUR_MS
  const originalTiyn = sum('original_amount') ?? missing('original_amount')
  const paidTiyn = sum('paid_amount') ?? 0n
  if (originalTiyn === 0n) throw fault('amount_unreadable', 'original_amount', '0')
  const rateBp = fields.read('commission_percent', (text) => readRateBp(text, 'commission_percent'))
  const chosen = method && chosenOf(method, source, rateBp)
  const booked = bookFormer(
    {
      status,
      originalTiyn,
      paidTiyn,
      commissionTiyn: sum('commission_amount'),
      toleranceTiyn: source.toleranceTiyn,
      chosen,
      createdAtMs,
      expiresAtMs,
      paidAtMs,
    },
    nowMs,
  )
  if (booked.kind === 'refused') return booked
  const said = saidBy(fields, terms.isForbiddenUrl)
  return {
    kind: 'mapped',
    leftOut: said.leftOut,
    terminalKey: fields.text('terminal'),
    payment: {
      formerId: formerIdOf(fields),
      sourceId: source.id,
      countryIso: source.countryIso,
      currency,
      originalTiyn,
      paidTiyn,
      toleranceTiyn: source.toleranceTiyn,
      booked,
      chosen,
      preselectedMethod: method?.isSelectable === true ? method.id : null,
      providerTransactionId: fields.text('provider_transaction_id', 128),
      createdAtMs,
      expiresAtMs,
      updatedAtMs: time('updated_at') ?? paidAtMs ?? createdAtMs,
      externalId: fields.text('external_id', 128),
      ...said.kept,
    },
  }
}

export function timesOf({ ambiguous_times, zone }: Mapping): TimeTerms {
  return { zone, ambiguous: ambiguous_times ?? 'refuse' }
}

export function formerIdOf(fields: Fields, name = 'id'): string {
  const id = fields.needed(name)
  if (!/^[A-Za-z0-9_.-]{1,64}$/.test(id)) throw fault('id_unreadable', name, id)
  return id
}

function missing(field: string): never {
  throw fault('field_is_empty', field, null)
}

function chosenOf(method: PaymentMethod, source: Source, rateBp: number | null) {
  const pricing = pricingOf(method, source)
  return { method: method.code, ...pricing, rateBp: rateBp ?? pricing.rateBp }
}

function currencyOf(fields: Fields): string {
  const currency = fields.text('currency') ?? 'KZT'
  if (!/^[A-Z]{3}$/.test(currency)) throw fault('word_unknown', 'currency', currency)
  return currency
}

interface Said {
  readonly kept: Pick<
    NewFormerPayment,
    'description' | 'customerPhone' | 'customerEmail' | 'customerName' | 'metadata' | 'webhookUrl'
  >
  readonly leftOut: readonly string[]
}

/** By the rules that a source's own request goes by (T7, T8). */
function saidBy(fields: Fields, isForbiddenUrl: (url: string) => boolean): Said {
  const leftOut: string[] = []
  const keep = <T>(name: string, read: (text: string) => T | null): T | null => {
    const text = fields.text(name)
    if (text === null) return null
    const value = read(text)
    if (value === null) leftOut.push(name)
    return value
  }
  const unless = (isFaulty: boolean, text: string) => (isFaulty ? null : text)
  return {
    kept: {
      description: keep('description', (text) =>
        unless(text.length > 1_000 || (textFault(text) ?? cardFault(text)) !== null, text),
      ),
      customerPhone: keep('customer_phone', parsePhone),
      customerEmail: keep('customer_email', (text) => unless(!isEmail(text), text)),
      customerName: keep('customer_name', (text) =>
        unless(text.length > 200 || (lineFault(text) ?? cardFault(text)) !== null, text),
      ),
      metadata: keep('metadata', readMetadata) ?? {},
      webhookUrl: keep('webhook_url', (text) =>
        unless(text.length > 2_048 || isForbiddenUrl(text), text),
      ),
    },
    leftOut,
  }
}

function readMetadata(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    if (!isObject || metadataFault(value) !== null || /\\u0000/.test(text)) return null
    return { ...value }
  } catch {
    return null
  }
}
