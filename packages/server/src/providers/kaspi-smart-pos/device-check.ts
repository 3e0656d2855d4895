// What a look at an idle terminal comes to, in a sentence for an operator (T6). No byte of the
// device's own answer goes into that sentence.

import type { ApiVersion, Device, DeviceCheck, DeviceIdentity } from '../../ports/provider.ts'
import { cleanWord, idField, textField, type WireObject } from '../wire-value.ts'
import { readReply } from './reply.ts'
import type { CallResult, NoConnection } from './transport.ts'

const MAX_IDENTITY_LENGTH = 64

/** What came back for `deviceinfo`, in which version it was asked, and how long that took. */
export interface DeviceLook {
  readonly result: CallResult
  readonly version: ApiVersion
  readonly latencyMs: number
}

interface Finding {
  readonly reachable: boolean
  readonly identity: DeviceIdentity | null
  readonly sentence: string
}

export function deviceCheck(
  { result, version, latencyMs }: DeviceLook,
  { scheme, tls }: Pick<Device, 'scheme' | 'tls'>,
  camera: DeviceCheck['camera'],
): DeviceCheck {
  const { reachable, identity, sentence } = finding(result, version)
  const warning = scheme === 'https' && tls === 'insecure' ? '; сертификат не проверяется' : ''
  return {
    reachable,
    latencyMs: reachable ? latencyMs : null,
    identity,
    apiVersion: identity === null ? null : version,
    camera,
    message: `${sentence}${warning}${cameraClause(camera)}.`,
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

function finding(result: CallResult, version: ApiVersion): Finding {
  if (result.kind === 'not_connected') return silent(NO_CONNECTION[result.why])
  if (result.kind === 'no_answer') return silent(NO_CONNECTION.unreachable)
  const { httpStatus, body } = result
  const reply = readReply(version, httpStatus, body)
  if (reply.kind === 'worked') return worked(readIdentity(reply.data))
  if (httpStatus === 401)
    return present('Терминал отвечает, но не знает центр: зарегистрируйте его')
  if (httpStatus === 403) return present('Терминал отвечает, но токен больше не действует')
  if (reply.kind === 'nonsense') return silent('По этому адресу отвечает не терминал Kaspi')
  return present(
    reply.statusCode === 100
      ? 'Терминал отвечает, но у него нет интернета'
      : 'Терминал отвечает, но сообщает об ошибке',
  )
}

const NO_CONNECTION: Readonly<Record<NoConnection, string>> = {
  forbidden_address: 'Адрес терминала не входит в разрешённые сети устройств',
  certificate_changed: 'Сертификат терминала сменился: соединение отклонено',
  certificate_untrusted:
    'Сертификат терминала не проходит проверку: нужен адрес под kaspipos.kz или режим pinned',
  unreachable: 'Терминал не отвечает: проверьте питание, сеть и адрес',
}

function worked(identity: DeviceIdentity): Finding {
  return isNamed(identity)
    ? { ...present('Терминал на связи'), identity }
    : silent('По этому адресу отвечает не терминал Kaspi')
}

function present(sentence: string): Finding {
  return { reachable: true, identity: null, sentence }
}

function silent(sentence: string): Finding {
  return { reachable: false, identity: null, sentence }
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

function cameraClause(camera: DeviceCheck['camera']): string {
  switch (camera) {
    case 'ok':
      return '; камера работает'
    case 'failed':
      return '; камера не даёт изображения'
    case 'none':
      return '; камеры нет'
  }
}
