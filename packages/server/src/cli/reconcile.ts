// `byfly reconcile` and `byfly day close | show`: the books and the bank, when there is only a terminal at
// hand.

import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { EVERYTHING, formatTenge, STATEMENT_FIELDS, type StatementColumns } from '@byfly-pay/core'
import type { ClosedDay } from '../ports/day-store.ts'
import { closeDay, timeOfDay } from '../reconciliation/close-day.ts'
import { nameColumns } from '../reconciliation/name-columns.ts'
import { type UploadOutcome, uploadStatement } from '../reconciliation/upload-statement.ts'
import { operator } from './operator.ts'
import { say, sayJson, sayTable } from './output.ts'
import { CommandError, oneOf, withCentre } from './with-centre.ts'

const FILE_BYTES = 20 * 1024 * 1024

export interface ReconcileFlags {
  readonly system: string
  readonly country: string
  readonly from?: string
  readonly to?: string
  readonly columns?: string
}

export async function reconcileNow(path: string, flags: ReconcileFlags): Promise<void> {
  const { size } = await stat(path).catch(() => {
    throw new CommandError(`Файла ${path} нет`)
  })
  if (size > FILE_BYTES) throw new CommandError('Файл больше 20 МБ: загрузите его частями')
  await withCentre(async (centre) => {
    const upload = async () =>
      uploadStatement(centre, operator(), {
        system: flags.system,
        countryIso: flags.country,
        fileName: basename(path).slice(0, 200),
        file: await readFile(path),
        covers: coverageOf(flags, centre.zone),
      })
    let outcome = await upload()
    if (outcome.kind === 'needs_columns' && flags.columns !== undefined) {
      const named = await nameColumns(centre, operator(), {
        system: flags.system,
        cells: outcome.heading,
        columns: columnsOf(flags.columns),
        products: {},
      })
      if (named !== 'named') throw new CommandError('--columns: такого столбца в файле нет')
      outcome = await upload()
    }
    tell(outcome)
  })
}

/** `at=Дата,amount=Сумма`. */
function columnsOf(text: string): StatementColumns {
  const columns = Object.fromEntries(
    text.split(',').map((pair) => {
      const [field = '', ...heading] = pair.split('=')
      return [oneOf(STATEMENT_FIELDS, field.trim(), '--columns'), heading.join('=').trim()]
    }),
  )
  if (columns['at'] === undefined || columns['amount'] === undefined) {
    throw new CommandError('--columns: нужны at и amount')
  }
  return columns
}

function coverageOf({ from, to }: ReconcileFlags, zone: string) {
  if (from === undefined && to === undefined) return null
  const first = timeOfDay(from ?? '', zone)
  const last = timeOfDay(to ?? '', zone)
  if (first === null || last === null) throw new CommandError('--from и --to: дни, YYYY-MM-DD')
  return { fromMs: first.fromMs, toMs: last.toMs }
}

function tell(outcome: UploadOutcome): void {
  switch (outcome.kind) {
    case 'read': {
      const { result, statement } = outcome
      say(`Выписка ${statement.id}: операций ${statement.operations}, новых ${fresh(outcome)}.`)
      say(`Расхождений на столах прибавилось: ${result.opened}, объяснилось: ${result.explained}.`)
      say(`Проведено комиссий: ${result.feesBooked}, зачислений: ${result.payoutsBooked}.`)
      if (result.opened > 0) say('Посмотреть: byfly desk list statements, byfly desk list outside')
      return
    }
    case 'repeated':
      say(`Этот файл уже загружен: выписка ${outcome.statement.id}.`)
      return
    case 'needs_columns':
      say(`Столбцы этой таблицы ещё не названы: ${outcome.heading.join(' | ')}`)
      say(`Назовите их: --columns "${guessText(outcome.guess)}"`)
      process.exitCode = 1
      return
    case 'faulty':
      sayTable(
        ['строка', 'не читается'],
        outcome.faults.map(({ field, row }) => [String(row), field]),
      )
      throw new CommandError('Файл не загружен: исправьте строки или назовите столбцы иначе')
    case 'not_found':
      throw new CommandError('Нет такой платёжной системы или страны')
    case 'not_a_table':
    case 'no_operations':
      throw new CommandError('Это не таблица операций: нужен CSV или XLSX')
    case 'too_large':
      throw new CommandError('Таблица слишком большая: до 20 000 строк')
    case 'wrong_period':
      throw new CommandError('Операции файла должны быть внутри этих дней, а дней — не больше 93')
  }
}

function fresh({ statement }: Extract<UploadOutcome, { kind: 'read' }>): number {
  return statement.operations - statement.repeated
}

function guessText(guess: StatementColumns): string {
  return Object.entries(guess)
    .map(([field, heading]) => `${field}=${heading}`)
    .join(',')
}

export interface DayFlags {
  readonly system: string
  readonly country: string
  readonly reason?: string
  readonly version?: string
  readonly json?: boolean
}

export function closeDayNow(day: string, flags: DayFlags): Promise<void> {
  return withCentre(async (centre) => {
    const ledger = { system: flags.system, countryIso: flags.country }
    const outcome = await closeDay(centre, operator(), ledger, day, flags.reason ?? null)
    switch (outcome.kind) {
      case 'closed':
        return sayDay(outcome.day)
      case 'not_a_day':
        throw new CommandError(`«${day}» не день: нужен вид YYYY-MM-DD`)
      case 'not_found':
        throw new CommandError('Нет такой платёжной системы или страны')
      case 'day_not_over':
        throw new CommandError('День ещё не кончился')
      case 'reason_required':
        throw new CommandError('День уже закрыт. Закрыть снова: --reason')
    }
  })
}

export function showDayNow(day: string, flags: DayFlags): Promise<void> {
  return withCentre(async ({ storage, zone }) => {
    if (timeOfDay(day, zone) === null) throw new CommandError(`«${day}» не день`)
    const ledger = { system: flags.system, countryIso: flags.country }
    const version = /^\d{1,6}$/.test(flags.version ?? '') ? Number(flags.version) : null
    const closed = await storage.days.closed(EVERYTHING, ledger, day, version)
    if (closed === null) throw new CommandError('Этот день не закрыт')
    if (flags.json === true) return sayJson(JSON.parse(closed.report))
    sayDay(closed)
  })
}

interface Report {
  readonly totals: Readonly<Record<'captures' | 'gross' | 'expected_fee' | 'real_fee', number>>
  readonly open_differences: number
}

function sayDay({ closedBy, day, report, reportHash, version }: ClosedDay): void {
  const { open_differences: open, totals }: Report = JSON.parse(report)
  say(`День ${day}, версия ${version}, закрыл ${closedBy}`)
  say(`  получено     ${totals.captures} на ${formatTenge(BigInt(totals.gross))}`)
  say(`  комиссия     ждали ${formatTenge(BigInt(totals.expected_fee))}`)
  say(`               по выписке ${formatTenge(BigInt(totals.real_fee))}`)
  say(`  не сошлось   ${open}`)
  say(`  отчёт        ${reportHash.toString('hex')}`)
}
