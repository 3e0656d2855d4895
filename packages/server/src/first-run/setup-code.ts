// The setup code: printed where the centre runs, proved by whoever opens an empty centre in a browser. It says
// that they have the machine; without it nobody sets anything, and no answer tells how near a guess was.

import { SETUP_CODE_LIFE_MS, setupBudgets } from '@byfly-pay/core'
import { audited } from '../accounts/audited.ts'
import { takeBudgets } from '../accounts/take-budgets.ts'
import type { Actor } from '../ports/actor.ts'
import type { Centre } from '../ports/centre.ts'

/** A caller who says a code. */
export interface SetupCaller {
  readonly setupCode: string
  /** The caller's, an IPv6 one by its network. */
  readonly address: string
}

export type NotAdmitted =
  /** There is a member of staff: it is open no more, to nobody. */
  | { readonly kind: 'closed' }
  /** Wrong, replaced or run out. */
  | { readonly kind: 'wrong_setup_code' }
  | { readonly kind: 'too_often'; readonly waitMs: number }

export type Admission = { readonly kind: 'admitted'; readonly codeHash: Buffer } | NotAdmitted

/** A new code, which ends the one before it; null when the door is closed. */
export function issueSetupCode(
  centre: Pick<Centre, 'loginSecrets' | 'storage'>,
  actor: Actor,
): Promise<string | null> {
  const { loginSecrets, storage } = centre
  const code = loginSecrets.newSetupCode()
  const codeHash = loginSecrets.hashOfSetupCode(code)
  return audited<string | null>(centre, actor, async (tx) => {
    if (!(await storage.firstRun.keepCode(tx, codeHash, SETUP_CODE_LIFE_MS))) {
      return { result: null, line: null }
    }
    const target = { kind: 'centre', id: null }
    return { result: code, line: { action: 'setup.code_issued', target, facts: {} } }
  })
}

/** A try is counted before anything is compared. */
export async function admit(
  centre: Pick<Centre, 'loginSecrets' | 'storage'>,
  { address, setupCode }: SetupCaller,
): Promise<Admission> {
  const { loginSecrets, storage } = centre
  const waitMs = await storage.transaction((tx) => takeBudgets(centre, tx, setupBudgets(address)))
  if (waitMs > 0) return { kind: 'too_often', waitMs }
  const codeHash = await storage.firstRun.codeHash()
  if (codeHash !== null && loginSecrets.isSetupCode(codeHash, setupCode)) {
    return { kind: 'admitted', codeHash }
  }
  return (await storage.firstRun.isOpen()) ? { kind: 'wrong_setup_code' } : { kind: 'closed' }
}
