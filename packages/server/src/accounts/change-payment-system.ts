// Payment systems come, change, and go while nothing belongs to them. What prices are made of, currency
// and step, is fixed from its first method or terminal on.

import type { Centre } from '../ports/centre.ts'
import type { PaymentSystem } from '../ports/place-store.ts'
import { audited, changes } from './audited.ts'
import type { Acting } from './staff.ts'

export type PaymentSystemOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'refused'; readonly reason: 'code_taken' | 'in_use' }

type Keeper = Pick<Centre, 'storage'>

export function addPaymentSystem(centre: Keeper, { actor }: Acting, system: PaymentSystem) {
  const { places } = centre.storage
  return audited<PaymentSystemOutcome>(centre, actor, async (tx) => {
    const all = await places.lockSystems(tx)
    if (all.some(({ code }) => code === system.code)) return refused('code_taken')
    await places.addSystem(tx, system)
    const { code, name, currency } = system
    const facts = { name, currency, stepTiyn: String(system.stepTiyn) }
    return {
      result: { kind: 'done' },
      line: { action: 'payment_system.created', target: targetOf(code), facts },
    }
  })
}

export function changePaymentSystem(
  centre: Keeper,
  { actor }: Acting,
  code: string,
  wanted: Partial<Omit<PaymentSystem, 'code'>>,
) {
  const { places } = centre.storage
  return audited<PaymentSystemOutcome>(centre, actor, async (tx) => {
    const before = (await places.lockSystems(tx)).find((system) => system.code === code)
    if (before === undefined) return { result: { kind: 'not_found' }, line: null }
    const after = { ...before, ...wanted }
    const facts = changes<PaymentSystem>(before, after)
    if (Object.keys(facts).length === 0) return { result: { kind: 'done' }, line: null }
    const isPriced = after.currency !== before.currency || after.stepTiyn !== before.stepTiyn
    if (isPriced && (await places.isSystemUsed(tx, code))) return refused('in_use')
    await places.saveSystem(tx, after)
    return {
      result: { kind: 'done' },
      line: { action: 'payment_system.changed', target: targetOf(code), facts },
    }
  })
}

export function removePaymentSystem(centre: Keeper, { actor }: Acting, code: string) {
  const { places } = centre.storage
  return audited<PaymentSystemOutcome>(centre, actor, async (tx) => {
    const system = (await places.lockSystems(tx)).find((known) => known.code === code)
    if (system === undefined) return { result: { kind: 'not_found' }, line: null }
    if (await places.isSystemUsed(tx, code)) return refused('in_use')
    await places.removeSystem(tx, code)
    const facts = { name: system.name }
    return {
      result: { kind: 'done' },
      line: { action: 'payment_system.deleted', target: targetOf(code), facts },
    }
  })
}

function refused(reason: 'code_taken' | 'in_use') {
  return { result: { kind: 'refused', reason }, line: null } as const
}

function targetOf(code: string) {
  return { kind: 'payment_system', id: code }
}
