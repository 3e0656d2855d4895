// A super admin tries a connection to Kaspi QR API: whether the bank lets the centre in and knows the trade
// point, and the registration without which no QR is made. Nothing of money is asked for.

import type { Acting } from '../accounts/staff.ts'
import type { Centre } from '../ports/centre.ts'
import type { DeviceCheck } from '../ports/provider.ts'
import { checkTerminal } from './check-terminal.ts'
import { type RegisterOutcome, registerTerminal } from './register-terminal.ts'

/** Null when there is no such connection. */
export async function checkConnection(centre: Centre, id: number): Promise<DeviceCheck | null> {
  const known = await centre.storage.qrConnections.find(id)
  return known === null ? null : checkTerminal(centre, id)
}

/** The same device again is the same token, so the name that the bank knows it by is kept. */
export async function registerConnection(
  centre: Centre,
  acting: Acting,
  id: number,
): Promise<RegisterOutcome> {
  const known = await centre.storage.qrConnections.find(id)
  if (known === null) return 'not_found'
  const name = known.deviceId ?? `byfly-pay-${centre.random.bytes(6).toString('hex')}`
  return registerTerminal(centre, acting, id, name)
}

export const CONNECTION_WORDS: Readonly<Record<RegisterOutcome, string>> = {
  registered: 'Подключение зарегистрировано, можно принимать оплату',
  refused: 'Банк отказал: проверьте ключ или сертификат, БИН и торговую точку',
  busy: 'Банк занят, повторите позже',
  not_connected: 'Банк не принимает соединение: проверьте адрес, сеть и файлы сертификата',
  no_answer: 'Банк не ответил, повторите позже',
  certificate_changed: 'Сертификат сервера банка сменился: соединение отклонено',
  not_found: 'Такого подключения нет',
  in_progress: 'Регистрация уже идёт',
}
