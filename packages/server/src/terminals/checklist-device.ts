// The lines of a terminal's test that its answer to one call decides: its token, and the device
// itself.

import { displayTime } from '@byfly-pay/core'
import type { DeviceCheck } from '../ports/provider.ts'
import { failed, type Line, ok, type Seen, skipped, warning } from './check-line.ts'

const REGISTER = 'Зарегистрируйте терминал и нажмите «Разрешить» на его экране'

export function tokenLine(seen: Seen): Line {
  const { after, check } = seen
  if (check?.finding === 'not_registered' || after.trouble === 'not_registered') {
    return failed('Терминал не принимает токен центра', REGISTER)
  }
  if (check?.finding === 'token_expired') {
    return failed(
      'Токен больше не действует, и обменять его не вышло',
      `Повторите проверку через минуту. ${REGISTER}, если не поможет`,
    )
  }
  if (after.tokenExpiresAtMs === null) {
    return check?.finding === 'well'
      ? skipped('Терминал не спрашивает токена: «Защита интеграции» выключена')
      : skipped('Токена нет, и спрашивает ли его терминал, не видно')
  }
  return tokenLife(seen, after.tokenExpiresAtMs)
}

function tokenLife({ after, zone }: Seen, endMs: number): Line {
  const end = displayTime(endMs, zone)
  if (endMs <= after.nowMs) {
    return warning(`Токен кончился ${end}`, 'Центр обменяет его, как только терминал ответит')
  }
  return ok(`Токен действует до ${end} и обновляется сам`)
}

export function deviceLine({ before, check, connection }: Seen): Line {
  if (check === null) return skipped('На терминале идёт операция: его сейчас не спрашивают')
  switch (check.finding) {
    case 'well':
      return wellLine(check, before.serial)
    case 'no_internet':
      return failed('У терминала нет интернета', 'Проверьте на самом терминале Wi-Fi или SIM-карту')
    case 'failing':
      return failed(
        'Терминал отвечает ошибкой',
        'Посмотрите на его экран и перезапустите на нём приложение Kaspi Pay',
      )
    case 'stranger':
      return failed('По этому адресу отвечает не терминал Kaspi', 'Проверьте адрес и порт')
    case 'not_registered':
    case 'token_expired':
      return skipped('Без действующего токена терминал о себе не рассказывает')
    case 'certificate_changed':
    case 'certificate_untrusted':
      return skipped('Соединение отклонено из-за сертификата')
    case 'forbidden_address':
      return skipped('Нет связи')
    case 'unreachable':
      return connection.kind === 'connected'
        ? failed(
            'Терминал принимает соединение и молчит',
            'Перезапустите на нём приложение Kaspi Pay',
          )
        : skipped('Нет связи')
  }
}

function wellLine({ apiVersion, identity, latencyMs }: DeviceCheck, known: string | null): Line {
  const serial = identity?.serial ?? null
  if (known !== null && serial !== null && known !== serial) {
    return warning(
      'По этому адресу отвечает другой терминал: серийный номер сменился',
      'Если терминал заменили, всё верно; если нет, проверьте адрес',
    )
  }
  return ok(`Терминал отвечает за ${Math.round(latencyMs ?? 0)} мс, API ${apiVersion ?? 'v2'}`)
}
