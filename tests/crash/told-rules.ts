// I9–I12, I16: what the client was told and what the shop received is true, the same each time, and in
// order.

import type { Evidence, Rule } from './check-books.ts'
import { uuidOf } from './watched.ts'

export const toldRules: readonly Rule[] = [
  acknowledgedIsThere,
  sameKeySameAnswer,
  figuresAddUp,
  eventsArrive,
  eventsAreInOrder,
  bodiesStayTheSame,
]

/** I9: each 2xx that the client heard can be seen. */
async function acknowledgedIsThere({ sql, told }: Evidence) {
  const payments = new Map(
    (await sql('SELECT id, status, cancel_reason FROM payments')).map((row) => [row.id, row]),
  )
  const codes = new Set(
    (await sql('SELECT payment_id, qr_text FROM attempts WHERE qr_text IS NOT NULL')).map(
      (row) => `${row.payment_id} ${row.qr_text}`,
    ),
  )
  return told
    .filter(({ outcome }) => outcome === 'ok')
    .flatMap(({ body, id, what }) => {
      if (id === null) return [`I9: ${what} отвечен без номера`]
      const payment = payments.get(uuidOf(id))
      if (payment === undefined) return [`I9: платёж ${id} подтверждён, а его нет`]
      if (what === 'kaspi' && !codes.has(`${uuidOf(id)} ${body.data.qr_code}`)) {
        return [`I9: QR платежа ${id} показан, а его нет`]
      }
      if (what === 'status' && body.data.status === 'paid' && payment.status !== 'paid') {
        return [`I9: платёж ${id} был оплачен, а теперь ${payment.status}`]
      }
      if (what === 'cancel' && payment.cancel_reason === null && payment.status === 'pending') {
        return [`I9: отмена ${id} подтверждена, а её нет`]
      }
      return []
    })
}

/** I12: one key, one answer, byte for byte. */
async function sameKeySameAnswer({ told }: Evidence) {
  const keyed = told.filter(({ key, outcome }) => key !== null && outcome === 'ok')
  return [...Map.groupBy(keyed, ({ key }) => key)].flatMap(([key, answers]) =>
    new Set(answers.map(({ text }) => text)).size > 1 ? [`I12: разные ответы на ключ ${key}`] : [],
  )
}

/** I3 as a client sees it. */
async function figuresAddUp({ told }: Evidence) {
  return told
    .filter(({ outcome, what }) => what === 'status' && outcome === 'ok')
    .filter(({ body: { data } }) => data.amount !== data.paid_amount + data.remaining_amount)
    .map(({ id }) => `I3: платёж ${id}: amount не равен paid + remaining`)
}

/** I10: every `paid` is delivered or parked, and what is called delivered did arrive. */
async function eventsArrive({ received, sql }: Evidence) {
  const untold = await sql(`
    SELECT p.id FROM payments p
    WHERE p.status = 'paid' AND NOT EXISTS (
      SELECT FROM deliveries d WHERE d.payment_id = p.id AND d.event = 'paid'
        AND d.state IN ('delivered', 'parked'))`)
  const delivered = await sql(`SELECT id FROM deliveries WHERE state = 'delivered'`)
  const accepted = new Set(received.filter((each) => each.isAccepted).map(({ id }) => id))
  return [
    ...untold.map(({ id }) => `I10: об оплате ${id} никому не сказали`),
    ...delivered
      .filter(({ id }) => !accepted.has(`evt_${id.replaceAll('-', '')}`))
      .map(({ id }) => `I10: доставка ${id} записана, а получатель её не принял`),
  ]
}

/** I11: first arrivals of a payment come in their order (nothing here fails often enough to be overtaken). */
async function eventsAreInOrder({ received }: Evidence) {
  return [...Map.groupBy(received, ({ transactionId }) => transactionId)].flatMap(
    ([id, events]) => {
      const firsts = events
        .filter((each, place) => events.findIndex(({ id: same }) => same === each.id) === place)
        .map(({ sequence }) => sequence)
      return firsts.some((sequence, place) => sequence < (firsts[place - 1] ?? 0))
        ? [`I11: события ${id} пришли как ${firsts.join(', ')}`]
        : []
    },
  )
}

/** I11: the same id means the same bytes; every one is signed. */
async function bodiesStayTheSame({ received }: Evidence) {
  const unsigned = received.filter(({ isSigned }) => !isSigned)
  const changed = [...Map.groupBy(received, ({ id }) => id)].filter(
    ([, events]) => new Set(events.map(({ text }) => text)).size > 1,
  )
  return [
    ...unsigned.map(({ id }) => `I11: подпись ${id} неверна`),
    ...changed.map(([id]) => `I11: тело ${id} менялось`),
  ]
}
