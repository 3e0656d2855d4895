// A login code, asked for by anybody for any phone (L1). It must do the same work and say the same for a
// phone that is nobody's: only the statement that writes the SMS finds nobody to write to (A4).

import { LOGIN_CODE_LIFE_MS, RESEND_AFTER_MS, sendBudgets, waitBeforeSendMs } from '@byfly-pay/core'
import type { Centre } from '../ports/centre.ts'
import type { Transaction } from '../ports/transaction.ts'
import { takeBudgets } from './take-budgets.ts'

export type SendCodeOutcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'too_often'; readonly waitMs: number }
  /** The operator has not said how SMS are sent. */
  | { readonly kind: 'no_sender' }

/**
 * @param phone E.164
 * @param address the caller's, an IPv6 one by its network
 */
export async function sendLoginCode(
  centre: Pick<Centre, 'loginSecrets' | 'storage' | 'textSenders'>,
  phone: string,
  address: string,
): Promise<SendCodeOutcome> {
  if ((await centre.textSenders.inUse()).name === 'none') return { kind: 'no_sender' }
  const kept = await keepNewCode(centre, phone, address, (tx, code) =>
    centre.storage.texts.addLoginCode(tx, {
      phone,
      maskedPhone: maskedPhone(phone),
      text: loginText(code),
      lifeMs: LOGIN_CODE_LIFE_MS,
    }),
  )
  return kept.kind === 'kept' ? { kind: 'sent' } : kept
}

export type NewCode =
  | { readonly kind: 'kept'; readonly code: string }
  | { readonly kind: 'too_often'; readonly waitMs: number }

/** A new code within all limits, with whatever `along` writes in the same transaction. */
export async function keepNewCode(
  centre: Pick<Centre, 'loginSecrets' | 'storage'>,
  phone: string,
  address: string,
  along: (tx: Transaction, code: string) => Promise<void>,
): Promise<NewCode> {
  const { loginSecrets, storage } = centre
  const phoneKey = loginSecrets.phoneKey(phone)
  const code = loginSecrets.newCode()
  const codeHash = loginSecrets.hashOfCode(phone, code)
  const known = await storage.logins.standing(phoneKey)
  const ownWaitMs = known === null ? 0 : waitBeforeSendMs(known.standing, known.nowMs)
  if (ownWaitMs > 0) return { kind: 'too_often', waitMs: ownWaitMs }
  return storage.transaction(async (tx) => {
    const waitMs = await takeBudgets(centre, tx, sendBudgets(phone, address))
    if (waitMs > 0) return { kind: 'too_often', waitMs }
    // Refused to the second of two at once, and to the second run of one whose COMMIT got no answer:
    // in both an SMS is on its way.
    if (!(await storage.logins.keepCode(tx, phoneKey, codeHash))) {
      return { kind: 'too_often', waitMs: RESEND_AFTER_MS }
    }
    await along(tx, code)
    return { kind: 'kept', code }
  })
}

export function loginText(code: string): string {
  return `ByFly Pay: код для входа ${code}. Никому его не сообщайте.`
}

/** Enough to tell colleagues apart, not to call one. */
export function maskedPhone(phone: string): string {
  return `${phone.slice(0, 4)}•••${phone.slice(-2)}`
}
