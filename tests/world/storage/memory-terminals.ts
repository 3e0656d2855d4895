// Terminals over memory: plain http, without tokens, so that what belongs to certificates and
// registrations refuses loudly; tests/staff and tests/road/access show those over the real thing.

import { type Breaker, EVERYTHING, isInScope, type Scope } from '@byfly-pay/core'
import type {
  TerminalStore,
  TerminalView,
} from '../../../packages/server/src/ports/terminal-store.ts'
import type { MemoryDatabase } from './memory-database.ts'
import { factsOfTerminal } from './memory-pool.ts'
import { endQuarantine } from './memory-quarantine.ts'
import { type MemoryTransaction, openTransaction } from './memory-transaction.ts'
import { notHere } from './not-here.ts'
import type { OpenRow, TerminalRow } from './rows.ts'

type Suspended = Extract<Breaker, { kind: 'suspended' }>

export function memoryTerminals(run: MemoryDatabase['statement']): TerminalStore {
  return notHere<TerminalStore>('terminals', {
    ...reads(run),
    ...writesByHand(),
    ...learned(run),
    // Nobody is registered, so nothing ever runs out.
    dueForRenewal: async () => [],
  })
}

function reads(run: MemoryDatabase['statement']): Pick<TerminalStore, 'device' | 'list' | 'view'> {
  return {
    device: async (terminalId) =>
      run((tx) => {
        const row = tx.get('terminals', String(terminalId))
        if (row === undefined) return null
        return {
          terminalId,
          system: row.system,
          way: 'terminal',
          scheme: row.scheme,
          host: row.host,
          port: row.port,
          tls: row.tls,
          fingerprint: null,
          apiVersion: row.apiVersion,
          accessToken: null,
          tokenVersion: 0,
          deviceNumber: null,
          canStop: row.canStop,
          cameraUrl: row.cameraUrl,
          ownCheque: row.ownCheque,
          pollMs: null,
          account: null,
        }
      }),
    list: async (scope = EVERYTHING) =>
      run((tx) =>
        tx
          .values('terminals')
          .filter((row) => isSeen(scope, row))
          .map((row) => viewOf(tx, row)),
      ),
    view: async (scope, terminalId) => run((tx) => view(tx, scope, terminalId)),
  }
}

type WritesByHand = Pick<
  TerminalStore,
  'lock' | 'add' | 'takeOut' | 'bringBack' | 'heldFor' | 'endQuarantine'
>

function writesByHand(): WritesByHand {
  return {
    async lock(port, scope, terminalId) {
      const tx = openTransaction(port)
      if (view(tx, scope, terminalId) === null) return null
      await tx.lock(`terminal:${terminalId}`)
      return view(tx, scope, terminalId)
    },
    async add(port, terminal) {
      const tx = openTransaction(port)
      const id = tx.entries('terminals').length + 1
      tx.insert('terminals', String(id), {
        ...terminal,
        id,
        canStop: null,
        trouble: null,
        takenOut: null,
        quarantinedUntilMs: null,
        quarantineReason: null,
        needsProbe: false,
        offlineUntilMs: null,
        offlineSinceMs: null,
        lastReservedAtMs: null,
        lastSeenAtMs: null,
        createdAtMs: tx.database.now(),
      })
      return id
    },
    async takeOut(port, terminalId, by, reason) {
      const tx = openTransaction(port)
      const takenOut = { by, reason, atMs: tx.database.now() }
      tx.change('terminals', String(terminalId), (row) => ({ ...row, takenOut }))
    },
    async bringBack(port, terminalId) {
      openTransaction(port).change('terminals', String(terminalId), (row) => ({
        ...row,
        takenOut: null,
      }))
    },
    async heldFor(port, terminalId) {
      const open = holderOf(openTransaction(port), terminalId)
      if (open === null) return null
      const { attemptId, paymentId, purpose, state } = open
      return { attemptId, paymentId, purpose, state: stateOfHolder(state) }
    },
    async endQuarantine(port, terminalId) {
      endQuarantine(openTransaction(port), terminalId)
    },
  }
}

type Learned = Pick<
  TerminalStore,
  | 'noteIdentity'
  | 'noteSeen'
  | 'noteStopping'
  | 'noteTrouble'
  | 'endTrouble'
  | 'troubled'
  | 'silent'
>

function learned(run: MemoryDatabase['statement']): Learned {
  const change = (terminalId: number, patch: (row: TerminalRow) => TerminalRow) =>
    run((tx) => tx.change('terminals', String(terminalId), patch))
  return {
    // A serial number would change what a process id is unique in; no device of the world tells one.
    noteIdentity: async () => {},
    noteSeen: async (terminalId) =>
      run((tx) => {
        const lastSeenAtMs = tx.database.now()
        tx.change('terminals', String(terminalId), (row) => ({ ...row, lastSeenAtMs }))
      }),
    noteStopping: async (terminalId, canStop) => change(terminalId, (row) => ({ ...row, canStop })),
    noteTrouble: async (terminalId, trouble) =>
      run((tx) => {
        if (tx.get('terminals', String(terminalId))?.trouble === trouble) return false
        tx.change('terminals', String(terminalId), (row) => ({ ...row, trouble }))
        return true
      }),
    endTrouble: async (terminalId) => change(terminalId, (row) => ({ ...row, trouble: null })),
    troubled: async (limit) =>
      run((tx) =>
        tx
          .values('terminals')
          .filter(({ trouble }) => trouble !== null)
          .slice(0, limit)
          .map(({ id }) => id),
      ),
    silent: async (forMs, limit) =>
      run((tx) => {
        const sinceMs = tx.database.now() - forMs
        return tx
          .values('terminals')
          .filter((row) => row.isActive && row.takenOut === null && row.trouble === null)
          .filter((row) => row.offlineSinceMs !== null || seenAtMs(row) <= sinceMs)
          .filter(({ id }) => holderOf(tx, id) === null)
          .sort((a, b) => (a.lastSeenAtMs ?? 0) - (b.lastSeenAtMs ?? 0) || a.id - b.id)
          .slice(0, limit)
          .map(({ id }) => id)
      }),
  }
}

function seenAtMs({ createdAtMs, lastSeenAtMs }: TerminalRow): number {
  return lastSeenAtMs ?? createdAtMs
}

function isSeen(scope: Scope, { countryIso, system }: TerminalRow): boolean {
  return isInScope(scope, { countryIso, system, sourceId: null })
}

function holderOf(tx: MemoryTransaction, terminalId: number): OpenRow | null {
  const open = tx
    .values('open_attempts')
    .find((row) => row.terminalId === terminalId && row.holdsTerminal)
  return open ?? null
}

/** Of the open states only these hold a terminal. */
function stateOfHolder(state: OpenRow['state']) {
  switch (state) {
    case 'reserved':
    case 'calling':
    case 'live':
    case 'unknown':
    case 'lost':
    case 'stray':
      return state
    default:
      throw new Error(`Попытка «${state}» не держит терминал`)
  }
}

function view(tx: MemoryTransaction, scope: Scope, terminalId: number): TerminalView | null {
  const row = tx.get('terminals', String(terminalId))
  return row === undefined || !isSeen(scope, row) ? null : viewOf(tx, row)
}

function viewOf(tx: MemoryTransaction, row: TerminalRow): TerminalView {
  const open = holderOf(tx, row.id)
  const known = tx.get('terminal_health', String(row.id))
  return {
    ...row,
    fingerprint: null,
    serial: null,
    registeredName: null,
    tokenExpiresAtMs: null,
    troubleSinceMs: row.trouble === null ? null : row.createdAtMs,
    health: known?.health ?? null,
    suspension: known?.breaker.kind === 'suspended' ? suspensionOf(known.breaker) : null,
    facts: factsOfTerminal(tx, row),
    holder: open === null ? null : stateOfHolder(open.state),
    currentPaymentId: open?.paymentId ?? null,
    nowMs: tx.database.now(),
  }
}

function suspensionOf({ nextTestAtMs, reason, sinceMs }: Suspended): TerminalView['suspension'] {
  return { nextTestAtMs, reason, sinceMs }
}
