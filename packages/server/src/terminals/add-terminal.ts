// Enters a terminal. What it is and whether it answers is learned by the first check.

import { isInScope } from '@byfly-pay/core'
import { audited } from '../accounts/audited.ts'
import type { Acting } from '../accounts/staff.ts'
import type { Centre } from '../ports/centre.ts'
import type { NewTerminal } from '../ports/terminal-store.ts'
import { type EntryFaults, readEntry, sentOf, type TerminalEntry } from './terminal-entry.ts'
import { factsOf } from './terminal-facts.ts'

export interface NewEntry extends TerminalEntry {
  readonly name: string
  readonly ipAddress: string
  readonly system?: string | undefined
}

export type AddOutcome =
  | { readonly kind: 'added'; readonly id: number; readonly terminal: NewTerminal }
  | { readonly kind: 'faulty'; readonly faults: EntryFaults }

/** What holds unless something else was entered; the port comes with the address. */
const USUAL = {
  countryIso: 'KZ',
  tls: 'strict',
  apiVersion: 'v2',
  cameraId: null,
  cameraUrl: null,
  ownCheque: false,
  isActive: true,
  reservedSources: null,
  reservedCountry: null,
} as const

const USUAL_SYSTEM = 'kaspi'

export async function addTerminal(
  centre: Centre,
  { actor, scope }: Acting,
  entry: NewEntry,
): Promise<AddOutcome> {
  const { name, ipAddress, system = USUAL_SYSTEM } = entry
  const { countryIso } = USUAL
  const { change, faults } = await readEntry(centre, scope, { countryIso, ...sentOf(entry) }, null)
  if (centre.providers.of(system, 'terminal') === null) {
    return { kind: 'faulty', faults: { ...faults, payment_system: 'unknown' } }
  }
  const { scheme, host, port } = change
  const isWhole = scheme !== undefined && host !== undefined && port !== undefined
  if (Object.keys(faults).length > 0 || !isWhole) return { kind: 'faulty', faults }
  const terminal: NewTerminal = { ...USUAL, ...change, name, ipAddress, system, scheme, host, port }
  const place = { countryIso: terminal.countryIso, system, sourceId: null }
  if (!isInScope(scope, place)) return { kind: 'faulty', faults: { payment_system: 'unknown' } }
  const { terminals } = centre.storage
  return audited(centre, actor, async (tx) => {
    const id = await terminals.add(tx, terminal)
    const added = await terminals.lock(tx, scope, id)
    const facts = added === null ? {} : factsOf(added)
    const target = { kind: 'terminal', id: String(id) }
    return {
      result: { kind: 'added', id, terminal },
      line: { action: 'terminal.created', target, facts },
    }
  })
}
