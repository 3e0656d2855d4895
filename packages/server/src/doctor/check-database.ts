// The database itself: who answers, whose schema it is, whether its clock and this machine's agree.

import { SECOND_MS } from '@byfly-pay/core'
import type { Clock } from '../ports/clock.ts'
import type { DatabaseFacts, Examination, MigrationFacts } from '../ports/examination.ts'
import { failed, type Line, ok, warning } from '../terminals/check-line.ts'
import type { Check } from './examine.ts'
import { type Finding, found } from './finding.ts'

const LIMIT_MS = 10 * SECOND_MS
const OLDEST_VERSION = 150_000
const CLOCK_LIMIT_MS = 2 * SECOND_MS

export function databaseCheck(examination: Pick<Examination, 'database'>, clock: Clock): Check {
  return {
    name: 'database',
    limitMs: LIMIT_MS,
    async run() {
      const beganMs = clock.now()
      const facts = await examination.database().catch((error: Error) => error)
      if (facts instanceof Error) return [found('database', silentLine(facts))]
      const ahead = facts.nowMs - (beganMs + clock.now()) / 2
      return [
        found('database', serverLine(facts)),
        found('database', roleLine(facts)),
        found('clock', clockLine(Math.round(ahead))),
      ]
    },
  }
}

export function silentLine({ message }: Error): Line {
  return failed(`База не отвечает: ${message}`, 'Проверьте, что она запущена и DATABASE_URL верен')
}

function serverLine({ isWritable, version, versionNumber }: DatabaseFacts): Line {
  if (versionNumber < OLDEST_VERSION) {
    return failed(`PostgreSQL ${version} слишком старый`, 'Обновите сервер: нужна версия 15–18')
  }
  return isWritable
    ? ok(`PostgreSQL ${version} отвечает`)
    : failed('База только для чтения: это реплика', 'Укажите в DATABASE_URL основную базу')
}

function roleLine({ isSuperuser, ownedTables, role }: DatabaseFacts): Line {
  if (isSuperuser || ownedTables > 0) {
    return warning(
      `Центр работает ролью ${role}, а она ${isSuperuser ? 'суперпользователь' : 'владелец таблиц'}: ` +
        'журнал защищают только триггеры и цепочка',
      'Заведите роль без прав владельца для DATABASE_URL, а владельца задайте в DATABASE_OWNER_URL',
    )
  }
  return ok(`Роль ${role} ничем не владеет`)
}

function clockLine(aheadMs: number): Line {
  if (Math.abs(aheadMs) <= CLOCK_LIMIT_MS) return ok('Часы машины и базы идут вместе')
  const seconds = Math.round(Math.abs(aheadMs) / SECOND_MS)
  return warning(
    `Часы базы ${aheadMs > 0 ? 'впереди' : 'позади'} часов машины на ${seconds} с`,
    'Включите синхронизацию времени (chrony, systemd-timesyncd) на обеих машинах',
  )
}

export function migrationFinding(facts: MigrationFacts): Finding {
  return found('migrations', migrationLine(facts))
}

function migrationLine({ applied, fault, newest, pending }: MigrationFacts): Line {
  if (fault !== null) return failed(fault, 'Запустите ту версию ByFly Pay, которая знает эту схему')
  if (pending.length > 0) {
    return warning(
      `Применено ${applied}, ждут: ${pending.join(', ')}`,
      'Снимите копию, проверьте обновление (byfly upgrade --check) и запустите эту версию',
    )
  }
  return ok(`Применено ${applied}, последняя ${newest ?? '—'}`)
}
