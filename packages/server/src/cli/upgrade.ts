// `byfly upgrade --check`: this program's migrations on a copy of the database, before they meet the real one.

import { type Rehearsal, rehearseUpgrade } from '../backups/rehearse-upgrade.ts'
import { createLog } from '../main.ts'
import { openRehearsal, pendingOf } from '../maintenance/rehearsal.ts'
import type { HeldTable, RehearsedMigration } from '../ports/upgrade-store.ts'
import { linesOf, withDatabase } from './backup.ts'
import { complain, say, sayJson, sayTable } from './output.ts'
import { CommandError } from './with-centre.ts'

export interface UpgradeFlags {
  readonly check?: boolean
  readonly scratch?: string
  readonly json?: boolean
}

export function checkUpgradeNow({ check, json, scratch }: UpgradeFlags): Promise<void> {
  if (check !== true) {
    throw new CommandError(
      'Обновляет базу запуск новой версии или byfly migrate; здесь только проверка: upgrade --check',
    )
  }
  if (scratch !== undefined && !/^postgres(ql)?:/.test(scratch)) {
    throw new CommandError('--scratch: адрес пустой базы вида postgres://…')
  }
  return withDatabase(async (_, database, config) => {
    const pending = await pendingOf(database)
    if (pending.length === 0) {
      return json === true ? sayJson({ pending }) : say('Обновлять нечего: схема базы уже эта.')
    }
    const log = createLog({ ...config, logLevel: 'error' })
    const { close, parts, place } = await openRehearsal(config, database, scratch ?? null, log)
    try {
      const rehearsal = await rehearseUpgrade(parts)
      if (json === true) sayJson({ pending, place, ...rehearsal })
      else sayRehearsal(place, rehearsal)
      if (!rehearsal.isSound) process.exitCode = 1
    } finally {
      await close()
    }
  })
}

function sayRehearsal(place: string, rehearsal: Rehearsal): void {
  const { after, before, isSound, rows, steps, takenAt } = rehearsal
  say(`Репетиция на копии от ${takenAt}, строк ${rows}: ${place}.`)
  sayTable(
    ['миграция', 'мс', 'кого заставит ждать'],
    steps.map((step) => [step.name, String(step.tookMs), waitersOf(step)]),
  )
  const now = linesOf(after)
  sayTable(
    ['сверено', 'до', 'после'],
    linesOf(before).map(([what, sum], at) => [what, sum, now[at]?.[1] ?? '—']),
  )
  if (isSound) say('Суммы и проводки не изменились. Настоящая база не тронута.')
  else complain('Суммы изменились: не обновляйте, пришлите этот вывод разработчикам.')
}

function waitersOf({ held }: RehearsedMigration): string {
  const of = (stops: HeldTable['stops']) =>
    held.filter((each) => each.stops === stops).map(({ table }) => table)
  const words = [
    { who: 'всех', tables: of('everything') },
    { who: 'пишущих', tables: of('writes') },
  ].filter(({ tables }) => tables.length > 0)
  if (words.length === 0) return 'никого'
  return words.map(({ tables, who }) => `${who}: ${tables.join(', ')}`).join('; ')
}
