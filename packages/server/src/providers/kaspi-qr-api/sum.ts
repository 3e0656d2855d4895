// A sum of the bank's: tenge as a number, with at most two decimals. What cannot be read to the tiyn is
// null, and a person reads it (S6b): a sum is never rounded and never guessed.

import { TIYN_PER_TENGE } from '@byfly-pay/core'
import { textField, type WireObject } from '../wire-value.ts'

const SUM = /^(\d{1,13})(?:\.(\d{1,2})0*)?$/

export function sumField(data: WireObject, name: string): bigint | null {
  const match = SUM.exec(textField(data, name) ?? '')
  if (match === null) return null
  const [, tenge = '', part = ''] = match
  return BigInt(tenge) * TIYN_PER_TENGE + BigInt(part.padEnd(2, '0'))
}
