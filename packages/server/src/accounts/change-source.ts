// A source changes, or goes. Only what is named changes (T5); what it has done stays for ever.

import type { Centre } from '../ports/centre.ts'
import type { SourceTerms } from '../ports/source-store.ts'
import { audited, changes } from './audited.ts'
import { faultOfTerms, type TermsFault, tidyTerms } from './source-terms.ts'
import type { Acting } from './staff.ts'

export type ChangeSourceOutcome =
  | { readonly kind: 'changed' }
  | { readonly kind: 'not_found' }
  /** `unit_is_fixed`: it has a payment, whose sums it has been told in that unit (M1). */
  | { readonly kind: 'refused'; readonly reason: TermsFault | 'unit_is_fixed' }

type Keeper = Pick<Centre, 'storage' | 'webhooks'>

export function changeSource(
  centre: Keeper,
  acting: Acting,
  id: number,
  wanted: Partial<SourceTerms>,
): Promise<ChangeSourceOutcome> {
  const { sources } = centre.storage
  return audited<ChangeSourceOutcome>(centre, acting.actor, async (tx) => {
    const source = await sources.lock(tx, acting.scope, id)
    if (source === null) return { result: { kind: 'not_found' }, line: null }
    const { id: _id, createdAtMs: _createdAtMs, ...before } = source
    const after = tidyTerms({ ...before, ...wanted })
    const facts = changes<SourceTerms>(before, after)
    if (Object.keys(facts).length === 0) return { result: { kind: 'changed' }, line: null }
    const reason = await faultOfTerms(centre, tx, acting, before, after)
    if (reason !== null) return { result: { kind: 'refused', reason }, line: null }
    if (after.amountUnit !== before.amountUnit && (await sources.hasPayment(tx, id))) {
      return { result: { kind: 'refused', reason: 'unit_is_fixed' }, line: null }
    }
    await sources.save(tx, id, after)
    const target = { kind: 'source', id: String(id) }
    return { result: { kind: 'changed' }, line: { action: 'source.changed', target, facts } }
  })
}

/** Its tokens are dead at once; attempts and webhooks run to their end (T5). @returns false for none. */
export function deleteSource(
  centre: Pick<Centre, 'storage'>,
  { actor, scope }: Acting,
  id: number,
): Promise<boolean> {
  const { sources } = centre.storage
  return audited(centre, actor, async (tx) => {
    const source = await sources.lock(tx, scope, id)
    if (source === null) return { result: false, line: null }
    await sources.remove(tx, id)
    const target = { kind: 'source', id: String(id) }
    const facts = { name: source.name }
    return { result: true, line: { action: 'source.deleted', target, facts } }
  })
}
