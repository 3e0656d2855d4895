// From the query of a list of deliveries, whose shape is right, to what the storage is asked for.

import type { DeliveriesQuery } from '@byfly-pay/contract'
import { parseTransactionId } from '@byfly-pay/core'
import type { DeliveryFilter } from '../../ports/delivery-store.ts'
import { refuseFaults } from '../refusal.ts'
import { dayStart } from './transaction-query.ts'

/** @throws Refusal for days that do not exist and a range that ends before it begins */
export function readDeliveryFilter(
  query: DeliveriesQuery,
  zone: string,
): Omit<DeliveryFilter, 'limit'> {
  const { cursor, date_from: first, date_to: last, http_status: status } = query
  const { source_id: sourceId, transaction_id: transaction } = query
  const fromMs = first === undefined ? null : dayStart(first, 0, zone)
  const beforeMs = last === undefined ? null : dayStart(last, 1, zone)
  refuseFaults({
    ...(first !== undefined && fromMs === null ? { date_from: 'Is not a date' } : {}),
    ...(last !== undefined && beforeMs === null ? { date_to: 'Is not a date' } : {}),
    ...(fromMs !== null && beforeMs !== null && beforeMs <= fromMs
      ? { date_to: 'Must not be before date_from' }
      : {}),
  })
  return {
    paymentId: transaction === undefined ? null : parseTransactionId(transaction),
    sourceId: sourceId === undefined ? null : Number(sourceId),
    event: query.event ?? null,
    endpoint: query.endpoint ?? null,
    state: query.state ?? null,
    httpStatus: status === undefined ? null : status === 'none' ? 'none' : Number(status),
    fromMs,
    beforeMs,
    beforeId: cursor === undefined ? null : parseTransactionId(cursor),
  }
}
