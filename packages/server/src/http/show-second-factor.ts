// A second factor as the API tells it: that there is one, never what it is.

import type { SecondFactorData } from '@byfly-pay/contract'
import type { SecondFactorStanding } from '../ports/second-factor-store.ts'

export function showSecondFactor(standing: SecondFactorStanding): SecondFactorData {
  return {
    is_on: standing.isOn,
    is_obligatory: standing.isObligatory,
    recovery_codes_left: standing.recoveryCodesLeft,
  }
}
