// Deletes a terminal: it is gone from every list and takes nothing more, while what it carries is
// asked about to the end and its payments keep it in their history (T5).

import { audited } from '../accounts/audited.ts'
import type { Acting } from '../accounts/staff.ts'
import type { Centre } from '../ports/centre.ts'

/** @returns false when there is no such terminal any more. */
export function removeTerminal(
  centre: Centre,
  { actor, scope }: Acting,
  terminalId: number,
): Promise<boolean> {
  const { terminals } = centre.storage
  return audited(centre, actor, async (tx) => {
    const before = await terminals.lock(tx, scope, terminalId)
    if (before === null) return { result: false, line: null }
    await terminals.remove(tx, terminalId)
    const target = { kind: 'terminal', id: String(terminalId) }
    const facts = { name: before.name, was_busy: before.holder !== null }
    return { result: true, line: { action: 'terminal.deleted', target, facts } }
  })
}
