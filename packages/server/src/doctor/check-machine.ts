// This machine: room on its disks, the certificate that it serves, the names that it has to find.

import { DAY_MS, displayTime, SECOND_MS } from '@byfly-pay/core'
import type { Clock } from '../ports/clock.ts'
import type { DiskRoom, MachineExamination, NameFinding } from '../ports/examination.ts'
import { failed, type Line, ok, skipped, warning } from '../terminals/check-line.ts'
import type { Check } from './examine.ts'
import { found } from './finding.ts'

const GIGABYTE = 1024 ** 3
const FEW_BYTES = 5 * GIGABYTE
const TOO_FEW_BYTES = GIGABYTE
const CERTIFICATE_AHEAD_MS = 14 * DAY_MS

export function diskCheck(machine: Pick<MachineExamination, 'rooms'>): Check {
  return {
    name: 'disk',
    limitMs: 5 * SECOND_MS,
    async run() {
      const rooms = await machine.rooms()
      return rooms.map((room) => found('disk', roomLine(room), room.path))
    },
  }
}

export function roomLine({ freeBytes, holds, totalBytes }: DiskRoom): Line {
  const share = Math.round((100 * freeBytes) / Math.max(totalBytes, 1))
  const free = `свободно ${(freeBytes / GIGABYTE).toFixed(1)} ГБ (${share} %)`
  const whose = holds === 'database' ? 'Диск базы' : 'Диск папки данных'
  const cure = 'Освободите место или расширьте диск: без места база остановит приём денег'
  if (freeBytes < TOO_FEW_BYTES) return failed(`${whose}: ${free}`, cure)
  return freeBytes < FEW_BYTES ? warning(`${whose}: ${free}`, cure) : ok(`${whose}: ${free}`)
}

export function certificateCheck(
  machine: Pick<MachineExamination, 'certificate'>,
  { publicUrl, zone }: { readonly publicUrl: string | null; readonly zone: string },
  clock: Clock,
): Check {
  return {
    name: 'tls',
    limitMs: 5 * SECOND_MS,
    async run() {
      const certificate = machine.certificate()
      if (certificate === null) return [found('tls', withoutTls(publicUrl))]
      const { beginsAtMs, expiresAtMs, names } = certificate
      return [found('tls', termLine(beginsAtMs, expiresAtMs, clock.now(), zone), names)]
    },
  }
}

function withoutTls(publicUrl: string | null): Line {
  return publicUrl?.startsWith('https:') === true
    ? skipped('https отвечает прокси: его сертификат проверяйте у него')
    : skipped('Центр отвечает по http')
}

export function termLine(beginsMs: number, endsMs: number, nowMs: number, zone: string): Line {
  const end = displayTime(endsMs, zone)
  const cure = 'Выпустите новый сертификат и положите его на то же место'
  if (nowMs < beginsMs) return failed('Сертификат ещё не действует', 'Проверьте часы машины')
  if (nowMs >= endsMs) return failed(`Сертификат истёк ${end}`, cure)
  return endsMs - nowMs > CERTIFICATE_AHEAD_MS
    ? ok(`Сертификат действует до ${end}`)
    : warning(`Сертификат кончается ${end}`, cure)
}

const NAMES_MS = 10 * SECOND_MS

/** @param named the centre's own address and the receivers' */
export function namesCheck(
  machine: Pick<MachineExamination, 'resolve'>,
  named: readonly NamedUrl[],
): Check {
  return {
    name: 'names',
    limitMs: NAMES_MS,
    async run() {
      const findings = named.map(async ({ isOwn, url }) =>
        found('names', nameLine(await machine.resolve(url), isOwn), new URL(url).host),
      )
      return Promise.all(findings)
    },
  }
}

export interface NamedUrl {
  readonly url: string
  /** The centre's; else a receiver's. */
  readonly isOwn: boolean
}

export function nameLine(finding: NameFinding, isOwn: boolean): Line {
  switch (finding) {
    case 'resolves':
      return ok('Имя находится')
    case 'unknown':
      return failed(
        'Имя не находится',
        isOwn
          ? 'Заведите запись DNS для BYFLY_PUBLIC_URL: по ней открывают ссылки покупатели'
          : 'Проверьте адрес вебхука у источника и серверы имён этой машины',
      )
    case 'forbidden':
      return isOwn
        ? warning(
            'Имя ведёт во внутреннюю сеть',
            'Если покупатели платят не только изнутри, дайте имени публичный адрес',
          )
        : failed(
            'Имя ведёт туда, куда вебхуки не ходят',
            'Дайте приёмнику публичный адрес с https или внесите его сеть в BYFLY_WEBHOOK_NETWORKS',
          )
  }
}
