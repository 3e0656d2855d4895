// A centre whose every text field was filled by somebody who means harm, through the API that each has: a
// source's, staff's, the bank's file, a receiver's answers, a terminal's words, the demonstration's shop.

import assert from 'node:assert/strict'
import { type LoginCentre, startLoginCentre } from '../support/login.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'
import { COLUMNS, csvOf, HEADING, PRODUCTS, upload } from '../support/statement.ts'
import { until } from '../support/until.ts'
import { type Receiver, startReceiver } from '../webhooks/receivers.ts'
import { Hand, TURNING } from './payloads.ts'

export interface HostileWorld {
  readonly centre: LoginCentre
  /** What stands in which field. */
  readonly hand: Hand
  /** Payments whose descriptions together hold every text. */
  readonly payments: readonly string[]
  /** More payments, with a story each: paid, held, refunded. */
  readonly stories: readonly string[]
  readonly deliveryId: string
  readonly statementId: number
  /** Closed twice. */
  readonly day: string
  /** Of the member of staff who did all of it, a super admin. */
  readonly phone: string
  stop(): Promise<void>
}

/** As far as the fields say. */
interface Tools {
  readonly centre: LoginCentre
  readonly staff: TestStaff
  readonly hand: Hand
}

const DAY_MS = 86_400_000
const LIMIT = { description: 1_000, name: 200, order: 128, method: 100, view: 60, word: 64 }

export async function openHostileWorld(): Promise<HostileWorld> {
  const hand = new Hand()
  const receiver = await hostileReceiver(hand)
  const centre = await startLoginCentre({
    terminals: [{ camera: 'json' }, { camera: 'json' }],
    demo: true,
    limits: { quarantineMs: 600_000 },
    source: {
      defaultWebhookUrl: `http://127.0.0.1:${receiver.port}/`,
      refundsAllowed: true,
      refundApprovalAboveTiyn: 0n,
    },
  })
  const stop = async () => {
    await centre.stop()
    await receiver.stop()
  }
  try {
    return { ...(await fill({ centre, hand })), centre, hand, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function fill({ centre, hand }: Omit<Tools, 'staff'>) {
  const staff = await loginAs(centre, 'super_admin', { name: hand.one('staff: own name') })
  const tools = { centre, staff, hand }
  const payments = await fillPayments(tools)
  const stories = await playStories(tools)
  await nameThings(tools)
  await workDesks(tools)
  const { day, statementId } = await uploadStatement(tools)
  await troubleTerminals(tools)
  await until(async () => (await deliveries(tools)).some(isAnswered))
  const deliveryId = (await deliveries(tools)).find(isAnswered)?.id ?? ''
  await switchMoney(tools)
  return { payments, stories, deliveryId, statementId, day, phone: staff.phone }
}

function hostileReceiver(hand: Hand): Promise<Receiver> {
  const answer = hand.one('receiver: answer')
  return startReceiver((response) => response.writeHead(500, { 'X-Answer': 'no' }).end(answer))
}

async function done(tools: Tools, method: string, path: string, body: object): Promise<void> {
  const answer = await tools.staff.call(method, `/api/admin/${path}`, body)
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.text}`)
}

/** By a source: each text is in some description, which staff and customers read. */
async function fillPayments({ centre, hand }: Tools): Promise<string[]> {
  for (const description of TURNING) {
    const refused = await centre.call('POST', '/api/payment/init', { amount: 100_000, description })
    assert.equal(refused.status, 400, refused.text)
  }
  const ids: string[] = []
  for (const description of hand.all('payment: description', LIMIT.description)) {
    ids.push(
      await centre.init(100_000, {
        description,
        customer_name: hand.one('payment: customer', LIMIT.name),
        customer_email: hand.note('payment: email', `'onload=harmed'+${ids.length}@hit.kz`),
        external_id: hand.one('payment: order', LIMIT.order),
      }),
    )
  }
  return ids
}

/** One with metadata that is paid and given back, and one whose terminal says harm of its sum. */
async function playStories({ centre, hand, staff }: Tools): Promise<string[]> {
  const metadata = { [hand.one('metadata: key')]: { deep: [hand.one('metadata: value')] } }
  const paid = await pay(
    centre,
    'odd_product',
    { product: hand.one('terminal: product') },
    metadata,
  )
  await until(async () => (await centre.sql('SELECT FROM captures')).length > 0)
  const own = await centre.call('POST', `/api/payment/${paid}/refund`, {
    note: hand.one('refund: source’s note'),
  })
  assert.equal(own.status, 200, own.text)
  const [refund] = await centre.sql('SELECT id FROM refunds')
  const declined = await staff.call('POST', `/api/admin/refunds/${bare(refund.id)}/decline`, {
    reason: hand.one('refund: decline'),
  })
  assert.equal(declined.status, 200, declined.text)
  const again = await staff.call('POST', `/api/admin/transactions/${paid}/refunds`, {
    reason: 'other',
    note: hand.one('refund: staff’s note'),
    start: false,
  })
  assert.equal(again.status, 200, again.text)

  const held = await pay(centre, 'unreadable_sum', { text: hand.one('terminal: sum') }, {})
  const attempt = async () => {
    const { body } = await staff.call('GET', `/api/admin/transactions/${held}`)
    return body.data.actions.resolve[0] as string | undefined
  }
  await until(async () => (await attempt()) !== undefined)
  const path = `/api/admin/transactions/${held}/attempts/${await attempt()}/resolve`
  const resolved = await staff.call('POST', path, {
    outcome: 'paid',
    amount: 101_000,
    payment_method: 'kaspi_gold',
    evidence: hand.one('attempt: evidence'),
    reason: hand.one('attempt: reason'),
  })
  assert.equal(resolved.status, 200, resolved.text)
  return [paid, held]
}

async function pay(
  centre: LoginCentre,
  fault: 'odd_product' | 'unreadable_sum',
  words: object,
  metadata: object,
): Promise<string> {
  for (const terminal of centre.simulator.terminals) terminal.armFault({ fault, ...words })
  const id = await centre.init(100_000, { metadata })
  const started = await centre.kaspi(id)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code })
  return id
}

/** By staff: whatever has a name. */
async function nameThings(tools: Tools): Promise<void> {
  const { centre, hand } = tools
  await done(tools, 'PUT', `sources/${centre.source.id}`, {
    name: hand.one('source: name', LIMIT.name),
    description: hand.one('source: description'),
  })
  for (const id of [1, 2]) {
    const name = hand.one('terminal: name', LIMIT.name)
    await done(tools, 'PUT', `terminals/${id}`, { name })
  }
  for (const id of [1, 2, 3, 4]) {
    const name = hand.one('method: name', LIMIT.method)
    await done(tools, 'PUT', `payment-methods/${id}`, { name })
  }
  await done(tools, 'POST', 'countries', {
    iso: 'QQ',
    name: hand.one('country: name', LIMIT.method),
    dial_code: '+1',
  })
  const system = { code: 'odd', currency: 'KZT', step: 1 }
  const name = hand.one('system: name', LIMIT.method)
  await done(tools, 'POST', 'payment-systems', { ...system, name })
  await done(tools, 'POST', 'admins', {
    phone: '+77061234567',
    name: hand.one('staff: name', LIMIT.name),
    role: 'cashier',
    allowed_countries: ['KZ'],
    allowed_payment_systems: null,
    allowed_source_ids: [centre.source.id],
  })
  await done(tools, 'PUT', 'saved-views', {
    name: hand.one('view: name', LIMIT.view),
    filters: { status: 'pending' },
  })
}

/** By staff: notes and reasons on what waits for a person. */
async function workDesks(tools: Tools): Promise<void> {
  const { centre, hand, staff } = tools
  await centre.sql(`INSERT INTO tasks (kind, payment_id, source_id, opened_at)
    SELECT 'late_money', id, source_id, now() FROM payments LIMIT 2`)
  const rows = await centre.sql(`SELECT id FROM tasks WHERE kind = 'late_money' ORDER BY id`)
  for (const { id } of rows) {
    await done(tools, 'POST', `desk-entries/${id}/take`, {})
    await done(tools, 'POST', `desk-entries/${id}/note`, { text: hand.one('task: note') })
  }
  const last = rows.at(-1)?.id
  await done(tools, 'POST', `desk-entries/${last}/close`, { reason: hand.one('task: close') })
  const text = TURNING[0] ?? ''
  const refused = await staff.call('POST', `/api/admin/desk-entries/${rows[0]?.id}/note`, { text })
  assert.equal(refused.status, 400, refused.text)
}

/** By the bank: headings and words of its table, and the name of its file. */
async function uploadStatement({
  centre,
  hand,
  staff,
}: Tools): Promise<{ readonly day: string; readonly statementId: number }> {
  const extra = hand.one('statement: heading', LIMIT.word)
  const product = hand.one('statement: product', LIMIT.word)
  const at = Date.now() - 2 * DAY_MS
  const lines = Array.from({ length: 5 }, (_, row) => ({
    at,
    number: `77700000${row}`,
    tiyn: 55_500,
    product: inCsv(product),
  }))
  const heading = [...HEADING.slice(0, -1), extra]
  const columns = { ...COLUMNS, product: extra }
  const products = { ...PRODUCTS, [product]: 'kaspi_gold' }
  const body = { system: 'kaspi', heading, columns, products }
  const named = await staff.call('PUT', '/api/admin/statement-columns', body)
  assert.equal(named.status, 200, named.text)
  const file = csvOf(lines).replace(`"${HEADING.at(-1)}"`, `"${inCsv(extra)}"`)
  const name = hand.one('statement: file')
  const query = `&file_name=${encodeURIComponent(name)}`
  const answer = await upload(centre, staff, file, { query })
  assert.equal(answer.body.data?.state, 'read', answer.text)
  const day = new Date(at).toISOString().slice(0, 10)
  for (const reason of [undefined, hand.one('day: reason')]) {
    const closed = await staff.call('POST', `/api/admin/days/${day}/close`, {
      system: 'kaspi',
      ...(reason === undefined ? {} : { reason }),
    })
    assert.equal(closed.status, 200, closed.text)
  }
  return { day, statementId: answer.body.data.statement.id }
}

function inCsv(text: string): string {
  return text.replaceAll('"', '""')
}

/** Out of work, back, and out of quarantine, each with a reason. */
async function troubleTerminals(tools: Tools): Promise<void> {
  const { centre, hand } = tools
  await done(tools, 'POST', 'terminals/1/take-out', { reason: hand.one('terminal: out') })
  await done(tools, 'POST', 'terminals/2/take-out', { reason: hand.one('terminal: out, audit') })
  await done(tools, 'POST', 'terminals/2/return', { reason: hand.one('terminal: back') })
  await centre.sql(
    `UPDATE terminals SET quarantined_until = now() + interval '1 hour',
       quarantine_reason = 'terminal_busy' WHERE id = 2`,
  )
  await done(tools, 'POST', 'terminals/2/resolve-quarantine', {
    reason: hand.one('quarantine: reason'),
    evidence: hand.one('quarantine: evidence'),
  })
}

async function switchMoney(tools: Tools): Promise<void> {
  const reason = tools.hand.one('money: reason')
  await done(tools, 'PUT', 'settings', { taking_money: false, reason })
  await done(tools, 'PUT', 'settings', { taking_money: true, reason })
}

interface DeliveryLine {
  readonly id: string
  readonly last_http_status?: number | null
}

async function deliveries({ staff }: Tools): Promise<DeliveryLine[]> {
  const { body } = await staff.call('GET', '/api/admin/deliveries?event=paid')
  return body.data.deliveries
}

function isAnswered({ last_http_status: status }: DeliveryLine): boolean {
  return status === 500
}

function bare(uuid: string): string {
  return uuid.replaceAll('-', '').toUpperCase()
}
