// What a look at an idle terminal comes to, in one word (T6). No byte of the device's own answer goes into it.

import type { Moment } from '@byfly-pay/core'
import type {
  ApiVersion,
  DeviceCheck,
  DeviceFinding,
  DeviceIdentity,
  QrReading,
} from '../../ports/provider.ts'
import type { CallResult } from '../transport.ts'
import { cleanWord, idField, textField, type WireObject } from '../wire-value.ts'
import { readReply } from './reply.ts'

const MAX_IDENTITY_LENGTH = 64

/** What came back for `deviceinfo`, in which version it was asked, and how long that took. */
export interface DeviceLook {
  readonly result: CallResult
  readonly version: ApiVersion
  readonly latencyMs: number
  /** When it came back, by the centre's clock. */
  readonly nowMs: Moment
}

/** `screen` is what the camera saw; null without one. */
export function deviceCheck(
  { result, version, latencyMs, nowMs }: DeviceLook,
  screen: QrReading | null,
): DeviceCheck {
  const { finding, identity } = find(result, version)
  const reachable = REACHABLE[finding]
  return {
    finding,
    reachable,
    latencyMs: reachable ? latencyMs : null,
    identity,
    apiVersion: identity === null ? null : version,
    clockAheadMs: reachable ? clockAhead(result, nowMs) : null,
    camera: cameraState(screen),
    screen,
  }
}

/**
 * Whether the answer is one of this version's. What only says that there is no such call is not: the
 * device may speak the other version then.
 */
export function isUnderstood(result: CallResult, version: ApiVersion): boolean {
  if (result.kind !== 'answered') return false
  const reply = readReply(version, result.httpStatus, result.body)
  switch (reply.kind) {
    case 'worked':
      return isNamed(readIdentity(reply.data))
    case 'failed':
      return reply.statusCode !== null && reply.statusCode !== 102 && reply.statusCode !== 999
    case 'nonsense':
      return result.httpStatus === 401 || result.httpStatus === 403
  }
}

interface Found {
  readonly finding: DeviceFinding
  readonly identity: DeviceIdentity | null
}

function find(result: CallResult, version: ApiVersion): Found {
  if (result.kind === 'not_connected') return { finding: result.why, identity: null }
  if (result.kind === 'no_answer') return { finding: 'unreachable', identity: null }
  const { httpStatus, body } = result
  const reply = readReply(version, httpStatus, body)
  if (reply.kind === 'worked') {
    const identity = readIdentity(reply.data)
    return isNamed(identity)
      ? { finding: 'well', identity }
      : { finding: 'stranger', identity: null }
  }
  if (httpStatus === 401) return { finding: 'not_registered', identity: null }
  if (httpStatus === 403) return { finding: 'token_expired', identity: null }
  if (reply.kind === 'nonsense') return { finding: 'stranger', identity: null }
  return { finding: reply.statusCode === 100 ? 'no_internet' : 'failing', identity: null }
}

/** Whether it was such a device that answered. */
const REACHABLE: Readonly<Record<DeviceFinding, boolean>> = {
  well: true,
  no_internet: true,
  failing: true,
  not_registered: true,
  token_expired: true,
  stranger: false,
  certificate_changed: false,
  certificate_untrusted: false,
  forbidden_address: false,
  unreachable: false,
}

function clockAhead(result: CallResult, nowMs: Moment): number | null {
  if (result.kind !== 'answered' || result.deviceTimeMs === undefined) return null
  return result.deviceTimeMs - nowMs
}

function cameraState(screen: QrReading | null): DeviceCheck['camera'] {
  if (screen === null) return 'none'
  return screen.kind === 'camera_failed' ? 'failed' : 'ok'
}

function readIdentity(data: WireObject): DeviceIdentity {
  return {
    serial: readName(data, 'serialNum'),
    posNumber: readName(data, 'posNum'),
    deviceNumber: idField(data, 'terminalId'),
  }
}

function isNamed({ serial, posNumber, deviceNumber }: DeviceIdentity): boolean {
  return serial !== null || posNumber !== null || deviceNumber !== null
}

function readName(data: WireObject, name: string): string | null {
  const text = textField(data, name)
  return text === null ? null : cleanWord(text, MAX_IDENTITY_LENGTH) || null
}
