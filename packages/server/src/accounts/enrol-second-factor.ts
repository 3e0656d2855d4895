// A member of staff gets a second factor, or gives it up. Guesses are counted before they are compared, as
// at a login; secrets and recovery codes are told once and never again.

import { secondFactorBudgets } from '@byfly-pay/core'
import type { Centre } from '../ports/centre.ts'
import { audited } from './audited.ts'
import { isProved, type SecondFactorProof } from './second-factor.ts'
import type { Staff } from './staff.ts'
import { takeBudgets } from './take-budgets.ts'

type Parts = Pick<Centre, 'loginSecrets' | 'storage'>

export interface NewSecret {
  /** Base32. */
  readonly secret: string
  /** `otpauth://…`. */
  readonly url: string
}

/** Null when a second factor is on already. What was started before and not confirmed is replaced. */
export function startSecondFactor(
  centre: Parts,
  { actor, admin }: Staff,
): Promise<NewSecret | null> {
  const { loginSecrets, storage } = centre
  const secret = loginSecrets.newTotpSecret()
  return audited(centre, actor, async (tx) => {
    if (!(await storage.secondFactors.start(tx, admin.id, secret))) {
      return { result: null, line: null }
    }
    const result = { secret, url: loginSecrets.totpUrl(secret, admin.phone) }
    return { result, line: lineOf('second_factor.started', admin.id) }
  })
}

export type ConfirmOutcome =
  | { readonly kind: 'on'; readonly recoveryCodes: readonly string[] }
  | { readonly kind: 'not_started' }
  | { readonly kind: 'already_on' }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'too_often'; readonly waitMs: number }

/** From here on the second factor is asked for at every login. */
export async function confirmSecondFactor(
  centre: Parts,
  { actor, admin }: Staff,
  code: string,
): Promise<ConfirmOutcome> {
  const { loginSecrets, storage } = centre
  const waitMs = await countGuess(centre, admin.id)
  if (waitMs > 0) return { kind: 'too_often', waitMs }
  const recoveryCodes = loginSecrets.newRecoveryCodes()
  const hashes = recoveryCodes.map((each) => loginSecrets.hashOfRecoveryCode(admin.id, each))
  return audited<ConfirmOutcome>(centre, actor, async (tx) => {
    const factor = await storage.secondFactors.lock(tx, admin.id)
    if (factor === null) return { result: { kind: 'not_started' }, line: null }
    if (factor.isConfirmed) return { result: { kind: 'already_on' }, line: null }
    const step = loginSecrets.totpStep(factor.secret, code, factor.nowMs)
    if (step === null) return { result: { kind: 'wrong' }, line: null }
    await storage.secondFactors.confirm(tx, admin.id, step, hashes)
    return { result: { kind: 'on', recoveryCodes }, line: lineOf('second_factor.on', admin.id) }
  })
}

export type DisableOutcome =
  | { readonly kind: 'off' }
  | { readonly kind: 'not_on' }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'too_often'; readonly waitMs: number }

/** A stolen session alone must not take the second factor off. */
export async function disableSecondFactor(
  centre: Parts,
  { actor, admin }: Staff,
  proof: SecondFactorProof,
): Promise<DisableOutcome> {
  const waitMs = await countGuess(centre, admin.id)
  if (waitMs > 0) return { kind: 'too_often', waitMs }
  const { secondFactors } = centre.storage
  return audited<DisableOutcome>(centre, actor, async (tx) => {
    const factor = await secondFactors.lock(tx, admin.id)
    if (factor === null || !factor.isConfirmed) return { result: { kind: 'not_on' }, line: null }
    if (!(await isProved(centre, tx, admin.id, factor, proof))) {
      return { result: { kind: 'wrong' }, line: null }
    }
    await secondFactors.remove(tx, admin.id)
    return { result: { kind: 'off' }, line: lineOf('second_factor.off', admin.id) }
  })
}

function countGuess(centre: Parts, adminId: number): Promise<number> {
  return centre.storage.transaction((tx) => takeBudgets(centre, tx, secondFactorBudgets(adminId)))
}

function lineOf(action: `second_factor.${string}`, adminId: number) {
  return { action, target: { kind: 'admin', id: String(adminId) }, facts: {} }
}
