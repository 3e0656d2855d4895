// A person's word, with evidence, that a terminal in quarantine is idle: the waiting ends, the next
// start is still the probe (protocol, rule 3). A terminal that carries an operation is never freed
// here.

import { isQuarantined, rejected } from '@byfly-pay/core'
import { audited } from '../accounts/audited.ts'
import type { Acting } from '../accounts/staff.ts'
import { applyInput } from '../payments/apply-input.ts'
import { inputOf } from '../payments/operation.ts'
import type { AuditLine } from '../ports/audit-store.ts'
import type { Centre } from '../ports/centre.ts'
import type { HeldFor } from '../ports/terminal-store.ts'

export interface Evidence {
  readonly reason: string
  /** What was seen: the terminal's screen, its journal. */
  readonly evidence: string
}

export type ResolveOutcome = 'released' | 'not_quarantined' | 'operation_running' | 'not_found'

export async function resolveQuarantine(
  centre: Centre,
  acting: Acting,
  terminalId: number,
  evidence: Evidence,
): Promise<ResolveOutcome> {
  const { storage } = centre
  const lost: HeldFor | ResolveOutcome = await audited<HeldFor | ResolveOutcome>(
    centre,
    acting.actor,
    async (tx) => {
      const terminal = await storage.terminals.lock(tx, acting.scope, terminalId)
      if (terminal === null) return { result: 'not_found', line: null }
      const held = await storage.terminals.heldFor(tx, terminalId)
      if (held?.state === 'lost') return { result: held, line: null }
      if (held !== null) return { result: 'operation_running', line: null }
      if (!isQuarantined(terminal.facts, terminal.nowMs)) {
        return { result: 'not_quarantined', line: null }
      }
      await storage.terminals.endQuarantine(tx, terminalId)
      return {
        result: 'released',
        line: lineOf(terminalId, { ...evidence, quarantine: terminal.quarantineReason }),
      }
    },
  )
  return typeof lost === 'string' ? lost : abandonLost(centre, acting, terminalId, evidence, lost)
}

/** A lost attempt ends through the one door, as it would when its quarantine runs out (S6a). */
async function abandonLost(
  centre: Centre,
  { actor, scope }: Acting,
  terminalId: number,
  evidence: Evidence,
  { attemptId, paymentId, purpose }: HeldFor,
): Promise<ResolveOutcome> {
  const { audit, terminals } = centre.storage
  const result = await applyInput(
    centre,
    paymentId,
    async (tx) => {
      const terminal = await terminals.lock(tx, scope, terminalId)
      if (terminal === null) return rejected('attempt_not_found')
      return inputOf({ attemptId, purpose }, { kind: 'abandon' })
    },
    {
      alsoInTransaction: async (tx, decision) => {
        if (decision.kind !== 'applied') return
        await terminals.endQuarantine(tx, terminalId)
        const facts = { ...evidence, quarantine: 'start_lost', attempt_id: attemptId }
        await audit.append(tx, actor, lineOf(terminalId, facts))
      },
    },
  )
  switch (result.kind) {
    case 'applied':
    case 'unchanged':
      return 'released'
    case 'not_found':
      return 'not_found'
    case 'rejected':
      // Its process became known, or its end, since it was looked at.
      return result.code === 'attempt_closed' ? 'operation_running' : 'not_found'
  }
}

function lineOf(terminalId: number, facts: AuditLine['facts']): AuditLine {
  const target = { kind: 'terminal', id: String(terminalId) }
  return { action: 'terminal.quarantine_resolved', target, facts }
}
