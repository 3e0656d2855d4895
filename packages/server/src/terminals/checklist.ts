// The lines of a terminal's test: what was looked at, how it is, and what to do about it. No byte
// of the device's own answer, of its certificate or of the camera's goes into them.

import { displayTime, HOUR_MS, MINUTE_MS, type Moment } from '@byfly-pay/core'
import { failed, type Line, ok, type Seen, skipped, warning } from './check-line.ts'
import { cameraLine, qrLine } from './checklist-camera.ts'
import { deviceLine, tokenLine } from './checklist-device.ts'

export const CHECKS = [
  'network',
  'tls',
  'token',
  'device',
  'clock',
  'camera',
  'qr',
  'stop',
] as const

export interface CheckLine extends Line {
  readonly check: (typeof CHECKS)[number]
}

const LINES: Readonly<Record<CheckLine['check'], (seen: Seen) => Line>> = {
  network: networkLine,
  tls: tlsLine,
  token: tokenLine,
  device: deviceLine,
  clock: clockLine,
  camera: cameraLine,
  qr: qrLine,
  stop: stopLine,
}

export function checklistOf(seen: Seen, checks: readonly CheckLine['check'][] = CHECKS) {
  return checks.map((check): CheckLine => ({ check, ...LINES[check](seen) }))
}

/** Slower, and a start begins to be felt by the customer who waits for the QR. */
const SLOW_CONNECT_MS = 1_500

function networkLine({ connection }: Seen): Line {
  if (connection.kind === 'connected') {
    const time = `${Math.round(connection.connectMs)} мс`
    if (connection.connectMs <= SLOW_CONNECT_MS) return ok(`Соединение за ${time}`)
    return warning(`Соединение медленное: ${time}`, 'Проверьте Wi-Fi или кабель терминала')
  }
  return connection.why === 'forbidden_address'
    ? failed(
        'Адрес терминала не входит в разрешённые сети устройств',
        'Проверьте адрес или добавьте его сеть в BYFLY_DEVICE_NETWORKS',
      )
    : failed(
        'Терминал не принимает соединение',
        'Проверьте питание, сеть, адрес и порт: после перезапуска адрес мог смениться',
      )
}

/** A renewed certificate has to be trusted by hand, so the end of this one is told ahead. */
const CERTIFICATE_AHEAD_MS = 14 * 24 * HOUR_MS

function tlsLine({ after, connection, zone }: Seen): Line {
  if (after.scheme === 'http') return skipped('Терминал работает по http, без шифрования')
  if (connection.kind === 'not_connected') return skipped('Нет связи: сертификата не видно')
  const { certificate } = connection
  if (certificate === null) {
    return failed('Терминал не показал сертификата', 'Проверьте адрес: начинается ли он с https')
  }
  const { expiresAtMs, fingerprint, isVouchedFor } = certificate
  const print = `отпечаток ${fingerprint.slice(0, 16)}…`
  switch (after.tls) {
    case 'insecure':
      return warning(
        `Сертификат не проверяется, ${print}`,
        'Переведите терминал в режим pinned: сейчас его может подменить любой в этой сети',
      )
    case 'pinned':
      if (fingerprint !== after.fingerprint) {
        return failed(
          `Сертификат изменился, ${print}`,
          'Если его меняли вы, подтвердите новый; если нет, проверьте, тот ли это терминал',
        )
      }
      break
    case 'strict':
      if (!isVouchedFor) {
        return failed(
          'Сертификат не проходит проверку',
          'Укажите адрес под kaspipos.kz или переведите терминал в режим pinned',
        )
      }
  }
  return endLine(expiresAtMs, after.nowMs, `Сертификат верный (${after.tls}), ${print}`, zone)
}

function endLine(endMs: Moment | null, nowMs: Moment, sentence: string, zone: string): Line {
  if (endMs === null) return ok(sentence)
  const end = `${sentence}, действует до ${displayTime(endMs, zone)}`
  return endMs - nowMs > CERTIFICATE_AHEAD_MS
    ? ok(end)
    : warning(end, 'Скоро терминал покажет новый сертификат: его нужно будет подтвердить')
}

/** A wrong clock shortens tokens and muddles the terminal's own journal; it costs no payment. */
const CLOCK_LIMIT_MS = 2 * MINUTE_MS

function clockLine({ check }: Seen): Line {
  const aheadMs = check?.clockAheadMs ?? null
  if (aheadMs === null) return skipped('Терминал не показал своего времени')
  if (Math.abs(aheadMs) <= CLOCK_LIMIT_MS) return ok('Часы терминала верные')
  const minutes = Math.round(Math.abs(aheadMs) / MINUTE_MS)
  const way = aheadMs > 0 ? 'спешат' : 'отстают'
  return warning(
    `Часы терминала ${way} на ${minutes} мин`,
    'Включите на терминале автоматические дату и время',
  )
}

function stopLine({ after }: Seen): Line {
  switch (after.canStop) {
    case true:
      return ok('Терминал останавливает операцию по просьбе центра')
    case false:
      return warning(
        'Терминал не умеет останавливать операцию: живой QR остаётся покупателю до конца',
        'Отменить её можно кнопкой на самом терминале',
      )
    case null:
      return skipped('Ещё неизвестно: выяснится при первой отмене')
  }
}
