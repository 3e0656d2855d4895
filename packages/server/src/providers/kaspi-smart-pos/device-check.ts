// What a look at an idle terminal comes to, in a sentence for an operator (T6). No byte of the
// device's own answer goes into that sentence.

import type { DeviceCheck, DeviceIdentity } from '../../ports/provider.ts'
import { cleanWord, textField, type WireObject } from '../wire-value.ts'
import { parseEnvelope } from './envelope.ts'
import type { CallResult } from './transport.ts'

const MAX_IDENTITY_LENGTH = 64

interface Finding {
  readonly reachable: boolean
  readonly identity: DeviceIdentity | null
  readonly sentence: string
}

/** `latencyMs` is how long the device's answer took. */
export function deviceCheck(
  result: CallResult,
  latencyMs: number,
  camera: DeviceCheck['camera'],
): DeviceCheck {
  const { reachable, identity, sentence } = finding(result)
  return {
    reachable,
    latencyMs: reachable ? latencyMs : null,
    identity,
    camera,
    message: `${sentence}${cameraClause(camera)}.`,
  }
}

function finding(result: CallResult): Finding {
  if (result.kind === 'not_connected' && result.forbidden) {
    return silent('Адрес терминала не входит в разрешённые сети устройств')
  }
  if (result.kind !== 'answered') {
    return silent('Терминал не отвечает: проверьте питание, сеть и адрес')
  }
  if (result.httpStatus === 401 || result.httpStatus === 403) {
    return present('Терминал отвечает, но не принимает токен: зарегистрируйте его заново')
  }
  const envelope = parseEnvelope(result.body)
  if (envelope === null) return silent('По этому адресу отвечает не терминал Kaspi')
  switch (envelope.statusCode) {
    case 0:
      return { ...present('Терминал на связи'), identity: readIdentity(envelope.data) }
    case 100:
      return present('Терминал отвечает, но у него нет интернета')
    default:
      return present('Терминал отвечает, но сообщает об ошибке')
  }
}

function present(sentence: string): Finding {
  return { reachable: true, identity: null, sentence }
}

function silent(sentence: string): Finding {
  return { reachable: false, identity: null, sentence }
}

function readIdentity(data: WireObject | null): DeviceIdentity {
  return { serial: readName(data, 'serialNum'), posNumber: readName(data, 'posNum') }
}

function readName(data: WireObject | null, name: string): string | null {
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
