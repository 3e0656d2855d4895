// What is done by the clock, once among all instances: each piece of work has a lease by name.

import { DAY_MS, HOUR_MS, MINUTE_MS } from '@byfly-pay/core'
import { raiseAlerts } from '../alerts/raise-alerts.ts'
import { readBalance } from '../alerts/read-balance.ts'
import { releaseReplays } from '../notices/replay-deliveries.ts'
import { keepBooksAlive } from '../payments/doubt-books.ts'
import { expirePayments } from '../payments/expire-payments.ts'
import { foldFigures } from '../payments/fold-figures.ts'
import { forgetCustomers } from '../payments/forget-customers.ts'
import type { Centre } from '../ports/centre.ts'
import { findDoubles } from '../reconciliation/find-doubles.ts'
import { recheckTerminals } from '../reconciliation/recheck-terminals.ts'
import { reconcileAgain } from '../reconciliation/reconcile-again.ts'
import { lookAtSilent, lookAtTroubled, renewTokensAhead } from '../terminals/keep-terminals.ts'
import { measureTerminals, testSuspended } from '../terminals/measure-terminals.ts'
import type { Worker } from './worker.ts'

interface Entry {
  readonly name: string
  readonly everyMs: (centre: Centre) => number
  readonly work: (centre: Centre) => Promise<unknown>
}

const TIMETABLE: readonly Entry[] = [
  {
    name: 'expire-payments',
    everyMs: ({ limits }) => limits.sweepMs,
    work: expirePayments,
  },
  {
    name: 'fold-figures',
    everyMs: ({ limits }) => limits.sweepMs,
    work: foldFigures,
  },
  {
    name: 'keep-books-alive',
    everyMs: ({ limits }) => limits.heartbeatMs,
    work: keepBooksAlive,
  },
  {
    name: 'renew-tokens',
    everyMs: () => MINUTE_MS,
    work: renewTokensAhead,
  },
  {
    name: 'look-at-troubled-terminals',
    everyMs: () => MINUTE_MS,
    work: lookAtTroubled,
  },
  {
    name: 'measure-terminals',
    everyMs: ({ limits }) => limits.sweepMs,
    work: measureTerminals,
  },
  {
    name: 'test-suspended-terminals',
    everyMs: ({ limits }) => limits.sweepMs,
    work: testSuspended,
  },
  {
    name: 'look-at-silent-terminals',
    everyMs: () => MINUTE_MS,
    work: lookAtSilent,
  },
  {
    name: 'raise-alerts',
    everyMs: ({ limits }) => 5 * limits.sweepMs,
    work: raiseAlerts,
  },
  {
    name: 'read-sms-balance',
    everyMs: () => HOUR_MS,
    work: readBalance,
  },
  {
    name: 'measure-usual-sums',
    everyMs: () => 6 * HOUR_MS,
    work: ({ storage }) => storage.alerts.measureSums(),
  },
  {
    name: 'forget-alerts',
    everyMs: () => DAY_MS / 2,
    work: ({ storage }) => storage.alerts.forgetOld(),
  },
  {
    name: 'drop-dead-tickets',
    everyMs: () => MINUTE_MS,
    work: ({ storage }) => storage.pool.dropDeadTickets(),
  },
  {
    name: 'idle-part-payments',
    everyMs: () => HOUR_MS,
    work: ({ storage }) => storage.payments.openIdleTasks(),
  },
  {
    name: 'find-doubles',
    everyMs: () => MINUTE_MS,
    work: findDoubles,
  },
  {
    name: 'recheck-terminals',
    everyMs: () => MINUTE_MS,
    work: recheckTerminals,
  },
  {
    name: 'reconcile-again',
    everyMs: () => HOUR_MS,
    work: reconcileAgain,
  },
  {
    name: 'replay-webhooks',
    everyMs: ({ limits }) => limits.sweepMs,
    work: releaseReplays,
  },
  {
    name: 'forget-webhook-checks',
    everyMs: () => DAY_MS / 2,
    work: ({ storage }) => storage.receiverChecks.forgetOld(),
  },
  {
    name: 'forget-idempotency-keys',
    everyMs: () => HOUR_MS,
    work: ({ storage }) =>
      Promise.all([storage.idempotency.forgetOld(), storage.staffKeys.forgetOld()]),
  },
  {
    name: 'close-overdue-texts',
    everyMs: () => MINUTE_MS,
    work: ({ storage }) => storage.texts.closeOverdue(),
  },
  {
    name: 'forget-logins',
    everyMs: () => HOUR_MS,
    work: async ({ storage }) => {
      await storage.logins.forgetOld()
      await storage.texts.forgetOld()
    },
  },
  {
    name: 'forget-customers',
    everyMs: () => 10 * MINUTE_MS,
    work: forgetCustomers,
  },
  {
    name: 'ensure-partitions',
    everyMs: () => DAY_MS / 2,
    work: ({ storage }) => storage.payments.ensurePartitions(),
  },
]

export function startTimetable(centre: Centre): Worker {
  const stopping = new AbortController()
  const { signal } = stopping

  async function keep({ name, everyMs, work }: Entry): Promise<void> {
    while (!signal.aborted) {
      const ms = everyMs(centre)
      try {
        // The lease lasts one turn: whoever has it works, the others look again next time.
        if (await centre.storage.leases.acquire(name, centre.instance, ms)) await work(centre)
      } catch (error) {
        centre.log.error(
          { job: name, error: (error as Error).message },
          'Работа по часам прервалась',
        )
      }
      await centre.clock.sleep(ms, signal)
    }
  }

  const running = Promise.all(TIMETABLE.map(keep))
  return {
    async stop() {
      stopping.abort()
      await running
    },
  }
}
