// I9, I12, I15, I16: what callers were answered, held against the database.

import { parseTransactionId, transactionIdOf } from '@byfly-pay/core'
import type { Called } from '../people/shop.ts'
import { paymentIdIn, qrIn, refundIdsIn } from '../people/shop.ts'
import type { Books } from '../storage/books.ts'
import type { World } from '../world.ts'
import { demand } from './violation.ts'

type Answered = Called & { readonly reply: { readonly kind: 'answered' } }

function successes(calls: readonly Called[]): Answered[] {
  return calls.filter(
    (call): call is Answered => call.reply.kind === 'answered' && call.reply.httpStatus < 300,
  )
}

/** I9: whatever was acknowledged is there, through every crash. */
export function acknowledgedIsKept({ calls }: World, books: Books): void {
  for (const call of successes(calls)) {
    const { paymentId, reply, route } = call
    switch (route) {
      case 'init': {
        const created = paymentIdIn(reply.body)
        const isThere = books.payments.some(({ facts }) => facts.id === created)
        demand(isThere, 'I9', () => `платёж ${created} подтверждён и пропал`)
        break
      }
      case 'kaspi': {
        const qr = qrIn(reply.body)
        const isThere = books.attempts.some(
          (row) => row.paymentId === paymentId && (row.attempt.qr?.text ?? null) === qr,
        )
        demand(isThere, 'I9', () => `QR ${qr} выдан, а попытки с ним нет`)
        break
      }
      case 'refund':
        for (const id of refundIdsIn(reply.body)) {
          const isThere = books.refunds.some(({ refund }) => refund.id === id)
          demand(isThere, 'I9', () => `возврат ${id} подтверждён и пропал`)
        }
        break
      case 'cancel': {
        const isThere = books.history.some(
          (line) =>
            line.paymentId === paymentId && (line.what === 'cancelled' || line.what === 'expired'),
        )
        const ranOut = books.history.some(
          (line) => line.paymentId === paymentId && line.statusAfter === 'cancelled',
        )
        demand(isThere || ranOut, 'I9', () => `отмена ${paymentId} подтверждена и пропала`)
      }
    }
  }
}

/** I12: one key, one answer byte for byte, one effect. */
export function sameKeySameAnswer({ calls }: Pick<World, 'calls'>): void {
  const kept = new Map<string, string>()
  for (const { body, key, paymentId, reply, route, sourceId } of calls) {
    if (key === null || reply.kind !== 'answered' || !reply.isKept) continue
    const name = `${sourceId} ${key} ${route} ${paymentId} ${body}`
    const first = kept.get(name)
    demand(
      first === undefined || first === reply.body,
      'I12',
      () => `${key}: ${first} → ${reply.body}`,
    )
    kept.set(name, reply.body)
  }
}

/** I12: an external id stands for one payment of its source. */
export function oneEffectPerKey(_: World, { payments }: Books): void {
  const seen = new Set<string>()
  for (const { externalId, facts, sourceId } of payments) {
    if (externalId === null) continue
    const name = `${sourceId} ${externalId}`
    demand(!seen.has(name), 'I12', () => `второй платёж ${facts.id} на ${name}`)
    seen.add(name)
  }
}

/** I15: what operators were told was done has its line. The chain itself is tests/staff/audit.test.ts. */
export function actsAreAudited({ auditsDue }: World, { audit }: Books): void {
  demand(audit.length >= auditsDue, 'I15', () => `строк ${audit.length}, дел ${auditsDue}`)
}

/** I16: an answer names no other payment than the caller's own. */
export function answersNameTheirOwn({ calls }: World, { payments }: Books): void {
  for (const { paymentId, reply, sourceId } of successes(calls)) {
    const named = parseTransactionId(/"transaction_id":"(\w+)"/.exec(reply.body)?.[1] ?? '')
    if (named === null) continue
    const owner = payments.find(({ facts }) => facts.id === named)?.sourceId
    demand(owner === sourceId, 'I16', () => `${transactionIdOf(named)} показан чужому`)
    demand(paymentId === null || paymentId === named, 'I16', () => `ответ о другом платеже`)
  }
}
