// A webhook delivery as staff see it. Of its address only what has no query, which may hold a key.

import type { DeliveryData } from '@byfly-pay/contract'
import { localTime, parseTransactionId, transactionIdOf, utcTime } from '@byfly-pay/core'
import type { DeliveryLine } from '../../ports/delivery-store.ts'
import { localOrNull, utcOrNull } from '../show-payment.ts'

export function showDelivery(line: DeliveryLine, zone: string): DeliveryData {
  return {
    id: transactionIdOf(line.id),
    transaction_id: transactionIdOf(line.paymentId),
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

/** As it is shown, as a receiver sees it (`evt_…`), or as the command line prints it; null for neither. */
export function readDeliveryId(text: string): string | null {
  return parseTransactionId(text.replace(/^evt_/, '').replaceAll('-', ''))
}
