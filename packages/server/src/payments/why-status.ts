// Why a payment has the status it has, in one sentence for whoever asks at the desk. Pure.

import { formatTenge, type StatusDetail } from '@byfly-pay/core'
import type { PaymentStanding } from '../ports/payment-store.ts'
import { failureSentence } from './history-sentences.ts'

const DETAILS: Readonly<Record<StatusDetail, string>> = {
  starting: 'терминал готовит операцию',
  waiting_for_scan: 'клиент ещё не отсканировал QR-код',
  waiting_for_confirmation: 'клиент подтверждает оплату в приложении',
  processing_card: 'терминал обрабатывает карту',
  unknown: 'терминал не знает результата, его спрашивают снова',
  settle_by_hand: 'деньги есть или могли быть, но зачесть их может только сотрудник',
  watched: 'терминал ещё не сказал последнего слова',
  start_lost: 'терминал не ответил на запуск, можно попробовать снова',
}

export function whyThisStatus(view: PaymentStanding): string {
  const { figures, status, statusDetail } = view
  const detail = detailOf(statusDetail)
  switch (status) {
    case 'pending':
      return `Оплата ещё не начата${detail === null ? '' : `: ${detail}`}.`
    case 'processing':
      return `Оплата идёт${detail === null ? '' : `: ${detail}`}.`
    case 'paid':
      return paidSentence(view)
    case 'partially_paid':
      return (
        `Зачтено ${formatTenge(figures.creditedTiyn)} из ${formatTenge(figures.originalTiyn)}: ` +
        `осталось заплатить ${formatTenge(figures.remainingTiyn)}.`
      )
    case 'cancelled':
      return cancelledSentence(view, detail)
    case 'failed':
      return `Последняя попытка не прошла: ${failureSentence(view.failureReason)}. Платить снова можно.`
  }
}

function paidSentence({ figures, late, statusDetail }: PaymentStanding): string {
  const parts = [`Зачтено ${formatTenge(figures.creditedTiyn)}, этого достаточно`]
  if (figures.overpaidTiyn > 0n) parts.push(`лишнее — ${formatTenge(figures.overpaidTiyn)}`)
  if (late) parts.push('часть денег пришла после отмены, срока или неудачи')
  if (statusDetail === 'watched') parts.push('другая попытка ещё наблюдается')
  return `${parts.join('; ')}.`
}

function cancelledSentence({ cancelReason, figures }: PaymentStanding, detail: string | null) {
  const why = cancelReason === 'expired' ? 'Срок оплаты истёк' : 'Платёж отменили по запросу'
  const taken = figures.paidTiyn > 0n ? `, взято ${formatTenge(figures.paidTiyn)}` : ', денег нет'
  return `${why}${taken}${detail === null ? '' : `; ${detail}`}.`
}

function detailOf(detail: string | null): string | null {
  if (detail === null) return null
  return Object.hasOwn(DETAILS, detail) ? DETAILS[detail as StatusDetail] : detail
}
