// One try of one delivery: prepare, call, record. The row decides when and whether; nothing about
// a payment changes here.

import { signWebhook } from '@byfly-pay/contract'
import { retryDelayMs, tryReasonOf } from '@byfly-pay/core'
import { keepSaving } from '../payments/keep-saving.ts'
import type { Centre } from '../ports/centre.ts'
import type { DueDelivery } from '../ports/delivery-store.ts'
import type { Span } from '../ports/tracer.ts'
import type { WebhookCall, WebhookOutcome } from '../ports/webhook-sender.ts'

export function deliverWebhook(
  centre: Centre,
  delivery: DueDelivery,
  signal: AbortSignal,
): Promise<void> {
  const facts = { payment: delivery.paymentId, delivery: delivery.id }
  return centre.tracer.span('deliver webhook', facts, (span) =>
    deliver(centre, delivery, signal, span),
  )
}

async function deliver(
  centre: Centre,
  delivery: DueDelivery,
  signal: AbortSignal,
  span: Span,
): Promise<void> {
  const { accounts } = centre.storage
  const sealed = await accounts.sealedSecrets(delivery.sourceId)
  const startedAtMs = centre.clock.now()
  const call: WebhookCall = {
    url: delivery.url,
    body: delivery.body,
    id: webhookIdOf(delivery.id),
    secrets: sealed.map((secret) => centre.vault.open(secret)),
    timestampSeconds: Math.floor(startedAtMs / 1000),
    traceparent: centre.tracer.traceparent(),
  }
  const outcome = await centre.webhooks.send(call, signal)
  // A stop of this process says nothing about the receiver: the row's time gives it to another.
  if (signal.aborted && outcome.kind === 'failed') return
  const tookMs = Math.max(centre.clock.now() - startedAtMs, 0)
  const word = outcome.kind === 'delivered' ? 'delivered' : tryReasonOf(outcome.reason)
  centre.meter.triedDelivery(word, tookMs)
  span.tell({ outcome: word })
  const tried: Tried = { outcome, startedAtMs, tookMs }
  await Promise.all([record(centre, delivery, outcome), keepTry(centre, delivery, call, tried)])
}

async function record(
  centre: Centre,
  delivery: DueDelivery,
  outcome: WebhookOutcome,
): Promise<void> {
  const { deliveries } = centre.storage
  if (outcome.kind === 'delivered') {
    const { httpStatus } = outcome
    // Unrecorded, it would be sent once more for nothing.
    await keepSaving(centre, { delivery: delivery.id }, () =>
      deliveries.markDelivered(delivery.id, httpStatus),
    )
    return
  }
  const { httpStatus, reason, retryAfterMs } = outcome
  const failedTries = delivery.tries + 1
  const nextInMs = retryDelayMs(failedTries, centre.random.chance(), retryAfterMs)
  const news = await deliveries.markFailed(delivery, httpStatus, reason, nextInMs)
  const fields = { delivery: delivery.id, source: delivery.sourceId, reason, failedTries }
  centre.log.warn(fields, nextInMs === null ? 'Webhook отложен насовсем' : 'Webhook не доставлен')
  if (news === 'warn') centre.log.warn(fields, 'Получатель не отвечает третий день')
  if (news === 'switched_off') centre.log.error(fields, 'Получатель отключён: не отвечал 5 дней')
}

interface Tried {
  readonly outcome: WebhookOutcome
  readonly startedAtMs: number
  readonly tookMs: number
}

/** For people, beside what matters: a line that is lost changes nothing. */
async function keepTry(
  { log, storage }: Centre,
  delivery: DueDelivery,
  call: WebhookCall,
  { outcome, startedAtMs, tookMs }: Tried,
): Promise<void> {
  try {
    await storage.deliveryTries.keep({
      deliveryId: delivery.id,
      sourceId: delivery.sourceId,
      startedAtMs,
      tookMs,
      httpStatus: outcome.httpStatus,
      reason: outcome.kind === 'failed' ? outcome.reason : null,
      answer: outcome.answer ?? null,
      headers: { ...signWebhook(call) },
    })
  } catch (error) {
    log.warn({ delivery: delivery.id, error: (error as Error).message }, 'Попытка не записалась')
  }
}

/** The id that a receiver sees, the same on every try (W5). */
export function webhookIdOf(deliveryId: string): string {
  return `evt_${deliveryId.replaceAll('-', '')}`
}
