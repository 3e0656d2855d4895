// What a look at the bank comes to, in one word or two. No byte of the bank's own answer goes into them.

import type { CheckCause, DeviceCheck, DeviceFinding, Told } from '../../ports/provider.ts'
import type { CallResult } from '../transport.ts'
import { asObject, idField } from '../wire-value.ts'
import { isAccessDenied } from './codes.ts'
import { readReply } from './reply.ts'

type Verdict = DeviceFinding | CheckCause

export interface CheckedConnection {
  /** Null when the certificate's files could not be used, and nothing was asked. */
  readonly result: CallResult | null
  readonly tradePointId: string
  readonly isRegistered: boolean
  readonly latencyMs: number
  readonly nowMs: number
  readonly endsAtMs: number | null
}

export function connectionCheck(checked: CheckedConnection): Told<DeviceCheck> {
  const verdict = verdictOn(checked)
  const { cause, finding, reachable } = MEANINGS[verdict]
  const { endsAtMs, latencyMs, nowMs, result } = checked
  const bankTimeMs = result?.kind === 'answered' ? result.deviceTimeMs : undefined
  return {
    finding,
    reachable,
    latencyMs: reachable ? latencyMs : null,
    identity: verdict === 'well' ? { serial: null, posNumber: null, deviceNumber: null } : null,
    apiVersion: verdict === 'well' ? 'v2' : null,
    clockAheadMs: bankTimeMs === undefined ? null : bankTimeMs - nowMs,
    camera: 'none',
    screen: null,
    ...(cause === undefined ? {} : { cause }),
    ...(endsAtMs === null ? {} : { ownCertificateEndsAtMs: endsAtMs }),
    ...(finding === 'not_registered' || finding === 'certificate_changed'
      ? { trouble: finding }
      : {}),
  }
}

function verdictOn({ isRegistered, result, tradePointId }: CheckedConnection): Verdict {
  if (result === null) return 'certificate_unread'
  if (result.kind === 'not_connected') return result.why
  if (result.kind === 'no_answer') return 'unreachable'
  const reply = readReply(result.httpStatus, result.body)
  switch (reply.kind) {
    case 'denied':
      return 'not_registered'
    case 'nonsense':
      return 'stranger'
    case 'failed':
      return isAccessDenied(reply.code) ? 'not_registered' : 'failing'
    case 'worked':
      if (!hasTradePoint(reply.data, tradePointId)) return 'no_trade_point'
      return isRegistered ? 'well' : 'not_registered'
  }
}

function hasTradePoint(data: unknown, tradePointId: string): boolean {
  return (
    Array.isArray(data) &&
    data.some((point) => idField(asObject(point), 'TradePointId') === tradePointId)
  )
}

interface Meaning extends Pick<DeviceCheck, 'cause' | 'finding'> {
  /** Whether it was the bank that answered. */
  readonly reachable: boolean
}

const MEANINGS: Readonly<Record<Verdict, Meaning>> = {
  well: { finding: 'well', reachable: true },
  no_trade_point: { finding: 'failing', reachable: true, cause: 'no_trade_point' },
  not_registered: { finding: 'not_registered', reachable: true },
  token_expired: { finding: 'token_expired', reachable: true },
  failing: { finding: 'failing', reachable: true },
  no_internet: { finding: 'failing', reachable: true },
  stranger: { finding: 'stranger', reachable: false },
  certificate_unread: { finding: 'failing', reachable: false, cause: 'certificate_unread' },
  certificate_changed: { finding: 'certificate_changed', reachable: false },
  certificate_untrusted: { finding: 'certificate_untrusted', reachable: false },
  forbidden_address: { finding: 'forbidden_address', reachable: false },
  unreachable: { finding: 'unreachable', reachable: false },
}
