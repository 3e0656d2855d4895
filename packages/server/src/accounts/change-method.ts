// A payment method changes. What was quoted before keeps its price: an attempt carries its own terms.

import type { Centre } from '../ports/centre.ts'
import type { MethodSettings } from '../ports/method-store.ts'
import { audited, changes } from './audited.ts'
import type { Acting } from './staff.ts'

export type ChangeMethodOutcome =
  | { readonly kind: 'changed' }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'refused'; readonly reason: 'min_above_max' }

export function changeMethod(
  centre: Pick<Centre, 'storage'>,
  { actor, scope }: Acting,
  id: number,
  wanted: Partial<MethodSettings>,
): Promise<ChangeMethodOutcome> {
  const { methods } = centre.storage
  return audited<ChangeMethodOutcome>(centre, actor, async (tx) => {
    const method = await methods.lock(tx, scope, id)
    if (method === null) return { result: { kind: 'not_found' }, line: null }
    const after = { ...method, ...wanted }
    const facts = changes<MethodSettings>(method, after)
    if (Object.keys(facts).length === 0) return { result: { kind: 'changed' }, line: null }
    if (after.minTiyn > after.maxTiyn) {
      return { result: { kind: 'refused', reason: 'min_above_max' }, line: null }
    }
    await methods.save(tx, id, after)
    const target = { kind: 'payment_method', id: String(id) }
    return {
      result: { kind: 'changed' },
      line: { action: 'payment_method.changed', target, facts },
    }
  })
}
