// Statements as a bank would write them, from rows that a test names, and uploads of them.

import type { Answer, TestCentre } from './centre.ts'
import type { TestStaff } from './staff.ts'

export const HEADING = [
  'Дата и время',
  'Номер заказа',
  'Сумма',
  'Комиссия',
  'К зачислению',
  'Продукт',
]
export const COLUMNS = {
  at: 'Дата и время',
  number: 'Номер заказа',
  amount: 'Сумма',
  fee: 'Комиссия',
  payout: 'К зачислению',
  product: 'Продукт',
}
export const PRODUCTS = { 'Kaspi Gold': 'kaspi_gold', 'Kaspi Red': 'kaspi_red' }

export interface Line {
  /** Epoch ms. */
  readonly at: number
  readonly number?: string | null
  readonly tiyn: number
  readonly fee?: number
  readonly payout?: number
  readonly product?: string
}

/** As banks in Kazakhstan write them: `1 234,56`. */
export function sumText(tiyn: number): string {
  const whole = String(Math.trunc(Math.abs(tiyn) / 100)).replace(/\B(?=(\d{3})+$)/g, '\u00a0')
  const sign = tiyn < 0 ? '-' : ''
  return `${sign}${whole},${String(Math.abs(tiyn) % 100).padStart(2, '0')}`
}

export function localText(at: number): string {
  const text = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Almaty',
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(at)
  const [date = '', time = ''] = text.split(' ')
  return `${date.split('-').reverse().join('.')} ${time}`
}

export function rowOf({ at, fee, number, payout, product, tiyn }: Line): string[] {
  const optional = (sum: number | undefined) => (sum === undefined ? '' : sumText(sum))
  return [
    localText(at),
    number ?? '',
    sumText(tiyn),
    optional(fee),
    optional(payout),
    product ?? '',
  ]
}

export function csvOf(lines: readonly Line[], separator = ';'): string {
  const rows = [
    ['АО «Банк»'],
    ['Выписка по счёту KZ00'],
    HEADING,
    ...lines.map(rowOf),
    ['Итого', '', '1,00'],
  ]
  return rows.map((cells) => cells.map((cell) => `"${cell}"`).join(separator)).join('\r\n')
}

export async function upload(
  { url }: Pick<TestCentre, 'url'>,
  { token }: Pick<TestStaff, 'token'>,
  file: string | Uint8Array<ArrayBuffer>,
  { query = '', type = 'text/csv' }: { readonly query?: string; readonly type?: string } = {},
): Promise<Answer> {
  const response = await fetch(`${url}/api/admin/statements?system=kaspi${query}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': type },
    body: file,
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) }
}

export function nameColumns(staff: TestStaff, more: object = {}): Promise<Answer> {
  return staff.call('PUT', '/api/admin/statement-columns', {
    system: 'kaspi',
    heading: HEADING,
    columns: COLUMNS,
    products: PRODUCTS,
    ...more,
  })
}
