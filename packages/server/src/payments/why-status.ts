// Why a payment has the status it has, in one sentence for whoever asks at the desk. Pure.

import { formatTenge } from '@byfly-pay/core'
import type { PaymentStanding } from '../ports/payment-store.ts'
import { failureSentence } from './history-sentences.ts'
import type { PaymentWords } from './words/shape.ts'

export function whyThisStatus(view: PaymentStanding, words: PaymentWords): string {
  const { failureReason, figures, status, statusDetail } = view
  const { why } = words
  const detail = detailOf(statusDetail, why.details)
  switch (status) {
    case 'pending':
    case 'processing':
      return `${why.status[status]}${detail === null ? '' : `: ${detail}`}.`
    case 'paid':
      return paidSentence(view, why)
    case 'partially_paid':
      return why.partly({
        credited: formatTenge(figures.creditedTiyn),
        original: formatTenge(figures.originalTiyn),
        remaining: formatTenge(figures.remainingTiyn),
      })
    case 'cancelled':
      return cancelledSentence(view, detail, why)
    case 'failed':
      return why.failed(failureSentence(failureReason, words))
  }
}

type Why = PaymentWords['why']

function paidSentence({ figures, late, statusDetail }: PaymentStanding, why: Why): string {
  const parts = [why.paid(formatTenge(figures.creditedTiyn))]
  if (figures.overpaidTiyn > 0n) parts.push(why.overpaid(formatTenge(figures.overpaidTiyn)))
  if (late) parts.push(why.late)
  if (statusDetail === 'watched') parts.push(why.watched)
  return `${parts.join('; ')}.`
}

function cancelledSentence(
  { cancelReason, figures }: PaymentStanding,
  detail: string | null,
  why: Why,
): string {
  const cause = cancelReason === 'expired' ? why.expired : why.cancelled
  const { paidTiyn } = figures
  const taken = paidTiyn > 0n ? why.taken(formatTenge(paidTiyn)) : why.nothingTaken
  return `${cause}${taken}${detail === null ? '' : `; ${detail}`}.`
}

function detailOf(detail: string | null, details: Readonly<Record<string, string>>): string | null {
  if (detail === null) return null
  return Object.hasOwn(details, detail) ? (details[detail] ?? detail) : detail
}
