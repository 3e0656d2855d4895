// The link of a payment sent to a customer by SMS: the centre pays for each, and nobody may be pestered. So many
// for one payment, to one number, by one person, and in all.

import type { Budget } from '../staff/login.ts'
import { DAY_MS, HOUR_MS } from '../time.ts'

/** A link is of no use longer than most payments live. */
export const LINK_TEXT_LIFE_MS = HOUR_MS

export interface LinkText {
  readonly paymentId: string
  /** Names the number without telling it. */
  readonly phoneKey: string
  readonly adminId: number
}

/** What one more takes from, the narrowest first. */
export function linkBudgets({ adminId, paymentId, phoneKey }: LinkText): readonly Budget[] {
  return [
    { key: `link of ${paymentId}`, limit: 3, windowMs: HOUR_MS },
    { key: `link to ${phoneKey}`, limit: 5, windowMs: DAY_MS },
    { key: `links by ${adminId}`, limit: 60, windowMs: HOUR_MS },
    { key: 'links', limit: 600, windowMs: HOUR_MS },
  ]
}
