// What the answer to a call that makes something proves (S9). Only the codes that say so are a refusal;
// everything else that was sent may have made a QR, or given money back: it is lost.

import type { Qr, StartResult } from '@byfly-pay/core'
import type { Told } from '../../ports/provider.ts'
import type { CallResult } from '../transport.ts'
import { idField, type WireObject } from '../wire-value.ts'
import { asksToRegister, isAccessDenied, refusalOf } from './codes.ts'
import type { QrApiLimits } from './limits.ts'
import { isBankNumber, type OperationId, processIdOf } from './operation-id.ts'
import { expiryOf, pollMsOf } from './pace.ts'
import { dataOf, readReply } from './reply.ts'
import { shownCode } from './shown-code.ts'

/** Reads what was made; null when its number cannot be read. */
type ReadMade = (data: WireObject) => StartResult | null

function resultOf(result: CallResult, readMade: ReadMade): Told<StartResult> {
  switch (result.kind) {
    case 'not_connected':
      return {
        kind: 'refused',
        reason: 'not_connected',
        ...(result.why === 'certificate_changed' ? { trouble: result.why } : {}),
      }
    case 'no_answer':
      return { kind: 'lost' }
    case 'answered':
      break
  }
  const reply = readReply(result.httpStatus, result.body)
  switch (reply.kind) {
    case 'worked':
      return readMade(dataOf(reply)) ?? { kind: 'lost' }
    case 'denied':
      return { kind: 'refused', reason: 'access_denied', trouble: 'not_registered' }
    case 'nonsense':
      return { kind: 'lost' }
    case 'failed': {
      const reason = refusalOf(reply.code)
      if (reason === null) return { kind: 'lost' }
      if (asksToRegister(reply.code)) return { kind: 'refused', reason, trouble: 'token_expired' }
      if (isAccessDenied(reply.code)) return { kind: 'refused', reason, trouble: 'not_registered' }
      return { kind: 'refused', reason }
    }
  }
}

/** A QR or a link for a payment. One that cannot be read is live all the same, and shown to nobody. */
export function paymentResult(
  result: CallResult,
  limits: QrApiLimits,
  nowMs: number,
): Told<StartResult> {
  return resultOf(result, (data) =>
    made(data, 'payment', ['QrPaymentId', 'PaymentId'], limits, nowMs),
  )
}

/** r2: a QR for the customer whose money goes back. */
export function returnQrResult(
  result: CallResult,
  limits: QrApiLimits,
  nowMs: number,
): Told<StartResult> {
  return resultOf(result, (data) => made(data, 'return', ['QrReturnId', 'ReturnId'], limits, nowMs))
}

/** r3: a yes is the last word. `fallbackId` names it where the bank gives it no number. */
export function returnResult(
  result: CallResult,
  tiyn: bigint,
  fallbackId: string,
): Told<StartResult> {
  return resultOf(result, (data) => {
    const number = numberIn(data, ['ReturnOperationId', 'QrReturnId']) ?? fallbackId
    return { kind: 'accepted', processId: processIdOf({ kind: 'returned', id: number, tiyn }) }
  })
}

function made(
  data: WireObject,
  kind: Exclude<OperationId['kind'], 'returned'>,
  names: readonly string[],
  limits: QrApiLimits,
  nowMs: number,
): StartResult | null {
  const id = numberIn(data, names)
  if (id === null) return null
  const code = shownCode(data)
  const qr: Qr | null =
    code === null ? null : { ...code, expiresAtMs: expiryOf(data, limits, nowMs) }
  return {
    kind: 'accepted',
    processId: processIdOf({ kind, id }),
    pollMs: pollMsOf(data, limits),
    ...(qr === null ? {} : { qr }),
  }
}

function numberIn(data: WireObject, names: readonly string[]): string | null {
  for (const name of names) {
    const id = idField(data, name)
    if (id !== null && isBankNumber(id)) return id
  }
  return null
}
