// One process's way into the database in memory: every port of the payment road over it, and its notices.

import { isInScope } from '@byfly-pay/core'
import type { Notices, Storage } from '../../../packages/server/src/ports/storage.ts'
import type { SimulatedTime } from '../time/simulated-time.ts'
import { memoryAccounts } from './memory-accounts.ts'
import type { MemoryDatabase } from './memory-database.ts'
import { memoryDeliveries } from './memory-deliveries.ts'
import { memoryHealth } from './memory-health.ts'
import { memoryKeys } from './memory-keys.ts'
import { memoryPayments } from './memory-payments.ts'
import { memoryLeases, memoryPool } from './memory-pool.ts'
import { memoryRefunds } from './memory-refunds.ts'
import { memoryTerminals } from './memory-terminals.ts'
import { openTransaction } from './memory-transaction.ts'
import { memoryUnitOfWork } from './memory-unit-of-work.ts'
import { notHere } from './not-here.ts'

export interface MemoryConnection {
  readonly database: MemoryDatabase
  readonly time: SimulatedTime
  /** Whose connection it is: what is begun over it ends with its process. */
  readonly owner: string
  readonly leaseMs: number
}

export function openMemoryStorage(connection: MemoryConnection): Storage {
  const { database, leaseMs, owner } = connection
  const run: MemoryDatabase['statement'] = (work) => database.statement(work)
  return {
    ...memoryUnitOfWork(database, owner),
    payments: notHere<Storage['payments']>('payments', memoryPayments(run, leaseMs)),
    refunds: memoryRefunds(run),
    ledger: notHere<Storage['ledger']>('ledger', {
      async isInScope(port, scope, paymentId) {
        const row = openTransaction(port).get('payments', paymentId)
        if (row === undefined) return false
        const { countryIso, sourceId } = row.asked
        return isInScope(scope, { countryIso, sourceId, system: null })
      },
    }),
    pool: notHere<Storage['pool']>('pool', memoryPool(run)),
    health: memoryHealth(run),
    terminals: memoryTerminals(run),
    qrConnections: notHere<Storage['qrConnections']>('qrConnections', {}),
    leases: memoryLeases(run),
    accounts: memoryAccounts(run),
    deliveries: memoryDeliveries(run),
    idempotency: memoryKeys(run),
    staffKeys: notHere<Storage['staffKeys']>('staffKeys', {}),
    audit: notHere<Storage['audit']>('audit', {
      async append(port, _actor, line) {
        const tx = openTransaction(port)
        tx.insert('audit', String(database.nextSerial()), line)
      },
    }),
    archives: notHere<Storage['archives']>('archives', {}),
    sources: notHere<Storage['sources']>('sources', {}),
    methods: notHere<Storage['methods']>('methods', {}),
    settings: notHere<Storage['settings']>('settings', {
      // As the migration seeds it: 100 000 tenge.
      refundApprovalAboveTiyn: async () => 10_000_000n,
    }),
    staff: notHere<Storage['staff']>('staff', {}),
    sealed: notHere<Storage['sealed']>('sealed', {}),
    secondFactors: notHere<Storage['secondFactors']>('secondFactors', {}),
    places: notHere<Storage['places']>('places', {}),
    exchanges: notHere<Storage['exchanges']>('exchanges', {}),
    changes: notHere<Storage['changes']>('changes', {}),
    days: notHere<Storage['days']>('days', {}),
    restores: notHere<Storage['restores']>('restores', {}),
    alerts: notHere<Storage['alerts']>('alerts', {}),
    views: notHere<Storage['views']>('views', {}),
    customers: notHere<Storage['customers']>('customers', {}),
    imports: notHere<Storage['imports']>('imports', {}),
    formerIds: notHere<Storage['formerIds']>('formerIds', {}),
    desks: notHere<Storage['desks']>('desks', {}),
    doubles: notHere<Storage['doubles']>('doubles', {}),
    frames: notHere<Storage['frames']>('frames', {}),
    wall: notHere<Storage['wall']>('wall', {}),
    figures: notHere<Storage['figures']>('figures', {}),
    firstRun: notHere<Storage['firstRun']>('firstRun', {}),
    logins: notHere<Storage['logins']>('logins', {}),
    rechecks: notHere<Storage['rechecks']>('rechecks', {}),
    statements: notHere<Storage['statements']>('statements', {}),
    texts: notHere<Storage['texts']>('texts', {}),
    deliveryTries: notHere<Storage['deliveryTries']>('deliveryTries', {}),
    replays: notHere<Storage['replays']>('replays', {}),
    receiverChecks: notHere<Storage['receiverChecks']>('receiverChecks', {}),
  }
}

/** Told at the commit, as by the real one; nothing is lost here, so waiting is only shortened. */
export function openMemoryNotices({ database, time }: MemoryConnection): Notices {
  return {
    wait: (topic, ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) {
          resolve()
          return
        }
        const done = () => {
          takeBack()
          deaf()
          signal?.removeEventListener('abort', done)
          resolve()
        }
        const takeBack = time.after(ms, done)
        const deaf = database.listen((told) => {
          if (told === topic) done()
        })
        signal?.addEventListener('abort', done)
      }),
    listen: (heard) => database.listen(heard),
    behindMs: () => 0,
  }
}
