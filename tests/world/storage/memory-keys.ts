// Clients' idempotency keys over memory (T9).

import { DAY_MS } from '@byfly-pay/core'
import type {
  ClaimResult,
  IdempotencyStore,
  KeyRequest,
} from '../../../packages/server/src/ports/idempotency-store.ts'
import type { MemoryDatabase } from './memory-database.ts'
import { openTransaction } from './memory-transaction.ts'
import type { KeyRow } from './rows.ts'

export function memoryKeys(run: MemoryDatabase['statement']): IdempotencyStore {
  const nameOf = ({ callerId, key }: { callerId: number; key: string }) => `${callerId}/${key}`
  return {
    claim: async (request, busyForMs) =>
      run((tx): ClaimResult => {
        const now = tx.database.now()
        const name = nameOf(request)
        const known = tx.get('idempotency_keys', name)
        const busyUntilMs = now + busyForMs
        if (known === undefined) {
          const row: KeyRow = {
            request,
            effectId: null,
            reply: null,
            busyUntilMs,
            createdAtMs: now,
          }
          tx.write('idempotency_keys', name, () => row)
          return { kind: 'claimed', effectId: null }
        }
        if (!isSame(known.request, request)) return { kind: 'mismatch' }
        if (known.reply !== null) return { kind: 'replay', reply: known.reply }
        if (known.busyUntilMs > now) return { kind: 'busy' }
        tx.change('idempotency_keys', name, (row) => ({ ...row, busyUntilMs }))
        return { kind: 'claimed', effectId: known.effectId }
      }),
    async effectIn(port, claim) {
      return openTransaction(port).get('idempotency_keys', nameOf(claim))?.effectId ?? null
    },
    async recordEffect(port, claim, effectId) {
      openTransaction(port).change('idempotency_keys', nameOf(claim), (row) => ({
        ...row,
        effectId,
      }))
    },
    finish: async (claim, reply) =>
      run((tx) => {
        const busyUntilMs = tx.database.now()
        tx.change('idempotency_keys', nameOf(claim), (row) =>
          row.reply === null ? { ...row, reply, busyUntilMs } : row,
        )
      }),
    release: async (claim) =>
      run((tx) => {
        const busyUntilMs = tx.database.now()
        tx.change('idempotency_keys', nameOf(claim), (row) =>
          row.reply === null ? { ...row, busyUntilMs } : row,
        )
      }),
    forgetOld: async () =>
      run((tx) => {
        const now = tx.database.now()
        const old = tx
          .entries('idempotency_keys')
          .filter(([, row]) => row.createdAtMs < now - DAY_MS && row.busyUntilMs <= now)
        for (const [name] of old) tx.write('idempotency_keys', name, () => undefined)
        return old.length
      }),
  }
}

function isSame(known: KeyRequest, asked: KeyRequest): boolean {
  return (
    known.route === asked.route &&
    known.target === asked.target &&
    known.bodyHash.equals(asked.bodyHash)
  )
}
