// The link of a payment on its way to a customer by SMS, on the word of a member of staff. The audit learns that
// it was sent, and not to whom.

import { LINK_TEXT_LIFE_MS, linkBudgets } from '@byfly-pay/core'
import { audited } from '../accounts/audited.ts'
import type { Staff } from '../accounts/staff.ts'
import { takeBudgets } from '../accounts/take-budgets.ts'
import type { Centre } from '../ports/centre.ts'

export type SendLinkOutcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'not_found' }
  /** Nobody said where to, and the payment does not know. */
  | { readonly kind: 'no_phone' }
  /** The operator has not said how SMS are sent. */
  | { readonly kind: 'no_sender' }
  /** It cannot be paid any more. */
  | { readonly kind: 'over'; readonly status: 'paid' | 'cancelled' }
  | { readonly kind: 'too_often'; readonly waitMs: number }

export interface LinkCall {
  readonly paymentId: string
  /** E.164; null for the customer's own. */
  readonly phone: string | null
  readonly link: string
}

export async function sendLink(
  centre: Centre,
  { actor, admin, scope }: Staff,
  { link, paymentId, phone }: LinkCall,
): Promise<SendLinkOutcome> {
  const { loginSecrets, storage, textSenders } = centre
  if ((await textSenders.inUse()).name === 'none') return { kind: 'no_sender' }
  const story = await storage.ledger.story(scope, paymentId)
  if (story === null) return { kind: 'not_found' }
  const { customer, source, status } = story.line
  if (status === 'paid' || status === 'cancelled') return { kind: 'over', status }
  const to = phone ?? customer.phone
  if (to === null) return { kind: 'no_phone' }
  const phoneKey = loginSecrets.phoneKey(to).toString('hex')
  return audited<SendLinkOutcome>(centre, actor, async (tx) => {
    const budgets = linkBudgets({ paymentId, phoneKey, adminId: admin.id })
    const waitMs = await takeBudgets(centre, tx, budgets)
    if (waitMs > 0) return { result: { kind: 'too_often', waitMs }, line: null }
    await storage.texts.addLink(tx, {
      adminId: admin.id,
      paymentId,
      phone: to,
      text: `${source.name}: оплата по ссылке ${link}`,
      lifeMs: LINK_TEXT_LIFE_MS,
    })
    const target = { kind: 'payment', id: paymentId }
    return { result: { kind: 'sent' }, line: { action: 'payment.link_sent', target, facts: {} } }
  })
}
