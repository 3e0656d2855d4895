// Lists, counts, single payments and exports of random staff over random rows, against the same question
// answered without a database (L4, N8, A6, T4). A failure names its seed.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { isBoundToSources, isInScope, localTime, type Role, scopeOf } from '@byfly-pay/core'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import type { NewAdmin } from '../../packages/server/src/ports/staff-store.ts'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'
import { COUNTRIES, type DrawnPayment, drawPayments, METHODS, SYSTEM_OF } from './ledger-rows.ts'

const SEED = Number(process.env['BYFLY_TEST_SEED'] ?? Date.now() % 2 ** 31)
const ZONE = 'Asia/Almaty'
const DAY_MS = 86_400_000

let centre: TestCentre
let rows: DrawnPayment[]
let everybody: { staff: TestStaff; role: Role; lists: Lists }[]

const terminals = new Map<number, { country: string; system: string }>()

type Lists = Pick<NewAdmin, 'countries' | 'systems' | 'sources'>

before(async () => {
  centre = await startTestCentre({ terminals: 1 })
  rows = await drawPayments(centre, SEED, 300)
  const sources = [...new Set(rows.map(({ sourceId }) => sourceId))]
  const all: Lists = { countries: null, systems: null, sources }
  const people: readonly (readonly [Role, Partial<Lists>])[] = [
    ['super_admin', { countries: [] }],
    ['country_admin', {}],
    ['country_admin', { countries: ['KZ', 'UZ'] }],
    ['country_admin', { systems: ['halyk'] }],
    ['accountant', { countries: ['UZ'], systems: ['kaspi'] }],
    ['accountant', { countries: [] }],
    ['accountant', { systems: [] }],
    ['cashier', { sources: sources.slice(0, 1) }],
    ['developer', { sources: sources.slice(1), countries: ['KZ', 'UZ', 'RU'] }],
    ['cashier', { sources: [] }],
  ]
  const found = await centre.sql(
    'SELECT id, country_iso, payment_system FROM terminals ORDER BY id',
  )
  for (const { id, country_iso: country, payment_system: system } of found) {
    terminals.set(id, { country, system })
  }
  everybody = []
  for (const [role, lists] of people) {
    const own = { ...all, ...lists }
    everybody.push({ staff: await loginAs(centre, role, own), role, lists: own })
  }
})
after(() => centre.stop())

interface Asked {
  readonly source_id?: number | undefined
  readonly status?: string | undefined
  readonly from?: number | undefined
  readonly days?: number | undefined
  readonly date_field?: 'created_at' | 'paid_at' | undefined
  readonly payment_method?: string | undefined
  readonly used_method?: string | undefined
  readonly terminal_id?: number | undefined
  readonly amount_from?: number | undefined
  readonly amount_to?: number | undefined
  readonly has_task?: boolean | undefined
  readonly late?: boolean | undefined
  readonly overpaid?: boolean | undefined
  readonly search?: string | undefined
  readonly sort: 'created_at' | 'paid_at' | 'amount'
  readonly direction: 'asc' | 'desc'
}

/** A local day, so many days ago. */
function dayOf(daysAgo: number): string {
  return localTime(Date.now() - daysAgo * DAY_MS, ZONE).slice(0, 10)
}

function queryOf({ days, direction, from, sort, ...asked }: Asked): URLSearchParams {
  const query = new URLSearchParams({ sort, direction })
  for (const [name, value] of Object.entries(asked)) {
    if (value !== undefined) query.set(name, String(value))
  }
  if (from !== undefined) query.set('date_from', dayOf(from))
  if (from !== undefined && days !== undefined) query.set('date_to', dayOf(from - days))
  return query
}

function isAsked(row: DrawnPayment, asked: Asked, seesCustomers: boolean): boolean {
  const moment = asked.date_field === 'paid_at' ? row.paidAtMs : row.createdAtMs
  const day = moment === null ? null : localTime(moment, ZONE).slice(0, 10)
  const { from, days } = asked
  const isTime =
    from === undefined ||
    (day !== null && day >= dayOf(from) && (days === undefined || day <= dayOf(from - days)))
  const same = <T>(wanted: T | undefined, value: T) => wanted === undefined || wanted === value
  return (
    isTime &&
    same(asked.source_id, row.sourceId) &&
    same<string>(asked.status, row.status) &&
    same<string | null>(asked.payment_method, row.method) &&
    same<string | null>(asked.used_method, row.usedMethod) &&
    same<number | null>(asked.terminal_id, row.terminalId) &&
    same(asked.has_task, row.hasTask) &&
    same(asked.late, row.late) &&
    same(asked.overpaid, row.overpaidTiyn > 0) &&
    (asked.amount_from === undefined || row.originalTiyn >= asked.amount_from) &&
    (asked.amount_to === undefined || row.originalTiyn <= asked.amount_to) &&
    (asked.search === undefined || isFound(row, asked.search, seesCustomers)) &&
    (asked.sort !== 'paid_at' || row.paidAtMs !== null)
  )
}

function isFound(row: DrawnPayment, text: string, seesCustomers: boolean): boolean {
  const lower = text.toLowerCase()
  const digits = /^\+?[\d\s().-]+$/.test(text) ? text.replace(/\D/g, '') : ''
  const number = /^8\d{10}$/.test(digits) ? `7${digits.slice(1)}` : digits
  const isId = /^[0-9a-f]{6,32}$/i.test(text) && row.transactionId.startsWith(text.toUpperCase())
  if (isId || [row.externalId, row.order, row.providerTransactionId].includes(text)) return true
  if (!seesCustomers) return false
  if (number.length >= 4 && row.phone?.endsWith(number) === true) return true
  const words = text.includes('@') ? row.email : row.name
  return words?.toLowerCase().startsWith(lower) === true
}

function expectedOf(who: (typeof everybody)[number], asked: Asked): DrawnPayment[] {
  const scope = scopeOf(who.role, who.lists)
  const seesCustomers = who.role !== 'developer'
  const sorted = (row: DrawnPayment) =>
    asked.sort === 'amount' ? row.originalTiyn : asked.sort === 'paid_at' ? (row.paidAtMs ?? 0) : 0
  return rows
    .filter(
      (row) =>
        isInScope(scope, {
          countryIso: row.country,
          system: row.method === null ? null : (SYSTEM_OF[row.method] ?? null),
          sourceId: row.sourceId,
        }) &&
        isTerminalInScope(who, asked, row) &&
        isAsked(row, asked, seesCustomers),
    )
    .sort((a, b) => {
      const order = sorted(a) - sorted(b) || (a.transactionId < b.transactionId ? -1 : 1)
      return asked.direction === 'asc' ? order : -order
    })
}

/** A terminal out of the scope does not exist, so no payment ran on it. */
function isTerminalInScope(who: (typeof everybody)[number], asked: Asked, row: DrawnPayment) {
  if (asked.terminal_id === undefined) return true
  const terminal = terminals.get(asked.terminal_id)
  const scope = scopeOf(who.role, who.lists)
  return (
    row.terminalId === asked.terminal_id &&
    terminal !== undefined &&
    isInScope(scope, { countryIso: terminal.country, system: terminal.system, sourceId: null })
  )
}

const maybe = <T>(values: fc.Arbitrary<T>) =>
  fc.option(values, { nil: undefined, freq: 2 }) as fc.Arbitrary<T | undefined>

function questions(): fc.Arbitrary<Asked> {
  const one = <K extends keyof DrawnPayment>(name: K) =>
    fc.constantFrom(...rows.map((row) => row[name]).filter((value) => value !== null))
  const words = fc.oneof(
    one('transactionId'),
    one('transactionId').map((id) => String(id).slice(0, 9).toLowerCase()),
    one('externalId'),
    one('order'),
    one('providerTransactionId'),
    one('phone'),
    one('phone').map((phone) => String(phone).slice(-4)),
    one('phone').map((phone) => `8 (${String(phone).slice(2, 5)}) ${String(phone).slice(5)}`),
    one('email').map((email) => String(email).slice(0, 7).toUpperCase()),
    fc.constantFrom('айгу', 'ЕРЛ', 'мария 100%', 'мария 1__', 'o_', "o'", 'нет такого'),
  )
  return fc.record({
    source_id: maybe(one('sourceId') as fc.Arbitrary<number>),
    status: maybe(fc.constantFrom('pending', 'failed', 'cancelled', 'paid', 'partially_paid')),
    from: maybe(fc.integer({ min: 3, max: 26 })),
    days: maybe(fc.integer({ min: 0, max: 3 })),
    date_field: maybe(fc.constantFrom('created_at' as const, 'paid_at' as const)),
    payment_method: maybe(fc.constantFrom(...METHODS.filter((code) => code !== null))),
    used_method: maybe(fc.constantFrom('kaspi_gold', 'kaspi_red', 'halyk_qr')),
    terminal_id: maybe(one('terminalId') as fc.Arbitrary<number>),
    amount_from: maybe(fc.integer({ min: 0, max: 11_000 })),
    amount_to: maybe(fc.integer({ min: 11_000, max: 12_000 })),
    has_task: maybe(fc.boolean()),
    late: maybe(fc.boolean()),
    overpaid: maybe(fc.boolean()),
    search: maybe(words as fc.Arbitrary<string>),
    sort: fc.constantFrom('created_at', 'paid_at', 'amount'),
    direction: fc.constantFrom('asc', 'desc'),
  })
}

/** Few filters at a time, or hardly anything would be found. */
function narrowed(asked: Asked, keep: number): Asked {
  const { sort, direction, from, days, ...rest } = asked
  const names = Object.keys(rest).filter((_, place) => (place + keep) % 4 === 0)
  const kept = Object.fromEntries(
    Object.entries(rest).filter(([name]) => names.includes(name) || name === 'date_field'),
  )
  return { ...kept, ...(keep % 3 === 0 ? { from, days } : {}), sort, direction }
}

test(`A6, T4: every list, count and page is what core's scope and the filters say (seed ${SEED})`, async () => {
  await fc.assert(
    fc.asyncProperty(
      questions(),
      fc.nat({ max: 1_000 }),
      fc.nat({ max: 100 }),
      async (question, pick, keep) => {
        const who = everybody[pick % everybody.length]
        assert.ok(who)
        const asked = narrowed(question, keep)
        const expected = expectedOf(who, asked).map(({ transactionId }) => transactionId)
        const query = queryOf(asked)
        query.set('limit', '7')
        query.set('offset', String(keep % 5))
        const page = await who.staff.call('GET', `/api/admin/transactions?${query}`)
        assert.equal(page.status, 200, `${query} ${page.text}`)
        const { transactions, total, total_exact: isExact } = page.body.data
        const told = transactions.map((line: { transaction_id: string }) => line.transaction_id)
        assert.deepEqual(told, expected.slice(keep % 5, (keep % 5) + 7), String(query))
        assert.deepEqual([total, isExact], [expected.length, true], String(query))
      },
    ),
    { seed: SEED, numRuns: 150 },
  )
})

test(`A6: by its number and in an export a payment exists for whom it is listed (seed ${SEED})`, async () => {
  for (const who of everybody) {
    const inside = expectedOf(who, { sort: 'created_at', direction: 'desc' })
    const visible = new Set(inside.map(({ transactionId }) => transactionId))
    for (const { transactionId } of rows.slice(0, 40)) {
      const answer = await who.staff.call('GET', `/api/admin/transactions/${transactionId}`)
      assert.equal(answer.status, visible.has(transactionId) ? 200 : 404, answer.text)
    }
    const file = await who.staff.call('GET', '/api/admin/transactions/export?format=csv')
    if (isBoundToSources(who.role)) {
      assert.equal(file.status, 403)
      continue
    }
    assert.equal(file.status, 200)
    const records = parse(file.text, { bom: true, delimiter: ';' }) as string[][]
    assert.deepEqual(
      records.slice(1).map(([id]) => id),
      inside.map(({ transactionId }) => transactionId),
    )
  }
  assert.ok(COUNTRIES.length > 1)
})
