// Whether somebody has the second factor of an admin. Each code is taken once: a step of the app's clock, or
// a recovery code, in the transaction of what it opens.

import type { Centre } from '../ports/centre.ts'
import type { SecondFactor } from '../ports/second-factor-store.ts'
import type { Transaction } from '../ports/transaction.ts'

export interface SecondFactorProof {
  readonly kind: 'totp' | 'recovery_code'
  readonly code: string
}

export async function isProved(
  { loginSecrets, storage }: Pick<Centre, 'loginSecrets' | 'storage'>,
  tx: Transaction,
  adminId: number,
  factor: SecondFactor,
  proof: SecondFactorProof,
): Promise<boolean> {
  const { secondFactors } = storage
  switch (proof.kind) {
    case 'totp': {
      const step = loginSecrets.totpStep(factor.secret, proof.code, factor.nowMs)
      return step !== null && secondFactors.takeStep(tx, adminId, step)
    }
    case 'recovery_code': {
      const hash = loginSecrets.hashOfRecoveryCode(adminId, proof.code)
      return secondFactors.takeRecoveryCode(tx, adminId, hash)
    }
  }
}
