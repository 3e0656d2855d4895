// A webhook delivery as staff see it. Of its address only what has no query, which may hold a key.

import type { DeliveryData, DeliveryDetails, DeliveryTryData } from '@byfly-pay/contract'
import { localTime, parseTransactionId, transactionIdOf, utcTime } from '@byfly-pay/core'
import { webhookIdOf } from '../../notices/deliver-webhook.ts'
import { isSendable } from '../../notices/resend-delivery.ts'
import { adviceOf } from '../../notices/webhook-words.ts'
import type { DeliveryLine, DeliveryWithBody } from '../../ports/delivery-store.ts'
import type { DeliveryTry } from '../../ports/delivery-try-store.ts'
import { localOrNull, utcOrNull } from '../show-payment.ts'

export function showDelivery(line: DeliveryLine, zone: string): DeliveryData {
  return {
    id: transactionIdOf(line.id),
    transaction_id: transactionIdOf(line.paymentId),
    source_id: line.sourceId,
    event: line.event,
    sequence: line.sequence,
    endpoint: line.endpoint,
    state: line.state,
    tries: line.tries,
    last_http_status: line.lastHttpStatus,
    last_reason: line.lastReason,
    next_at: localOrNull(line.nextAtMs, zone),
    next_at_utc: utcOrNull(line.nextAtMs),
    created_at: localTime(line.createdAtMs, zone),
    created_at_utc: utcTime(line.createdAtMs),
    delivered_at: localOrNull(line.deliveredAtMs, zone),
    delivered_at_utc: utcOrNull(line.deliveredAtMs),
  }
}

export function showDeliveryDetails(
  delivery: DeliveryWithBody,
  tries: readonly DeliveryTry[],
  zone: string,
): DeliveryDetails {
  return {
    ...showDelivery(delivery, zone),
    webhook_id: webhookIdOf(delivery.id),
    body: delivery.body,
    attempts: tries.map((tried) => showTry(tried, zone)),
    resendable: isSendable(delivery.state),
  }
}

function showTry(tried: DeliveryTry, zone: string): DeliveryTryData {
  const { httpStatus, reason, startedAtMs } = tried
  const advice = reason === null ? null : adviceOf(reason, httpStatus)
  return {
    at: localTime(startedAtMs, zone),
    at_utc: utcTime(startedAtMs),
    http_status: httpStatus,
    took_ms: tried.tookMs,
    answer: tried.answer,
    reason,
    why: advice?.why ?? null,
    cure: advice?.cure ?? null,
    headers: tried.headers,
  }
}

/** As it is shown, as a receiver sees it (`evt_…`), or as the command line prints it; null for neither. */
export function readDeliveryId(text: string): string | null {
  return parseTransactionId(text.replace(/^evt_/, '').replaceAll('-', ''))
}
