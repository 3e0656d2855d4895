// The second factor in a request: a code of the app, else a recovery code.

import type { SecondFactorProof } from '../../accounts/second-factor.ts'

export function proofIn(body: {
  readonly totp?: string
  readonly recovery_code?: string
}): SecondFactorProof | null {
  if (body.totp !== undefined) return { kind: 'totp', code: body.totp }
  if (body.recovery_code === undefined) return null
  return { kind: 'recovery_code', code: body.recovery_code }
}
