// `byfly months list | archive | restore`: closed months leave the database as files and come back from them.

import { resolve } from 'node:path'
import { openArchive } from '../main.ts'
import { type ArchiveOutcome, archiveMonth } from '../months/archive-month.ts'
import { listMonths, type MonthLine } from '../months/list-months.ts'
import { monthName } from '../months/month-name.ts'
import type { MonthPartsInFolder } from '../months/month-parts.ts'
import { type RestoreOutcome, reopenMonth, restoreMonth } from '../months/restore-month.ts'
import { DatabaseUnavailable } from '../ports/database-unavailable.ts'
import type { Hindrance, HindranceReason } from '../ports/month-store.ts'
import { cliActor } from './actor.ts'
import { say, sayJson, sayTable } from './output.ts'
import { CommandError, withCentre } from './with-centre.ts'

const REASONS: Readonly<Record<HindranceReason, string>> = {
  too_young: 'слишком свежий',
  earlier_month: 'сначала месяцы старше',
  open_payments: 'незаконченные платежи',
  open_attempts: 'открытые попытки',
  open_refunds: 'незаконченные возвраты',
  open_deliveries: 'недоставленные вебхуки',
  open_tasks: 'открытые задачи',
  open_reconciliation: 'несверенные потерянные старты',
  unfolded_figures: 'отчёты ещё не сложены',
  wrong_figures: 'отчёты не сходятся: byfly figures check',
  later_payments: 'строки платежей следующих месяцев',
}

const STATES = { here: 'в базе', on_its_way: 'уходит', archived: 'в архиве' } as const

const BUSY = 'Другая команда сейчас архивирует или возвращает месяц'

const MEGABYTE = 1_048_576

/** The folder is only asked for where one is given. */
function withMonths(path: string, work: (parts: MonthPartsInFolder) => Promise<void>) {
  return withCentre(async (centre, config, database) => {
    const archive = openArchive(database)
    try {
      await work({
        months: archive.months,
        figures: centre.storage.figures,
        folder: archive.folderAt(resolve(path)),
        leastAgeMonths: config.archiveAfterMonths,
      })
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable)) throw error
      throw new CommandError('База занята долгой работой или недоступна: повторите команду')
    } finally {
      await archive.close()
    }
  })
}

export function listMonthsNow(flags: { readonly json?: boolean }): Promise<void> {
  return withMonths('.', async (parts) => {
    const lines = await listMonths(parts)
    if (flags.json === true) return sayJson(lines)
    sayTable(
      ['месяц', 'таблица', 'строк', 'МБ', 'состояние', 'в архив'],
      lines.flatMap((line) => rowsOf(line)),
    )
  })
}

function rowsOf({ hindrances, month, state, tables }: MonthLine): string[][] {
  const verdict = state === 'archived' ? '' : hindrances.length === 0 ? 'можно' : told(hindrances)
  const sizes = tables.map(({ bytes, name, rows }) => [
    name,
    String(rows),
    (Number(bytes) / MEGABYTE).toFixed(1),
  ])
  const [first = ['', '', ''], ...others] = sizes
  return [[month, ...first, STATES[state], verdict], ...others.map((size) => ['', ...size])]
}

/** A count says nothing of a month's age. */
function told(hindrances: readonly Hindrance[]): string {
  return hindrances
    .map(({ count, reason }) =>
      reason === 'too_young' ? REASONS[reason] : `${REASONS[reason]} (${count})`,
    )
    .join(', ')
}

export function archiveMonthNow(
  month: string,
  flags: { readonly to: string; readonly keep?: boolean },
): Promise<void> {
  refuseOddMonth(month)
  return withMonths(flags.to, async (parts) => {
    const order = { month, keep: flags.keep === true }
    sayArchived(month, flags.to, await archiveMonth(parts, cliActor(), order))
  })
}

/** @throws CommandError */
function refuseOddMonth(month: string): void {
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) return
  throw new CommandError(`Месяц нужен вида 2026-01, а не «${month}»`)
}

function sayArchived(month: string, folder: string, outcome: ArchiveOutcome): void {
  switch (outcome.kind) {
    case 'archived': {
      const tables = outcome.manifest.tables
      sayTable(
        ['таблица', 'строк', 'байт'],
        tables.map(({ bytes, name, rows }) => [name, String(rows), String(bytes)]),
      )
      say(`Архив за ${monthName(month)} — в папке ${folder}.`)
      say(`sha256 манифеста: ${outcome.hash}`)
      return
    }
    case 'already':
      say(`${month} уже в архиве.`)
      if (outcome.dropped) say('Отсоединённые таблицы, которые лежали в базе, удалены.')
      return
    case 'refused':
      throw new CommandError(`${month} убрать в архив нельзя: ${told(outcome.hindrances)}`)
    case 'unknown_month':
      throw new CommandError(`Месяца ${month} в базе нет. Какие есть: byfly months list`)
    case 'busy':
      throw new CommandError(BUSY)
  }
}

export function reopenMonthNow(month: string): Promise<void> {
  refuseOddMonth(month)
  return withMonths('.', async (parts) => {
    const outcome = await reopenMonth(parts, cliActor(), month)
    switch (outcome) {
      case 'reopened':
        say(`${month} снова открыт: весь в базе.`)
        return
      case 'not_on_its_way':
        throw new CommandError(`Незаконченной архивации ${month} нет`)
      case 'busy':
        throw new CommandError(BUSY)
    }
  })
}

export function restoreMonthNow(folder: string): Promise<void> {
  return withMonths(folder, async (parts) =>
    sayRestored(folder, await restoreMonth(parts, cliActor())),
  )
}

function sayRestored(folder: string, outcome: RestoreOutcome): void {
  switch (outcome.kind) {
    case 'restored':
      say(`${outcome.manifest.month} снова в базе. Файлы в папке ${folder} остались.`)
      return
    case 'unfinished':
      throw new CommandError(
        `Архивация ${outcome.month} не закончена: повторите её или откажитесь — byfly months reopen`,
      )
    case 'not_archived':
      throw new CommandError(`${outcome.month} не в архиве: возвращать нечего`)
    case 'no_archive':
      throw new CommandError(`В папке ${folder} нет manifest.json`)
    case 'busy':
      throw new CommandError(BUSY)
  }
}
