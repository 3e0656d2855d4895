// One payment's story on the wire.

import type { TransactionStory } from '@byfly-pay/contract'
import { type Language, localTime, percentOf, transactionIdOf, utcTime } from '@byfly-pay/core'
import { attemptSentence, taskTitle } from '../../payments/history-sentences.ts'
import type { PaymentStory, TimelineEntry } from '../../payments/tell-payment.ts'
import type { PaymentWords } from '../../payments/words/shape.ts'
import { PAYMENT_WORDS } from '../../payments/words/words.ts'
import type { Centre } from '../../ports/centre.ts'
import type { ExchangeLine } from '../../ports/exchange-store.ts'
import type { StoryAttempt, StoryCapture, StoryTask } from '../../ports/payment-ledger.ts'
import { checkoutUrl, localOrNull, utcOrNull } from '../show-payment.ts'
import { showDelivery } from './show-delivery.ts'
import { showTransaction, tiyn } from './show-transaction.ts'

export function showStory(
  centre: Centre,
  story: PaymentStory,
  language: Language,
): TransactionStory {
  const { zone } = centre
  const words = PAYMENT_WORDS[language]
  const { actions, deliveries, line } = story
  return {
    ...showTransaction(line, zone),
    metadata: line.metadata,
    qr_code: line.qr?.text ?? null,
    checkout_url: checkoutUrl(centre, line.id),
    why_this_status: story.why,
    attempts: story.attempts.map((attempt) => showAttempt(attempt, zone, words)),
    captures: story.captures.map((capture) => showCapture(capture, zone)),
    postings: story.postings.map(({ account, tiyn: sum }) => ({ account, amount: Number(sum) })),
    replaces: idOrNull(story.links.replaces),
    replaced_by: idOrNull(story.links.replacedBy),
    timeline: story.timeline.map((entry) => showEntry(entry, zone)),
    exchanges: story.exchanges.map((exchange) => showExchange(exchange, zone)),
    deliveries: deliveries?.map((delivery) => showDelivery(delivery, zone)) ?? null,
    tasks: story.tasks.map((task) => showTask(task, zone, words)),
    actions: { cancel: actions.cancel, resolve: actions.resolve.map(transactionIdOf) },
  }
}

function showAttempt(
  attempt: StoryAttempt,
  zone: string,
  words: PaymentWords,
): TransactionStory['attempts'][number] {
  return {
    id: transactionIdOf(attempt.id),
    terminal_id: attempt.terminal?.id ?? null,
    terminal_name: attempt.terminal?.name ?? null,
    presence: attempt.presence,
    state: attempt.state,
    reason: attempt.reason,
    phase: attempt.phase,
    sentence: attemptSentence(attempt.state, attempt.reason, words),
    process_id: attempt.processId,
    payment_method: attempt.method,
    charge_amount: tiyn(attempt.chargeTiyn),
    original_amount: tiyn(attempt.originalTiyn),
    commission_percent: percentOf(attempt.rateBp),
    stop_requested: attempt.stopRequested,
    created_at: localTime(attempt.createdAtMs, zone),
    created_at_utc: utcTime(attempt.createdAtMs),
    ended_at: localOrNull(attempt.endedAtMs, zone),
    ended_at_utc: utcOrNull(attempt.endedAtMs),
  }
}

function showCapture(capture: StoryCapture, zone: string): TransactionStory['captures'][number] {
  return {
    attempt_id: transactionIdOf(capture.attemptId),
    kind: capture.kind,
    provider_transaction_id: capture.providerTransactionId,
    gross_amount: tiyn(capture.grossTiyn),
    credited_amount: tiyn(capture.creditTiyn),
    overpaid_amount: tiyn(capture.overpaidTiyn),
    used_method: capture.usedMethod,
    product: capture.productWord,
    commission_percent: percentOf(capture.rateBp),
    late: capture.late,
    at: localTime(capture.atMs, zone),
    at_utc: utcTime(capture.atMs),
  }
}

function showEntry(entry: TimelineEntry, zone: string): TransactionStory['timeline'][number] {
  return {
    at: localTime(entry.atMs, zone),
    at_utc: utcTime(entry.atMs),
    what: entry.what,
    sentence: entry.sentence,
    who: entry.who,
    attempt_id: idOrNull(entry.attemptId),
    refund_ids: entry.refundIds.map(transactionIdOf),
    status_before: entry.statusBefore,
    status_after: entry.statusAfter,
  }
}

function showExchange(exchange: ExchangeLine, zone: string): TransactionStory['exchanges'][number] {
  return {
    attempt_id: transactionIdOf(exchange.attemptId),
    call: exchange.call,
    at: localTime(exchange.startedAtMs, zone),
    at_utc: utcTime(exchange.startedAtMs),
    took_ms: exchange.tookMs,
    http_status: exchange.httpStatus,
    outcome: exchange.outcome,
    said: exchange.said === null ? null : (JSON.parse(exchange.said) as unknown),
    repeats: exchange.repeats,
    last_at: localTime(exchange.lastAtMs, zone),
    last_at_utc: utcTime(exchange.lastAtMs),
  }
}

function showTask(
  task: StoryTask,
  zone: string,
  words: PaymentWords,
): TransactionStory['tasks'][number] {
  return {
    id: Number(task.id),
    kind: task.kind,
    title: taskTitle(task.kind, words),
    attempt_id: idOrNull(task.attemptId),
    opened_at: localTime(task.openedAtMs, zone),
    opened_at_utc: utcTime(task.openedAtMs),
    closed_at: localOrNull(task.closedAtMs, zone),
    closed_at_utc: utcOrNull(task.closedAtMs),
  }
}

function idOrNull(id: string | null): string | null {
  return id === null ? null : transactionIdOf(id)
}
