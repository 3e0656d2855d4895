// A small firm at work, to be looked at: a month of payments with every end that they come to, terminals in good
// and in bad health, a bank's statement that does not agree, webhooks taken and refused, colleagues and their acts.

import assert from 'node:assert/strict'
import { FIGURES_LOCK } from '../../packages/server/src/storage/figure-folding.ts'
import { client } from '../support/centre.ts'
import { type LoginCentre, startLoginCentre } from '../support/login.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'
import { csvOf, type Line, nameColumns, upload } from '../support/statement.ts'
import { asSuperuser } from '../support/test-server.ts'
import { until } from '../support/until.ts'
import { startReceiver } from '../webhooks/receivers.ts'
import { playEnds } from './rich-ends.ts'

/** What the pages of the list are about. */
export interface Subjects {
  readonly paid: string
  readonly partial: string
  readonly failed: string
  readonly refunded: string
  readonly refundWaits: string
  readonly unknown: string
  readonly held: string
  readonly waiting: string
  readonly sourceId: number
  readonly deliveryTaken: string
  readonly deliveryRefused: string
  readonly statementId: number
  readonly openDay: string
  readonly closedDay: string
  readonly unpaired: number
}

export interface RichWorld {
  readonly centre: LoginCentre
  readonly subjects: Subjects
  /** Of a super admin. */
  readonly phone: string
  stop(): Promise<void>
}

/** A centre that is being filled, by the one who runs it. */
export interface Firm {
  readonly centre: LoginCentre
  readonly staff: TestStaff
}

const DAY_MS = 86_400_000
const PAYMENTS = 26
const HOURS_BETWEEN = 13
const PEOPLE = [
  'Айгерим Сериккызы',
  'Данияр Ахметов',
  'Ольга Ким',
  'Тимур Сейтказы',
  'Мадина Жумабаева',
]
const TOURS = [
  'Тур в Дубай на двоих',
  'Трансфер из аэропорта',
  'Экскурсия на Кольсай',
  'Билеты в Стамбул',
]
const PRODUCTS = ['Gold', 'Red', 'Gold', 'Credit'] as const
const METHODS = { Gold: 'kaspi_gold', Red: 'kaspi_red', Credit: 'kaspi_credit' } as const

export async function openRichWorld(): Promise<RichWorld> {
  const receiver = await startReceiver((response) =>
    response.writeHead(500, { 'Content-Type': 'text/plain' }).end('order not found'),
  )
  const centre = await startLoginCentre({
    terminals: Array.from({ length: 7 }, () => ({ camera: 'jpeg' as const })),
    demo: true,
    // What waits for a customer goes on waiting while its pictures are made.
    timing: { scanWaitMs: 4 * 3_600_000, confirmWaitMs: 4 * 3_600_000 },
    limits: { quarantineMs: 3_600_000 },
    source: { name: 'Магазин путешествий', refundsAllowed: true },
  })
  const stop = async () => {
    await centre.stop()
    await receiver.stop()
  }
  try {
    const staff = await loginAs(centre, 'super_admin', { name: 'Айгерим Сериккызы' })
    const subjects = await fill({ centre, staff }, `http://127.0.0.1:${receiver.port}/hook`)
    return { centre, subjects, phone: staff.phone, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function fill(firm: Firm, brokenUrl: string): Promise<Subjects> {
  const { centre } = firm
  await nameThings(firm)
  const broken = await centre.addSource({
    name: 'Мобильное приложение',
    defaultWebhookUrl: brokenUrl,
  })
  const app = client(centre.url, broken.apiToken)
  await asSuperuser(centre.database.superuserUrl, async (sql) => {
    // What is folded already could not be moved to another day any more.
    await sql.query(`SELECT pg_advisory_lock(${FIGURES_LOCK})`)
    for (let turn = 0; turn < PAYMENTS; turn += 1) {
      const by = turn % 5 === 3 ? app : centre
      await pay(firm, by, turn)
    }
  })
  const book = await reconcile(firm)
  const ends = await playEnds(firm)
  const sourceId = centre.source.id
  const [deliveryTaken, deliveryRefused] = await Promise.all([
    deliveryOf(firm, sourceId, 'delivered'),
    deliveryOf(firm, broken.id, 'waiting'),
  ])
  const unpaired = await troubleTerminals(firm)
  return { ...book, ...ends, sourceId, deliveryTaken, deliveryRefused, unpaired }
}

async function done({ staff }: Firm, method: string, path: string, body: object) {
  const answer = await staff.call(method, `/api/admin/${path}`, body)
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.text}`)
  return answer.body.data
}

async function nameThings(firm: Firm): Promise<void> {
  const names = [
    'Касса у входа',
    'Второй этаж',
    'Астана, ТРЦ',
    'Алматы, офис',
    'Онлайн 1',
    'Онлайн 2',
    'Склад',
  ]
  for (const [at, name] of names.entries()) await done(firm, 'PUT', `terminals/${at + 1}`, { name })
  for (const [at, role] of ['country_admin', 'accountant', 'cashier', 'developer'].entries()) {
    await done(firm, 'POST', 'admins', {
      phone: `+7706555000${at}`,
      name: PEOPLE[at + 1],
      role,
      allowed_countries: ['KZ'],
      allowed_payment_systems: null,
      ...(at < 2 ? {} : { allowed_source_ids: [firm.centre.source.id] }),
    })
  }
  await done(firm, 'PUT', 'saved-views', { name: 'Не дошли', filters: { status: 'failed' } })
  await done(firm, 'POST', 'alert-recipients', { channel: 'telegram', chat_id: '-1001234567' })
}

async function pay({ centre }: Firm, by: Pick<LoginCentre, 'init' | 'kaspi'>, turn: number) {
  const product = PRODUCTS[turn % PRODUCTS.length] ?? 'Gold'
  const id = await by.init(500_000 + ((turn * 7_919) % 90) * 50_000, {
    description: TOURS[turn % TOURS.length],
    customer_name: PEOPLE[turn % PEOPLE.length],
    customer_phone: `+7701${1_000_000 + turn * 4_321}`,
    external_id: `order-${10_200 + turn}`,
  })
  const started = await by.kaspi(id, { payment_method: METHODS[product] })
  assert.equal(started.status, 200, started.text)
  centre.simulator.phone.scan({ qr: started.body.data.qr_code, product })
  await until(async () => {
    const [{ status }] = await centre.sql('SELECT status FROM payments WHERE id = $1::uuid', [id])
    return status === 'paid'
  })
  await moveBack(centre, id, (PAYMENTS - turn) * HOURS_BETWEEN)
}

/** To another day in every figure; what the books hold fast is moved past their guards. */
async function moveBack({ sql }: LoginCentre, id: string, hours: number): Promise<void> {
  const back = `interval '${hours} hours'`
  const of = `FROM payments p WHERE p.id = '${id}'::uuid AND`
  await sql(`SET session_replication_role = replica;
    UPDATE captures SET at = at - ${back} WHERE payment_id = '${id}'::uuid;
    UPDATE figure_deltas d SET created_at = d.created_at - ${back}, money_at = d.money_at - ${back}
      ${of} p.created_at = d.created_at;
    UPDATE payments SET created_at = created_at - ${back}, paid_at = paid_at - ${back}
      WHERE id = '${id}'::uuid`)
}

function dayOf(ms: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Almaty' }).format(ms)
}

/** A bank's file of a week in which three things do not agree, and a day closed on it. */
async function reconcile(firm: Firm) {
  const { centre, staff } = firm
  const rows = await centre.sql(
    `SELECT provider_transaction_id AS number, gross_tiyn::integer AS tiyn, at, product_word AS word
     FROM captures WHERE at < now() - interval '1 day' ORDER BY at DESC LIMIT 14`,
  )
  const lines: Line[] = rows.map(({ at, number, tiyn, word }) => {
    const fee = Math.round(tiyn / 100)
    return { at: at.getTime(), number, tiyn, fee, payout: tiyn - fee, product: `Kaspi ${word}` }
  })
  const [first, second] = lines
  assert.ok(first && second)
  const strange = { ...first, number: '7770001771', tiyn: 1_555_000 }
  const file = csvOf([{ ...first, tiyn: first.tiyn - 10_000 }, ...lines.slice(2), strange])
  assert.equal((await nameColumns(staff)).status, 200)
  const query = `&file_name=${encodeURIComponent('kaspi-ноябрь.csv')}`
  const answer = await upload(centre, staff, file, { query })
  assert.equal(answer.body.data?.state, 'read', answer.text)
  const closedDay = dayOf(lines.at(-1)?.at ?? 0)
  await done(firm, 'POST', `days/${closedDay}/close`, { system: 'kaspi' })
  const openDay = dayOf(Date.now() - DAY_MS)
  return { statementId: answer.body.data.statement.id, closedDay, openDay }
}

async function deliveryOf({ staff }: Firm, sourceId: number, state: string): Promise<string> {
  const seen = async () => {
    const query = `source_id=${sourceId}&state=${state}`
    const { body } = await staff.call('GET', `/api/admin/deliveries?${query}`)
    return body.data.deliveries[0]?.id as string | undefined
  }
  await until(async () => (await seen()) !== undefined)
  return (await seen()) ?? ''
}

/** One rests by itself, one was taken out by a person, and one was never paired to the end. */
async function troubleTerminals(firm: Firm): Promise<number> {
  const { centre } = firm
  await done(firm, 'POST', 'terminals/7/take-out', { reason: 'Сломался экран, везём в сервис' })
  await centre.sql(
    `UPDATE terminals SET quarantined_until = now() + interval '1 hour',
       quarantine_reason = 'terminal_busy' WHERE id = 4`,
  )
  const { id } = await done(firm, 'POST', 'terminals', {
    name: 'Новый, Шымкент',
    ip_address: 'http://127.0.0.1',
    port: 9,
    is_active: false,
  })
  return id
}
