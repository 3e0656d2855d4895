// Changes what is entered of a terminal, and only what was sent (T5). What runs on it goes on; its
// watcher takes a new address at its next look.

import { audited, changes } from '../accounts/audited.ts'
import type { Acting } from '../accounts/staff.ts'
import type { Centre } from '../ports/centre.ts'
import { type EntryFaults, readEntry, type TerminalEntry } from './terminal-entry.ts'
import { factsOf } from './terminal-facts.ts'

export type ChangeOutcome =
  | { readonly kind: 'changed' }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'faulty'; readonly faults: EntryFaults }

export async function changeTerminal(
  centre: Centre,
  { actor, scope }: Acting,
  terminalId: number,
  entry: TerminalEntry,
): Promise<ChangeOutcome> {
  const { terminals } = centre.storage
  const known = await terminals.view(scope, terminalId)
  if (known === null) return { kind: 'not_found' }
  const { change, faults } = await readEntry(centre, scope, entry, known)
  if (Object.keys(faults).length > 0) return { kind: 'faulty', faults }
  return audited<ChangeOutcome>(centre, actor, async (tx) => {
    const before = await terminals.lock(tx, scope, terminalId)
    if (before === null) return { result: { kind: 'not_found' }, line: null }
    await terminals.change(tx, terminalId, change)
    const after = await terminals.lock(tx, scope, terminalId)
    const facts = after === null ? {} : changes(factsOf(before), factsOf(after))
    const target = { kind: 'terminal', id: String(terminalId) }
    const isNews = Object.keys(facts).length > 0
    return {
      result: { kind: 'changed' },
      line: isNews ? { action: 'terminal.changed', target, facts } : null,
    }
  })
}
