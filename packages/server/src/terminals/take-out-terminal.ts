// Takes a terminal out of the pool for a while, and brings it back: who, when and why stay with it.
// What it carries at that moment goes on to its end.

import { audited } from '../accounts/audited.ts'
import type { Acting } from '../accounts/staff.ts'
import type { Centre } from '../ports/centre.ts'

export type TakeOutOutcome = 'taken_out' | 'already_taken_out' | 'not_found'

export function takeOutTerminal(
  centre: Centre,
  { actor, scope }: Acting,
  terminalId: number,
  reason: string,
): Promise<TakeOutOutcome> {
  const { terminals } = centre.storage
  return audited<TakeOutOutcome>(centre, actor, async (tx) => {
    const before = await terminals.lock(tx, scope, terminalId)
    if (before === null) return { result: 'not_found', line: null }
    if (before.takenOut !== null) return { result: 'already_taken_out', line: null }
    await terminals.takeOut(tx, terminalId, actor.name, reason)
    const target = { kind: 'terminal', id: String(terminalId) }
    return {
      result: 'taken_out',
      line: { action: 'terminal.taken_out', target, facts: { reason } },
    }
  })
}

export type BringBackOutcome = 'brought_back' | 'not_taken_out' | 'not_found'

export function bringBackTerminal(
  centre: Centre,
  { actor, scope }: Acting,
  terminalId: number,
  reason: string,
): Promise<BringBackOutcome> {
  const { terminals } = centre.storage
  return audited<BringBackOutcome>(centre, actor, async (tx) => {
    const before = await terminals.lock(tx, scope, terminalId)
    if (before === null) return { result: 'not_found', line: null }
    if (before.takenOut === null) return { result: 'not_taken_out', line: null }
    await terminals.bringBack(tx, terminalId)
    const target = { kind: 'terminal', id: String(terminalId) }
    const { by, reason: former } = before.takenOut
    const facts = { reason, taken_out_by: by, taken_out_reason: former }
    return { result: 'brought_back', line: { action: 'terminal.brought_back', target, facts } }
  })
}
