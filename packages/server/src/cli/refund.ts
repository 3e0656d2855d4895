// `byfly refund …`: what staff do with refunds over the API, when there is only a command line at hand. It
// writes down and judges; a terminal is started by the running centre, for the customer has to be there.

import {
  EVERYTHING,
  formatTenge,
  parseTransactionId,
  REFUND_REASONS,
  REFUND_STATES,
  transactionIdOf,
} from '@byfly-pay/core'
import { setRefundApproval } from '../accounts/set-refund-approval.ts'
import type { Centre } from '../ports/centre.ts'
import {
  approveRefund,
  cancelRefund,
  declineRefund,
  type RefundOutcome,
  requestByStaff,
  resolveRefund,
} from '../refunds/refund-by-staff.ts'
import { cliActor } from './actor.ts'
import { operator } from './operator.ts'
import { say, sayTable } from './output.ts'
import { paymentIdOf } from './payment.ts'
import { CommandError, oneOf, parseNumber, withCentre } from './with-centre.ts'

export interface CreateRefundFlags {
  readonly reason: string
  readonly amount?: string
  readonly note?: string
  readonly payAgain?: boolean
}

export function createRefund(text: string, flags: CreateRefundFlags): Promise<void> {
  const paymentId = paymentIdOf(text)
  const reason = oneOf(REFUND_REASONS, flags.reason, '--reason')
  const amountTiyn = flags.amount === undefined ? null : tiynOf(flags.amount, '--amount')
  const payAgain = flags.payAgain === true
  if (payAgain && amountTiyn !== null) throw new CommandError('--pay-again возвращает всё')
  const call = {
    paymentId,
    attemptId: null,
    amountTiyn,
    reason,
    note: flags.note ?? null,
    payAgain,
  }
  return withCentre(async (centre) => {
    const outcome = await requestByStaff(centre, by(), call)
    if (outcome.kind !== 'requested') {
      const code = outcome.kind === 'rejected' ? outcome.code : outcome.kind
      throw new CommandError(`Не принято: ${code}`)
    }
    for (const { amountTiyn: sum, id, state } of outcome.refunds) {
      const next = state.kind === 'approved' ? 'можно начинать' : 'ждёт второго человека'
      say(`Возврат ${transactionIdOf(id)}: ${formatTenge(sum)}, ${next}.`)
    }
    if (outcome.successorId !== null) {
      say(`Новый платёж: ${centre.publicUrl()}/pay/${transactionIdOf(outcome.successorId)}`)
    }
  })
}

export interface ListRefundFlags {
  readonly payment?: string
  readonly state?: string
  readonly limit: string
}

export function listRefunds(flags: ListRefundFlags): Promise<void> {
  const state = flags.state === undefined ? null : oneOf(REFUND_STATES, flags.state, '--state')
  const paymentId = flags.payment === undefined ? null : paymentIdOf(flags.payment)
  const limit = Math.min(parseNumber(flags.limit, '--limit'), 1_000)
  return withCentre(async ({ storage }) => {
    const lines = await storage.refunds.page(EVERYTHING, {
      paymentId,
      state,
      sourceId: null,
      reason: null,
      beforeId: null,
      limit,
    })
    if (lines.length === 0) return say('Возвратов нет.')
    sayTable(
      ['возврат', 'платёж', 'сумма', 'состояние', 'кто запросил', 'кто подтвердил'],
      lines.map(({ paymentId: payment, refund }) => [
        transactionIdOf(refund.id),
        transactionIdOf(payment),
        formatTenge(refund.amountTiyn),
        refund.state.kind,
        refund.requestedBy.name,
        refund.approvedBy?.name ?? '—',
      ]),
    )
  })
}

export function approveRefundNow(text: string): Promise<void> {
  return judge(text, approveRefund, 'Возврат подтверждён: его можно начинать.')
}

export function declineRefundNow(text: string, flags: { readonly reason: string }): Promise<void> {
  const decline = (centre: Centre, actor: ReturnType<typeof by>, id: string) =>
    declineRefund(centre, actor, id, flags.reason)
  return judge(text, decline, 'Возврат отклонён.')
}

export function cancelRefundNow(text: string): Promise<void> {
  return judge(
    text,
    cancelRefund,
    'Возврат отменяется. Если терминал уже занят им, последнее слово за терминалом.',
  )
}

export interface ResolveRefundFlags {
  readonly outcome: string
  readonly amount?: string
  readonly evidence: string
  readonly reason: string
}

export function resolveRefundNow(text: string, flags: ResolveRefundFlags): Promise<void> {
  const outcome = oneOf(['refunded', 'not_refunded'] as const, flags.outcome, '--outcome')
  const { evidence, reason } = flags
  const amountTiyn = outcome === 'refunded' ? tiynOf(flags.amount ?? '', '--amount') : null
  const resolve = (centre: Centre, actor: ReturnType<typeof by>, id: string) =>
    resolveRefund(centre, actor, id, { amountTiyn, evidence, reason })
  return judge(text, resolve, 'Решение записано.')
}

export function setApprovalNow(text: string): Promise<void> {
  const aboveTiyn = text === 'none' ? null : tiynOf(text, 'Сумма')
  return withCentre(async (centre) => {
    await setRefundApproval(centre, operator(), aboveTiyn)
    say(
      aboveTiyn === null
        ? 'Возвраты никто не подтверждает.'
        : `Возврат больше ${formatTenge(aboveTiyn)} подтверждает второй человек.`,
    )
  })
}

function by() {
  return { actor: cliActor(), scope: EVERYTHING }
}

function judge(
  text: string,
  act: (centre: Centre, actor: ReturnType<typeof by>, refundId: string) => Promise<RefundOutcome>,
  done: string,
): Promise<void> {
  const refundId = parseTransactionId(text)
  if (refundId === null) throw new CommandError(`«${text}» не номер возврата`)
  return withCentre(async (centre) => {
    const outcome = await act(centre, by(), refundId)
    if (outcome.kind === 'not_found') throw new CommandError(`Возврата ${text} нет`)
    if (outcome.kind === 'rejected') throw new CommandError(`Не принято: ${outcome.code}`)
    say(done)
  })
}

function tiynOf(text: string, what: string): bigint {
  if (!/^(0|[1-9]\d{0,14})$/.test(text)) {
    throw new CommandError(`${what}: целое число тиынов, а не «${text}»`)
  }
  return BigInt(text)
}
