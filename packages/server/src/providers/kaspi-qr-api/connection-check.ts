// What a look at the bank comes to, in a sentence for an operator. No byte of the bank's own answer goes
// into it.

import type { DeviceCheck, DeviceFinding, Told } from '../../ports/provider.ts'
import type { CallResult } from '../transport.ts'
import { asObject, idField } from '../wire-value.ts'
import { isAccessDenied } from './codes.ts'
import { readReply } from './reply.ts'

type Verdict =
  | DeviceFinding
  /** The files of the certificate cannot be used. */
  | 'certificate_unread'
  /** The bank knows the caller, and no such trade point of theirs. */
  | 'no_trade_point'

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
  const { finding, reachable, sentence } = MEANINGS[verdict]
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
    message: sentence,
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

interface Meaning {
  readonly finding: DeviceFinding
  readonly reachable: boolean
  readonly sentence: string
}

const MEANINGS: Readonly<Record<Verdict, Meaning>> = {
  well: { finding: 'well', reachable: true, sentence: 'Банк отвечает, торговая точка найдена.' },
  no_trade_point: {
    finding: 'failing',
    reachable: true,
    sentence: 'Банк отвечает, но такой торговой точки у организации нет: проверьте её номер.',
  },
  not_registered: {
    finding: 'not_registered',
    reachable: true,
    sentence:
      'Банк не пускает центр: проверьте ключ, сертификат и БИН и зарегистрируйте подключение.',
  },
  token_expired: {
    finding: 'token_expired',
    reachable: true,
    sentence: 'Банк больше не знает устройства: зарегистрируйте подключение заново.',
  },
  failing: { finding: 'failing', reachable: true, sentence: 'Банк отвечает ошибкой.' },
  no_internet: { finding: 'failing', reachable: true, sentence: 'Банк отвечает ошибкой.' },
  stranger: {
    finding: 'stranger',
    reachable: false,
    sentence: 'По этому адресу отвечает не Kaspi QR API.',
  },
  certificate_unread: {
    finding: 'failing',
    reachable: false,
    sentence: 'Файлы сертификата не читаются: проверьте имена, пароль и папку на этом сервере.',
  },
  certificate_changed: {
    finding: 'certificate_changed',
    reachable: false,
    sentence: 'Сертификат сервера банка сменился: соединение отклонено.',
  },
  certificate_untrusted: {
    finding: 'certificate_untrusted',
    reachable: false,
    sentence: 'Сертификат сервера банка не проходит проверку.',
  },
  forbidden_address: {
    finding: 'forbidden_address',
    reachable: false,
    sentence: 'Адрес банка не входит в разрешённые сети устройств.',
  },
  unreachable: {
    finding: 'unreachable',
    reachable: false,
    sentence: 'Банк не отвечает: проверьте адрес, сеть и сертификат.',
  },
}
