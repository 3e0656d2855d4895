// The pool of terminals, its queue, the leases over open attempts and the named leases, over memory.

import { type TerminalFacts, TICKET_LIFE_MS, type Ticket } from '@byfly-pay/core'
import type {
  LeasedAttempt,
  LeaseStore,
  PoolStore,
  PoolView,
} from '../../../packages/server/src/ports/pool-store.ts'
import type { MemoryDatabase } from './memory-database.ts'
import { endQuarantine, quarantine } from './memory-quarantine.ts'
import { type MemoryTransaction, openTransaction } from './memory-transaction.ts'
import type { OpenRow, TerminalRow, TicketRow } from './rows.ts'

export function memoryPool(run: MemoryDatabase['statement']): Omit<PoolStore, 'lookAtQueue'> {
  return { ...terminalsOfPool(run), ...ticketsOfPool(run), ...attemptLeases(run) }
}

type TerminalsOfPool = Pick<
  PoolStore,
  'lockPool' | 'claimFirstFree' | 'quarantine' | 'proveIdle' | 'markOffline' | 'markOnline'
>

function terminalsOfPool(run: MemoryDatabase['statement']): TerminalsOfPool {
  const change = (terminalId: number, patch: (row: TerminalRow, now: number) => TerminalRow) =>
    run((tx) => {
      const now = tx.database.now()
      tx.change('terminals', String(terminalId), (row) => patch(row, now))
    })
  return {
    async lockPool(port, system) {
      const tx = openTransaction(port)
      await tx.lock('pool')
      return viewPool(tx, system)
    },
    async claimFirstFree(port, ranked) {
      const tx = openTransaction(port)
      const claimed = ranked.find((id) => isClaimable(tx, id))
      if (claimed === undefined) return null
      await tx.lock(`terminal:${claimed}`)
      const lastReservedAtMs = tx.database.now()
      tx.change('terminals', String(claimed), (row) => ({ ...row, lastReservedAtMs }))
      return claimed
    },
    quarantine: async (terminalId, reason, forMs) =>
      run((tx) => quarantine(tx, terminalId, reason, tx.database.now() + forMs)),
    proveIdle: async (terminalId) =>
      run((tx) => {
        endQuarantine(tx, terminalId)
        tx.change('terminals', String(terminalId), (row) => ({
          ...row,
          needsProbe: false,
          offlineUntilMs: null,
          offlineSinceMs: null,
          lastSeenAtMs: tx.database.now(),
        }))
      }),
    markOffline: async (terminalId, forMs) =>
      change(terminalId, (row, now) => ({
        ...row,
        offlineSinceMs: row.offlineSinceMs ?? now,
        offlineUntilMs: now + forMs,
      })),
    markOnline: async (terminalId) =>
      change(terminalId, (row) => ({ ...row, offlineUntilMs: null, offlineSinceMs: null })),
  }
}

function isClaimable(tx: MemoryTransaction, id: number): boolean {
  const row = tx.get('terminals', String(id))
  if (row === undefined || !row.isActive || row.takenOut !== null) return false
  if (tx.database.locks.isHeldByAnother(`terminal:${id}`, tx)) return false
  return !isHeld(tx, id)
}

function isHeld(tx: MemoryTransaction, terminalId: number): boolean {
  return tx
    .values('open_attempts')
    .some((open) => open.terminalId === terminalId && open.holdsTerminal)
}

export function factsOfTerminal(tx: MemoryTransaction, row: TerminalRow): TerminalFacts {
  const known = tx.get('terminal_health', String(row.id))
  return {
    id: row.id,
    way: 'terminal',
    isActive: row.isActive,
    isTakenOut: row.takenOut !== null,
    hasCamera: row.cameraUrl !== null,
    isHeld: isHeld(tx, row.id),
    needsMending: row.trouble !== null,
    quarantinedUntilMs: row.quarantinedUntilMs,
    needsProbe: row.needsProbe,
    offlineUntilMs: row.offlineUntilMs,
    lastReservedAtMs: row.lastReservedAtMs,
    isSuspended: known?.breaker.kind === 'suspended',
    health: known?.health.score ?? 100,
    // No terminal of the world is kept for anybody.
    reservedFor: null,
  }
}

function viewPool(tx: MemoryTransaction, system: string): PoolView {
  const openBySource = new Map<number, number>()
  for (const { holdsPayment, holdsTerminal, sourceId } of tx.values('open_attempts')) {
    if (!holdsTerminal && !holdsPayment) continue
    openBySource.set(sourceId, (openBySource.get(sourceId) ?? 0) + 1)
  }
  const since = tx.database.now() - TICKET_LIFE_MS
  const terminals = tx.values('terminals').filter((row) => row.system === system)
  return {
    terminals: terminals.map((row) => factsOfTerminal(tx, row)),
    tickets: tx
      .values('queue_tickets')
      .filter(({ lastSeenAtMs }) => lastSeenAtMs >= since)
      .map((row) => ticketOf(tx, row)),
    timesMs: terminals.flatMap(({ id }) => tx.get('terminal_health', String(id))?.timesMs ?? []),
    openBySource,
  }
}

function ticketOf(tx: MemoryTransaction, row: TicketRow): Ticket {
  const { route, sourceId, terminalId, ...ticket } = row
  return {
    ...ticket,
    wanted: {
      presence: terminalId === null ? 'remote' : 'in_person',
      terminalId,
      route,
      tried: [],
      sourceId,
      countryIso: tx.get('sources', String(sourceId))?.countryIso ?? '',
    },
  }
}

type TicketsOfPool = Pick<PoolStore, 'keepTicket' | 'grant' | 'dropTicket' | 'dropDeadTickets'>

function ticketsOfPool(run: MemoryDatabase['statement']): TicketsOfPool {
  return {
    async keepTicket(port, { paymentId, turn, wanted }) {
      const tx = openTransaction(port)
      const now = tx.database.now()
      tx.write('queue_tickets', paymentId, (held) => {
        const isAlive = held !== undefined && held.lastSeenAtMs >= now - TICKET_LIFE_MS
        const grantedUntilMs = held?.grantedUntilMs ?? null
        return {
          paymentId,
          sourceId: held?.sourceId ?? wanted.sourceId,
          terminalId: wanted.terminalId,
          route: wanted.route,
          enqueuedAtMs: isAlive ? held.enqueuedAtMs : now,
          turn: isAlive ? held.turn : turn,
          lastSeenAtMs: now,
          grantedUntilMs: grantedUntilMs !== null && grantedUntilMs > now ? grantedUntilMs : null,
        }
      })
    },
    async grant(port, paymentIds, forMs) {
      const tx = openTransaction(port)
      const grantedUntilMs = tx.database.now() + forMs
      for (const paymentId of paymentIds) {
        tx.change('queue_tickets', paymentId, (row) => ({ ...row, grantedUntilMs }))
      }
    },
    async dropTicket(port, paymentId) {
      openTransaction(port).write('queue_tickets', paymentId, () => undefined)
    },
    dropDeadTickets: async () =>
      run((tx) => {
        const since = tx.database.now() - TICKET_LIFE_MS
        const dead = tx.values('queue_tickets').filter((row) => row.lastSeenAtMs < since)
        for (const { paymentId } of dead) tx.write('queue_tickets', paymentId, () => undefined)
        return dead.length
      }),
  }
}

type AttemptLeases = Pick<
  PoolStore,
  'renewLeases' | 'takeOver' | 'releaseLeases' | 'leaseOf' | 'sharingProcess'
>

function attemptLeases(run: MemoryDatabase['statement']): AttemptLeases {
  return {
    renewLeases: async (owner, attemptIds, forMs) =>
      run((tx) => {
        const leaseUntilMs = tx.database.now() + forMs
        const kept = attemptIds.filter((id) => tx.get('open_attempts', id)?.leaseOwner === owner)
        for (const id of kept) tx.change('open_attempts', id, (row) => ({ ...row, leaseUntilMs }))
        return kept
      }),
    takeOver: async (owner, forMs, limit) =>
      run((tx) => {
        const now = tx.database.now()
        const taken = tx
          .values('open_attempts')
          .filter(({ leaseUntilMs, state }) => leaseUntilMs <= now && state !== 'held')
          .sort((a, b) => a.leaseUntilMs - b.leaseUntilMs)
          .slice(0, limit)
        for (const { attemptId } of taken) {
          tx.change('open_attempts', attemptId, (row) => ({
            ...row,
            leaseOwner: owner,
            leaseUntilMs: now + forMs,
            fence: row.fence + 1n,
          }))
        }
        return taken.map((row) => leased({ ...row, fence: row.fence + 1n }))
      }),
    releaseLeases: async (owner) =>
      run((tx) => {
        const leaseUntilMs = tx.database.now()
        for (const { attemptId, leaseOwner } of tx.values('open_attempts')) {
          if (leaseOwner !== owner) continue
          tx.change('open_attempts', attemptId, (row) => ({ ...row, leaseUntilMs }))
        }
      }),
    leaseOf: async (attemptId) =>
      run((tx) => {
        const row = tx.get('open_attempts', attemptId)
        return row === undefined ? null : leased(row)
      }),
    sharingProcess: async ({ attemptId, terminalId }, processId) =>
      run((tx) =>
        tx
          .values('open_attempts')
          .filter(
            (row) =>
              row.terminalId === terminalId &&
              row.processId === processId &&
              row.attemptId !== attemptId &&
              row.state !== 'held' &&
              !row.forgotten,
          )
          .map(leased),
      ),
  }
}

function leased(row: OpenRow): LeasedAttempt {
  const { attemptId, fence, paymentId, purpose, terminalId } = row
  return { attemptId, fence, paymentId, purpose, terminalId }
}

export function memoryLeases(run: MemoryDatabase['statement']): LeaseStore {
  return {
    acquire: async (name, owner, forMs) =>
      run((tx) => {
        const now = tx.database.now()
        const held = tx.get('leases', name)
        if (held !== undefined && held.owner !== owner && held.untilMs > now) return false
        tx.write('leases', name, () => ({ owner, untilMs: now + forMs }))
        return true
      }),
    release: async (name, owner) =>
      run((tx) => tx.change('leases', name, (row) => (row.owner === owner ? undefined : row))),
    now: async () => run((tx) => tx.database.now()),
  }
}
