// A centre whose ports report the named steps as they are passed. It changes nothing of what the
// ports do; it only takes its time.

import type { HistoryWhat } from '@byfly-pay/core'
import type { Centre } from '../../packages/server/src/ports/centre.ts'
import type { Device, Provider } from '../../packages/server/src/ports/provider.ts'
import type { Storage } from '../../packages/server/src/ports/storage.ts'
import type { Transaction } from '../../packages/server/src/ports/transaction.ts'
import type { WebhookSender } from '../../packages/server/src/ports/webhook-sender.ts'
import type { Calling, Passing } from './messages.ts'
import type { StepName } from './steps.ts'

export interface Watch {
  at(passing: Passing): Promise<void>
  calls(calling: Calling): Promise<void>
}

/** A line of the history → the steps around its COMMIT. */
const AROUND: Partial<Record<HistoryWhat, { before: StepName; after: StepName }>> = {
  terminal_reserved: { before: 'reserve_unsaved', after: 'reserved' },
  start_called: { before: 'call_unmarked', after: 'call_marked' },
  start_accepted: { before: 'process_unsaved', after: 'process_saved' },
  qr_read: { before: 'qr_unsaved', after: 'qr_saved' },
  captured: { before: 'settlement_unsaved', after: 'settlement_saved' },
}

/** The payment's id stands in the keys that the client of these tests sends. */
const KEY = /^kaspi:([0-9a-f-]{36}):/

export function watched(centre: Centre, watch: Watch): Centre {
  /** Terminal → payment that it was spoken to about last. */
  const subjects = new Map<number, string>()
  return {
    ...centre,
    storage: watchedStorage(centre.storage, watch),
    providers: {
      of(system, way) {
        const provider = centre.providers.of(system, way)
        return provider === null ? null : watchedProvider(provider, subjects, watch)
      },
    },
    exchanges: {
      of(subject) {
        subjects.set(subject.terminalId, subject.paymentId)
        return centre.exchanges.of(subject)
      },
    },
    webhooks: watchedSender(centre.webhooks, watch),
  }
}

function watchedStorage(storage: Storage, watch: Watch): Storage {
  const saved = new WeakMap<Transaction, { what: HistoryWhat; paymentId: string }>()
  return {
    ...storage,
    async transaction(work) {
      let passed: { paymentId: string; after: StepName } | null = null
      const result = await storage.transaction(async (tx) => {
        passed = null
        const done = await work(tx)
        const line = saved.get(tx)
        const steps = line === undefined ? undefined : AROUND[line.what]
        if (line !== undefined && steps !== undefined) {
          passed = { paymentId: line.paymentId, after: steps.after }
          await watch.at({ step: steps.before, paymentId: line.paymentId })
        }
        return done
      })
      await reportSaved(watch, passed)
      return result
    },
    payments: {
      ...storage.payments,
      async save(tx, before, applied, deliveries, owner) {
        await storage.payments.save(tx, before, applied, deliveries, owner)
        saved.set(tx, { what: applied.history.what, paymentId: before.payment.id })
      },
    },
    idempotency: {
      ...storage.idempotency,
      async finish(claim, reply) {
        const paymentId = reply.httpStatus === 200 ? KEY.exec(claim.key)?.[1] : undefined
        if (paymentId !== undefined) await watch.at({ step: 'answer_unkept', paymentId })
        await storage.idempotency.finish(claim, reply)
        if (paymentId !== undefined) await watch.at({ step: 'answer_kept', paymentId })
      },
    },
    deliveries: {
      ...storage.deliveries,
      async markDelivered(id, httpStatus) {
        await storage.deliveries.markDelivered(id, httpStatus)
        const paymentId = deliveredOf.get(id)
        if (paymentId !== undefined) await watch.at({ step: 'webhook_marked', paymentId })
      },
    },
  }
}

async function reportSaved(
  watch: Watch,
  passed: { readonly paymentId: string; readonly after: StepName } | null,
): Promise<void> {
  if (passed !== null) await watch.at({ step: passed.after, paymentId: passed.paymentId })
}

/** Delivery → payment, for the row that is marked by its own id alone. */
const deliveredOf = new Map<string, string>()

function watchedSender(webhooks: WebhookSender, watch: Watch): WebhookSender {
  return {
    refusalOf: (url) => webhooks.refusalOf(url),
    async send(call, signal) {
      const paymentId = uuidOf(JSON.parse(call.body).transaction_id)
      deliveredOf.set(uuidOf(call.id.replace('evt_', '')), paymentId)
      await watch.at({ step: 'webhook_unsent', paymentId })
      const outcome = await webhooks.send(call, signal)
      if (outcome.kind === 'delivered') await watch.at({ step: 'webhook_sent', paymentId })
      return outcome
    },
  }
}

function watchedProvider(
  provider: Provider,
  subjects: ReadonlyMap<number, string>,
  watch: Watch,
): Provider {
  async function heard<Seen extends { readonly kind: string }>(
    { terminalId }: Device,
    asked: Promise<Seen>,
  ): Promise<Seen> {
    const observed = await asked
    const paymentId = subjects.get(terminalId) ?? ''
    if (observed.kind === 'succeeded') await watch.at({ step: 'result_heard', paymentId })
    return observed
  }

  return {
    ...provider,
    async start(device, chargeTiyn, hear) {
      const paymentId = subjects.get(device.terminalId) ?? ''
      await watch.calls({ paymentId, port: device.port })
      const answer = provider.start(device, chargeTiyn, hear)
      await watch.at({ step: 'call_sent', paymentId })
      const result = await answer
      await watch.at({ step: 'call_answered', paymentId })
      return result
    },
    observe: (...asked) => heard(asked[0], provider.observe(...asked)),
    // A terminal that did not know may know once it has asked its bank.
    actualize: (...asked) => heard(asked[0], provider.actualize(...asked)),
    async readQr(device, signal, atMostMs) {
      const paymentId = subjects.get(device.terminalId) ?? ''
      const reading = await provider.readQr(device, signal, atMostMs)
      if (reading.kind === 'read') await watch.at({ step: 'qr_seen', paymentId })
      return reading
    },
  }
}

/** 32 hex digits as the database writes them. */
export function uuidOf(hex: string): string {
  const digits = hex.toLowerCase()
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(12, 16),
    digits.slice(16, 20),
    digits.slice(20),
  ].join('-')
}
