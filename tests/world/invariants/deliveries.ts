// I10, I11: what sources are told, by the books and by the receivers' own journals.

import { TRIES_BEFORE_OVERTAKING, transactionIdOf } from '@byfly-pay/core'
import { webhookIdOf } from '../../../packages/server/src/notices/deliver-webhook.ts'
import type { Received } from '../people/receivers.ts'
import type { Books } from '../storage/books.ts'
import type { DeliveryRow } from '../storage/rows.ts'
import type { World } from '../world.ts'
import { demand } from './violation.ts'

/** I10: every source of the world listens to everything, so each number that was told has its one row. */
export function eachEventHasItsRow(_: World, { deliveries, payments }: Books): void {
  for (const { facts, status } of payments) {
    const own = deliveries.filter(({ paymentId }) => paymentId === facts.id)
    const numbers = own.map(({ sequence }) => sequence).sort((a, b) => a - b)
    const isWhole = numbers.every((sequence, index) => sequence === index + 1)
    demand(
      isWhole && numbers.length === facts.sequence,
      'I10',
      () => `${facts.id}: рассказано ${facts.sequence}, строки ${numbers.join(' ')}`,
    )
    const timesPaid = own.filter(({ event }) => event === 'paid').length
    demand(
      timesPaid === (status === 'paid' ? 1 : 0),
      'I10',
      () => `${facts.id}: paid ×${timesPaid}`,
    )
  }
}

/** I11: one id, one text, however often it is sent; and it is the text of the row. */
export function sameIdSameBytes({ receivers }: World, { deliveries }: Books): void {
  const bodies = new Map(deliveries.map(({ body, id }) => [webhookIdOf(id), body]))
  for (const { body, id } of receivers.journal) {
    demand(bodies.get(id) === body, 'I11', () => `${id}: другой текст`)
  }
}

/** I11: an event does not overtake one before it that may still come, but for the exception of W4. */
export function inOrder({ receivers }: World, { deliveries }: Books): void {
  const rows = new Map(deliveries.map((row) => [webhookIdOf(row.id), row]))
  const firsts = new Set<string>()
  for (const arrival of receivers.journal) {
    if (firsts.has(arrival.id)) continue
    firsts.add(arrival.id)
    const row = rows.get(arrival.id)
    if (row === undefined) continue
    for (const earlier of deliveries) {
      if (earlier.paymentId !== row.paymentId || earlier.sequence >= row.sequence) continue
      demand(
        letsGo(earlier, arrival, receivers.journal),
        'I11',
        () => `${row.paymentId}: событие ${row.sequence} раньше события ${earlier.sequence}`,
      )
    }
  }
}

function letsGo(earlier: DeliveryRow, arrival: Received, journal: readonly Received[]): boolean {
  if (earlier.state === 'superseded' || earlier.state === 'parked') return true
  const id = webhookIdOf(earlier.id)
  const tries = journal.filter((other) => other.id === id && other.atMs <= arrival.atMs)
  return tries.some(({ isTaken }) => isTaken) || tries.length >= TRIES_BEFORE_OVERTAKING
}

/** I10, once all is quiet: delivered, or visibly parked; nothing is kept back for ever. */
export function allIsTold({ receivers }: World, { deliveries }: Books): void {
  for (const { id, state } of deliveries) {
    const isEnded = state === 'delivered' || state === 'parked' || state === 'superseded'
    demand(isEnded, 'I10', () => `доставка ${id} осталась ${state}`)
    const isTaken = receivers.journal.some((row) => row.id === webhookIdOf(id) && row.isTaken)
    demand(state !== 'delivered' || isTaken, 'I10', () => `${id} отмечена, а не принята`)
  }
}

/** I16: no event reaches another source, nor names another's payment. */
export function noForeignWord({ receivers }: World, { deliveries, payments }: Books): void {
  for (const { id, sourceId, url, body, paymentId } of deliveries) {
    const owner = payments.find(({ facts }) => facts.id === paymentId)
    demand(owner?.sourceId === sourceId, 'I16', () => `доставка ${id} чужого платежа`)
    demand(body.includes(transactionIdOf(paymentId)), 'I16', () => `${id} говорит о другом`)
    const strangers = receivers.journal.filter((row) => row.id === webhookIdOf(id))
    demand(
      strangers.every((row) => row.url === url),
      'I16',
      () => `${id} ушла не туда`,
    )
  }
}
