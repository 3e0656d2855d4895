// The ends that payments come to, one payment each: in part, not at all, given back, not known to anybody.

import assert from 'node:assert/strict'
import type { FaultRequest } from '../../packages/simulator/src/index.ts'
import type { LoginCentre } from '../support/login.ts'
import { until } from '../support/until.ts'
import type { Firm, Subjects } from './rich-world.ts'

type Ends = Pick<
  Subjects,
  'paid' | 'partial' | 'failed' | 'refunded' | 'refundWaits' | 'unknown' | 'held' | 'waiting'
>

const CUSTOMER = { customer_name: 'Сауле Нурланова', customer_phone: '+77017654321' }

export async function playEnds(firm: Firm): Promise<Ends> {
  const { centre } = firm
  const paid = await whole(centre, 'Тур в Дубай на двоих, 24–30 ноября')
  const partial = await started(
    centre,
    'Путёвка в санаторий',
    {},
    { product: 'Loan', loan_term: 12 },
  )
  await centre.until(partial, 'partially_paid')
  const failed = await started(centre, 'Отель в Бурабае', {}, { outcome: 'decline' })
  await centre.until(failed, 'failed')
  const refunded = await whole(centre, 'Билеты на концерт')
  await giveBack(firm, refunded, true)
  const refundWaits = await whole(centre, 'Экскурсия на Кольсай')
  await giveBack(firm, refundWaits, false)
  const cancelled = await centre.init(300_000, { description: 'Заказ по ошибке', ...CUSTOMER })
  await centre.call('POST', `/api/payment/${cancelled}/cancel`)
  const held = await started(centre, 'Тур в Анталью', { fault: 'unreadable_sum', text: '10 1?? ₸' })
  await untilDetail(firm, held, 'settle_by_hand')
  const unknown = await started(centre, 'Виза в Японию', {
    fault: 'unknown',
    actualize_calls: 1_000,
  })
  await untilDetail(firm, unknown, 'unknown')
  await takeTask(firm)
  const waiting = await centre.init(1_250_000, { description: 'Тур на Мальдивы', ...CUSTOMER })
  assert.equal((await centre.kaspi(waiting)).status, 200)
  return { paid, partial, failed, refunded, refundWaits, unknown, held, waiting }
}

async function started(
  centre: LoginCentre,
  description: string,
  fault: FaultRequest | Record<string, never>,
  scan: object = {},
): Promise<string> {
  const id = await centre.init(1_000_000, { description, ...CUSTOMER })
  const { body, text } = await centre.kaspi(id)
  assert.equal(body.success, true, text)
  const terminal = centre.simulator.terminal(body.data.terminal_id)
  if ('fault' in fault) terminal.armFault(fault as FaultRequest)
  centre.simulator.phone.scan({ qr: body.data.qr_code, ...scan })
  return id
}

async function whole(centre: LoginCentre, description: string): Promise<string> {
  const id = await started(centre, description, {})
  await centre.until(id, 'paid')
  return id
}

async function giveBack({ centre, staff }: Firm, id: string, isScanned: boolean): Promise<void> {
  const path = `/api/admin/transactions/${id}/refunds`
  const note = 'Клиент передумал ехать'
  const answer = await staff.call('POST', path, {
    reason: 'customer_request',
    note,
    start: isScanned,
  })
  assert.equal(answer.status, 200, answer.text)
  if (!isScanned) return
  const qr = async () => {
    const { body } = await staff.call('GET', `/api/admin/refunds?transaction_id=${id}`)
    return body.data.refunds[0]?.qr_code as string | null
  }
  await until(async () => (await qr()) !== null)
  centre.simulator.phone.scan({ qr: (await qr()) ?? '' })
  await until(async () => {
    const { body } = await staff.call('GET', `/api/admin/refunds?transaction_id=${id}`)
    return body.data.refunds[0]?.state === 'succeeded'
  })
}

async function untilDetail({ staff }: Firm, id: string, detail: string): Promise<void> {
  await until(async () => {
    const { body } = await staff.call('GET', `/api/admin/transactions/${id}`)
    return body.data.status_detail === detail
  })
}

async function takeTask({ staff }: Firm): Promise<void> {
  const { body } = await staff.call('GET', '/api/admin/desks/unknown_results')
  const entry = body.data.entries[0]?.id
  await staff.call('POST', `/api/admin/desk-entries/${entry}/take`)
  const text = 'Позвонили в магазин: чек на бумаге есть, сумма 10 100 ₸'
  await staff.call('POST', `/api/admin/desk-entries/${entry}/note`, { text })
}
