// A payment's history told in plain sentences, one for each kind of line, in the language whose words it is given.
// Pure; the texts themselves are in words/, whole by their types.

import { formatTenge, HISTORY_WHATS } from '@byfly-pay/core'
import type { AuditRow } from '../ports/audit-store.ts'
import type { HistoryLine } from '../ports/payment-store.ts'
import type { PaymentWords, Told } from './words/shape.ts'

/** The names of what a line knows by its number or code. */
export interface Names {
  /** Null for a terminal that has none any more. */
  readonly terminal: (id: number) => string | null
  readonly method: (code: string) => string
}

type Facts = HistoryLine['facts']
type Texts = Readonly<Record<string, string>>

/** One sentence; whose word it was is said when it was not the terminal's. */
export function historySentence(
  { facts, what }: HistoryLine,
  names: Names,
  words: PaymentWords,
): string {
  const kind = HISTORY_WHATS.find((known) => known === what)
  // A line of a newer release: its own word is better than none.
  if (kind === undefined) return what
  const sentence = words.history[kind]
  const said = typeof sentence === 'string' ? sentence : sentence(toldOf(facts, names, words))
  return facts['by'] === 'operator' ? `${said}${words.byOperator}` : said
}

function toldOf(facts: Facts, names: Names, words: PaymentWords): Told {
  const { reason, why } = facts
  const sum = (fact: string) => sumOf(facts[fact], words)
  const sumOrNull = (fact: string) => (isSum(facts[fact]) ? sum(fact) : null)
  return {
    terminal: words.terminal(names.terminal(Number(facts['terminal']))),
    method: names.method(String(facts['method'])),
    product: names.method(String(facts['product'])),
    charge: sum('charge_tiyn'),
    sum: sum('amount_tiyn'),
    gross: sum('gross_tiyn'),
    credit: sum('credit_tiyn'),
    overpaid: sumOrNull('overpaid_tiyn'),
    forgiven: sumOrNull('forgiven_tiyn'),
    isLate: facts['late'] === true,
    needsApproval: facts['needs_approval'] === true,
    refusal: wordOf(words.refusals, reason, words),
    failure: failureSentence(reason, words),
    unknown: wordOf(words.unknowns, why, words),
    hold: heldClause(words.holds, facts, words),
    refundHold: heldClause(words.refundHolds, facts, words),
    phase: wordOf(words.refundPhases, facts['phase'], words),
    formerId: typeof facts['former_id'] === 'string' ? facts['former_id'] : null,
  }
}

export function attemptSentence(state: string, reason: string | null, words: PaymentWords): string {
  const { attempts, failures, holds, refusals } = words
  const said = wordOf(attempts, state, words)
  return reason === null
    ? said
    : `${said}: ${wordOf({ ...refusals, ...failures, ...holds }, reason, words)}`
}

export function failureSentence(reason: unknown, words: PaymentWords): string {
  return wordOf(words.failures, reason, words)
}

export function taskTitle(kind: string, words: PaymentWords): string {
  return wordOf(words.tasks, kind, words)
}

/** What somebody did with the payment by hand, and why, as the audit has it. */
export function auditSentence({ action, facts }: AuditRow, words: PaymentWords): string {
  const { audit } = words
  switch (action) {
    case 'payment.cancelled':
      return audit.cancelled
    case 'payment.attempt_resolved': {
      const isPaid = facts['outcome'] === 'paid'
      const found = isPaid ? audit.paid(sumOf(facts['gross_tiyn'], words)) : audit.notPaid
      return audit.attempt({ found, ...groundsOf(facts) })
    }
    case 'payment.link_sent':
      return audit.linkSent
    case 'refund.requested':
      return audit.refundRequested(sumOf(facts['amount_tiyn'], words))
    case 'refund.approved':
      return audit.refundApproved
    case 'refund.declined':
      return audit.refundDeclined
    case 'refund.cancelled':
      return audit.refundCancelled
    case 'refund.resolved': {
      const found = facts['outcome'] === 'refunded' ? audit.refunded : audit.notRefunded
      return audit.refund({ found, ...groundsOf(facts) })
    }
    case 'delivery.resent':
      return audit.resent(String(facts['event']))
    default:
      return action
  }
}

function groundsOf({ evidence, reason }: Facts) {
  return { evidence: String(evidence), reason: String(reason) }
}

/** Why a task is there, where an attempt or a refund is held. */
export function heldSentence(
  task: 'settle_by_hand' | 'refund_unclear',
  facts: Facts,
  words: PaymentWords,
): string {
  const holds = task === 'settle_by_hand' ? words.holds : words.refundHolds
  return words.held(heldClause(holds, facts, words))
}

/** With what the terminal said where its word was not believed. */
function heldClause(holds: Texts, facts: Facts, words: PaymentWords): string {
  return `${wordOf(holds, facts['reason'], words)}${toldSentence(facts, words)}`
}

function toldSentence(
  { told, told_number: number, told_tiyn: sum, why }: Facts,
  words: PaymentWords,
): string {
  switch (told) {
    case 'failed':
      return words.toldFailed(failureSentence(why, words))
    case 'succeeded':
      return words.toldSucceeded(sumOf(sum, words), typeof number === 'string' ? number : null)
    default:
      return ''
  }
}

function isSum(fact: unknown): boolean {
  return typeof fact === 'string' && /^\d+$/.test(fact) && BigInt(fact) > 0n
}

function sumOf(fact: unknown, { noSum }: PaymentWords): string {
  return typeof fact === 'string' && /^\d+$/.test(fact) ? formatTenge(BigInt(fact)) : noSum
}

function wordOf(texts: Texts, word: unknown, { noReason }: PaymentWords): string {
  if (typeof word !== 'string') return noReason
  return Object.hasOwn(texts, word) ? (texts[word] ?? word) : word
}
