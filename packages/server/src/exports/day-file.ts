// A day's report as a file: three tables, each a sheet of its own in XLSX and one under another in CSV. Every
// figure is the report's; nothing is reckoned here.

import { TIYN_PER_TENGE } from '@byfly-pay/core'
import type { CellValue } from 'hucre/xlsx'
import type { DayReport, DayReportLine, DayReportSums } from '../ports/day-store.ts'
import type { Exporter, ExportFormat } from '../ports/exporter.ts'
import type { OperationVerdict } from '../ports/statement-store.ts'
import { BYTE_ORDER_MARK, csvLine, csvNumber, csvText } from './csv.ts'

type Kind = 'text' | 'count' | 'sum'

/** Sums in tiyn, written as tenge. */
type Cell = string | number | null

interface Table {
  readonly name: string
  readonly columns: readonly (readonly [title: string, kind: Kind])[]
  readonly rows: readonly (readonly Cell[])[]
}

export const writeDay: Exporter['writeDay'] = async (report, format) =>
  FILE_OF[format](tablesOf(report))

const FILE_OF: Readonly<
  Record<ExportFormat, (tables: readonly Table[]) => Uint8Array | Promise<Uint8Array>>
> = { csv: csvOf, xlsx: xlsxOf }

function tablesOf(report: DayReport): readonly Table[] {
  return [taken(report), bank(report), differences(report)]
}

function taken(report: DayReport): Table {
  const of = (by: string, lines: readonly DayReportLine[]) =>
    lines.map(({ key, name, ...sums }) => [by, name ?? key, ...sumsOf(sums)])
  return {
    name: 'Получено',
    columns: [
      [`День ${report.day} (${report.zone}), ${report.system}, ${report.country}`, 'text'],
      ['Имя', 'text'],
      ['Поступлений', 'count'],
      ['Получено, ₸', 'sum'],
      ['Зачтено, ₸', 'sum'],
      ['Лишнее, ₸', 'sum'],
      ['Ожидаемая комиссия банка, ₸', 'sum'],
      ['Комиссия по выпискам, ₸', 'sum'],
      ['Для скольких известна', 'count'],
      ['К зачислению по выпискам, ₸', 'sum'],
    ],
    rows: [
      ['Весь день', null, ...sumsOf(report.totals)],
      ...of('Способ', report.by_method),
      ...of('Терминал', report.by_terminal),
      ...of('Источник', report.by_source),
    ],
  }
}

function sumsOf(sums: DayReportSums): readonly number[] {
  const { captures, credited, gross, overpaid, payout } = sums
  const { expected_fee: expectedFee, real_fee: realFee, real_fees: realFees } = sums
  return [captures, gross, credited, overpaid, expectedFee, realFee, realFees, payout]
}

const VERDICTS: Readonly<Record<OperationVerdict, string>> = {
  matched: 'Сошлось',
  different: 'Расходится',
  ambiguous: 'Подходит к нескольким',
  missing_here: 'Нет в центре',
}

function bank({ bank: lines }: DayReport): Table {
  return {
    name: 'Банк',
    columns: [
      ['Операции', 'text'],
      ['К чему пришли', 'text'],
      ['Сколько', 'count'],
      ['На сколько, ₸', 'sum'],
      ['Комиссия банка, ₸', 'sum'],
    ],
    rows: lines.map(({ amount, fee, operation, operations, verdict }) => [
      operation === 'sale' ? 'Продажи' : 'Возвраты',
      verdict === null ? null : VERDICTS[verdict],
      operations,
      amount,
      fee,
    ]),
  }
}

function differences(report: DayReport): Table {
  return {
    name: 'Не сошлось',
    columns: [
      ['Задача', 'count'],
      ['О чём', 'text'],
      ['Что известно', 'text'],
    ],
    rows: report.differences.map(({ id, known, title }) => [id, title, known.join('. ')]),
  }
}

function csvOf(tables: readonly Table[]): Uint8Array {
  const blocks = tables.map(({ columns, rows }) =>
    [
      csvLine(columns.map(([title]) => csvText(title))),
      ...rows.map((row) => csvLine(row.map((cell, n) => csvField(cell, columns[n]?.[1])))),
    ].join(''),
  )
  return Buffer.from(BYTE_ORDER_MARK + blocks.join('\r\n'))
}

function csvField(cell: Cell, kind: Kind | undefined): string {
  if (cell === null) return ''
  if (typeof cell === 'string') return csvText(cell)
  const tiyn = BigInt(cell)
  return kind === 'sum' ? csvNumber(tiyn / TIYN_PER_TENGE, tiyn % TIYN_PER_TENGE) : String(cell)
}

const FORMATS = {
  text: { width: 28 },
  count: { width: 14 },
  sum: { width: 18, numFmt: '#,##0.00' },
} as const

async function xlsxOf(tables: readonly Table[]): Promise<Uint8Array> {
  // Wanted once a day at most, so that a running centre does not hold it from its start.
  const { writeXlsx } = await import('hucre/xlsx')
  return writeXlsx({
    sheets: tables.map(({ columns, name, rows }) => ({
      name,
      columns: columns.map(([header, kind]) => ({ header, ...FORMATS[kind] })),
      rows: [
        columns.map(([header]) => header),
        ...rows.map((row) => row.map((cell, n) => xlsxCell(cell, columns[n]?.[1]))),
      ],
      freezePane: { rows: 1 },
    })),
  })
}

/** A text is a text there: nothing of it is calculated. */
function xlsxCell(cell: Cell, kind: Kind | undefined): CellValue {
  return typeof cell === 'number' && kind === 'sum' ? cell / Number(TIYN_PER_TENGE) : cell
}
