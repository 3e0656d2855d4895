// A17: every column name of every table, and its twin in the program's spelling, is sent to every write
// that takes a body. What no request schema names must have no effect at all.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  AddAdminRequest,
  AddCountryRequest,
  AddPaymentSystemRequest,
  AddRateRequest,
  ChangeAdminRequest,
  ChangeCountryRequest,
  ChangeMethodRequest,
  ChangePaymentSystemRequest,
  ChangeSettingsRequest,
  ChangeSourceRequest,
  CreateSourceRequest,
  ResolveRequest,
  RotateRequest,
} from '@byfly-pay/contract'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { addStaff, loginAs, type TestStaff } from '../support/staff.ts'
import { freshHeldAttempt } from './fresh-rows.ts'

/** A body may have 100 keys. */
const NAMES_AT_ONCE = 80

const CANARY_NUMBER = 424_242
const CANARY_TEXT = 'hostile'
const CANARY_TIME = '2001-01-01T00:00:00Z'
const CANARY_ID = '42424242-4242-7424-8242-424242424242'
const CANARIES = /424242|hostile|2001-01-01|42424242-4242/

/** What differs from run to run by itself. A canary in one of them is found all the same. */
const VOLATILE: ReadonlySet<string> = new Set([
  ...['id', 'seq', 'at', 'created_at', 'expires_at', 'last_seen_at', 'valid_from', 'until'],
  ...['hash', 'prev_hash', 'token_hash', 'sealed', 'source_id', 'target_id', 'facts'],
  ...['words_hash', 'words_salt'],
  ...['phone', 'iso', 'code', 'name', 'rate_bp'],
  ...['payment_id', 'attempt_id', 'updated_at', 'ended_at', 'device'],
])

interface Write {
  readonly method: 'POST' | 'PUT'
  /** Made anew for each call where one call leaves nothing for the next. */
  readonly path: string | (() => Promise<string>)
  readonly schema: { readonly properties: object }
  /** A right body; `run` makes it another one each time. */
  readonly body: (run: number) => Record<string, unknown>
}

let centre: TestCentre
let root: TestStaff
let adminId: number
let hostile: Record<string, unknown>

before(async () => {
  // A webhook on its way changes rows in its own time.
  centre = await startTestCentre({ terminals: 1, source: { webhookEvents: [] } })
  root = await loginAs(centre, 'super_admin')
  adminId = (await addStaff(centre, 'cashier')).id
  await root.call('POST', '/api/admin/countries', { iso: 'QQ', name: 'Q', dial_code: '+1' })
  const system = { code: 'q', name: 'Q', currency: 'KZT', step: 1 }
  await root.call('POST', '/api/admin/payment-systems', system)
  hostile = await hostileFields()
})
after(() => centre.stop())

function writes(): Write[] {
  const { id } = centre.source
  const none = () => ({})
  const letters = (run: number) => String.fromCharCode(65 + Math.trunc(run / 26), 65 + (run % 26))
  const admin = (run: number) => ({
    phone: `+7706${1_000_000 + run}`,
    name: 'Кассир',
    role: 'cashier',
    allowed_countries: [],
    allowed_payment_systems: [],
  })
  return [
    ['POST', 'sources', CreateSourceRequest, () => ({ name: 'Сайт', type: 'website' })],
    ['PUT', `sources/${id}`, ChangeSourceRequest, none],
    ['POST', `sources/${id}/rotate-token`, RotateRequest, none],
    ['POST', `sources/${id}/rotate-secret`, RotateRequest, none],
    ['POST', 'admins', AddAdminRequest, admin],
    ['PUT', `admins/${adminId}`, ChangeAdminRequest, none],
    ['POST', 'countries', AddCountryRequest, countryOf(letters)],
    ['PUT', 'countries/QQ', ChangeCountryRequest, none],
    ['POST', 'payment-systems', AddPaymentSystemRequest, systemOf(letters)],
    ['PUT', 'payment-systems/q', ChangePaymentSystemRequest, none],
    ['PUT', 'payment-methods/1', ChangeMethodRequest, none],
    ['POST', 'payment-methods/1/rates', AddRateRequest, (run: number) => ({ rate_bp: 200 + run })],
    ['POST', heldAttempt, ResolveRequest, notPaid],
    ['PUT', 'settings', ChangeSettingsRequest, () => ({ taking_money: true, reason: 'x' })],
  ].map(([method, path, schema, body]) => ({ method, path, schema, body }) as Write)
}

async function heldAttempt(): Promise<string> {
  const of = { centre, sourceId: centre.source.id, terminalId: 1 }
  const [payment, attempt] = await freshHeldAttempt(of)
  return `transactions/${payment}/attempts/${attempt}/resolve`
}

function notPaid() {
  return { outcome: 'not_paid', evidence: 'Чека нет', reason: 'Терминал сломан' }
}

function countryOf(letters: (run: number) => string) {
  return (run: number) => ({ iso: letters(run), name: letters(run), dial_code: '+1' })
}

function systemOf(letters: (run: number) => string) {
  return (run: number) => {
    const code = letters(run).toLowerCase()
    return { code, name: code, currency: 'KZT', step: 1 }
  }
}

async function hostileFields(): Promise<Record<string, unknown>> {
  const columns = await centre.sql(
    "SELECT column_name AS name, data_type AS type FROM information_schema.columns WHERE table_schema = 'public'",
  )
  assert.ok(columns.length > 200)
  const twin = (name: string) => name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase())
  return Object.fromEntries(
    columns.flatMap(({ name, type }) => {
      const value = hostileValue(name, type)
      return [name, twin(name)].map((key) => [key, value] as const)
    }),
  )
}

function hostileValue(name: string, type: string): unknown {
  if (type === 'boolean') return !name.startsWith('is_')
  if (type === 'uuid') return CANARY_ID
  if (type === 'ARRAY') return [CANARY_TEXT]
  if (type.startsWith('timestamp')) return CANARY_TIME
  if (type.startsWith('json')) return { [CANARY_TEXT]: CANARY_TEXT }
  return ['integer', 'bigint'].includes(type) ? CANARY_NUMBER : CANARY_TEXT
}

/** Every row of every table, as text. Leases and signs of life are the centre's own, figures its own sums. */
async function allRows(): Promise<string[]> {
  const tables = await centre.sql(`
    SELECT relname AS name FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
      AND relname NOT IN (
        'leases', 'database_life', 'figure_deltas', 'figure_days', 'figure_sums')
      ORDER BY relname`)
  const each = tables.map(
    ({ name }) => `SELECT '${name}' AS name, to_jsonb(t) AS row FROM ${name} t`,
  )
  const rows = await centre.sql(each.join(' UNION ALL '))
  return rows.map(({ name, row }) => `${name} ${JSON.stringify(row)}`)
}

/** What a call changed: rows that went and rows that came, but for what differs by itself. */
async function effectOf(call: () => Promise<unknown>): Promise<string[]> {
  const before = await allRows()
  await call()
  const rows = await allRows()
  const [was, is] = [new Set(before), new Set(rows)]
  for (const row of rows) {
    if (!was.has(row)) assert.doesNotMatch(row, CANARIES)
  }
  const gone = before.filter((row) => !is.has(row)).map((row) => `- ${plain(row)}`)
  const come = rows.filter((row) => !was.has(row)).map((row) => `+ ${plain(row)}`)
  return [...gone, ...come].sort()
}

function plain(row: string): string {
  const [table = '', ...rest] = row.split(' ')
  const fields: Record<string, unknown> = JSON.parse(rest.join(' '))
  const kept = Object.entries(fields).filter(([name]) => !VOLATILE.has(name))
  return `${table} ${JSON.stringify(Object.fromEntries(kept))}`
}

async function send(method: string, path: string, body: Record<string, unknown>): Promise<void> {
  const answer = await root.call(method, `/api/admin/${path}`, body)
  assert.ok([200, 201].includes(answer.status), `${method} ${path} ${answer.text}`)
  assert.doesNotMatch(answer.text, CANARIES)
}

test('A17: what no request schema names has no effect', async () => {
  let run = 0
  for (const { method, path, schema, body } of writes()) {
    const effectWith = async (more: Record<string, unknown>) => {
      run += 1
      const target = typeof path === 'string' ? path : await path()
      return effectOf(() => send(method, target, { ...more, ...body(run) }))
    }
    const name = typeof path === 'string' ? path : path.name
    const ordinary = await effectWith({})
    const own = Object.keys(schema.properties)
    const names = Object.keys(hostile).filter((name) => !own.includes(name))
    for (let from = 0; from < names.length; from += NAMES_AT_ONCE) {
      const some = names.slice(from, from + NAMES_AT_ONCE)
      const more = Object.fromEntries(some.map((name) => [name, hostile[name]]))
      assert.deepEqual(await effectWith(more), ordinary, `${method} ${name}`)
    }
  }
})
