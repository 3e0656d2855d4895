// `byfly import`: an earlier centre comes over by a mapping file, and both sides are compared.

import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { finished } from 'node:stream/promises'
import { formatTenge } from '@byfly-pay/core'
import { bringOver, type ImportReport } from '../imports/bring-over.ts'
import type { NotedRow } from '../imports/import-run.ts'
import { readMapping } from '../imports/mapping.ts'
import { isSame, type Sums } from '../imports/tally.ts'
import { openFormerBooks } from '../main.ts'
import { operator } from './operator.ts'
import { say, sayJson, sayTable } from './output.ts'
import { CommandError, withCentre } from './with-centre.ts'

export interface ImportFlags {
  readonly from?: string
  readonly dryRun?: boolean
  readonly reasons: string
  readonly json?: boolean
}

export async function importNow(file: string, flags: ImportFlags): Promise<void> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new CommandError(`Файл переноса не читается: ${error.message}`)
  })
  const mapping = readMapping(text)
  const { csv } = mapping
  await withCentre(async (centre) => {
    const files = { delimiter: csv?.delimiter ?? ',', empty: csv?.empty ?? [] }
    const from = flags.from ?? mapping.from
    const folder = flags.from === undefined ? dirname(resolve(file)) : process.cwd()
    const books = await openFormerBooks(from, folder, files)
    const reasons = openReasons(flags.reasons)
    try {
      const isDryRun = flags.dryRun === true
      const { note } = reasons
      const report = await bringOver({
        centre,
        acting: operator(),
        mapping,
        books,
        isDryRun,
        note,
      })
      if (flags.json === true) sayJson(asJson(report))
      else sayReport(report, flags.reasons)
      if (!isFine(report)) process.exitCode = 1
    } finally {
      await reasons.close()
      await books.close()
    }
  })
}

/** A dry run has nothing here to be equal to: it is fine when nothing was refused. */
function isFine({ isDryRun, isEqual, sources, tally, terminals }: ImportReport): boolean {
  return isDryRun ? tally.refused.size + sources.refused + terminals.refused === 0 : isEqual
}

/** The file of reasons, begun anew by each run and written as rows are refused. */
function openReasons(path: string) {
  const file = createWriteStream(path)
  const failed = new Promise<never>((_, reject) => {
    file.once('error', (error) => reject(new CommandError(`${path}: ${error.message}`)))
  })
  failed.catch(() => {})
  const write = (line: string) =>
    Promise.race([
      failed,
      new Promise<void>((done) => {
        file.write(`${line}\n`, () => done())
      }),
    ])
  const heading = write('table,key,what,code,detail')
  return {
    async note({ code, detail, key, table, what }: NotedRow): Promise<void> {
      await heading
      await write([table, key, what, code, detail].map(cell).join(','))
    },
    async close(): Promise<void> {
      file.end()
      await Promise.race([failed, finished(file)])
    },
  }
}

/** As RFC 4180 quotes it, and never a formula to whoever opens it in a spreadsheet. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function sayReport(report: ImportReport, reasons: string): void {
  const { groups, isDryRun, isEqual, sources, steps, tally, terminals } = report
  say(`Перенос «${report.name}»${isDryRun ? ': проба, ничего не записано' : ''}`)
  say(`  источников новых ${sources.brought}, отказано ${sources.refused}`)
  say(`  терминалов новых ${terminals.brought} (выключены), отказано ${terminals.refused}`)
  say(
    `  платежей прочитано ${tally.rows}: новых ${tally.brought}, уже здесь ${tally.alreadyHere}, ` +
      `оставлено там ${tally.left}`,
  )
  if (steps.read > 0) say(`  строк истории прочитано ${steps.read}, новых ${steps.added}`)
  if (groups.length > 0) {
    say('')
    sayTable(
      [
        'источник',
        'статус',
        'там',
        'здесь',
        'сумма там',
        'сумма здесь',
        'взято там',
        'взято здесь',
      ],
      groups.map(({ here, sourceId, status, there }) => [
        sourceId === null ? '?' : String(sourceId),
        status ?? '?',
        String(there.payments),
        String(here.payments),
        formatTenge(there.originalTiyn),
        formatTenge(here.originalTiyn),
        formatTenge(there.paidTiyn),
        `${formatTenge(here.paidTiyn)}${isSame(there, here) ? '' : '  ≠'}`,
      ]),
    )
  }
  sayRefusals(tally.refused, tally.leftOut)
  say('')
  if (isFine(report)) say(isDryRun ? 'Отказов нет.' : 'Обе стороны равны.')
  else
    say(
      `${isEqual || isDryRun ? 'Есть отказы' : 'Стороны не равны'}. Причины по строкам: ${reasons}`,
    )
}

function sayRefusals(
  refused: ReadonlyMap<string, Sums>,
  leftOut: ReadonlyMap<string, number>,
): void {
  for (const [code, sums] of refused) {
    const sum = `на ${formatTenge(sums.originalTiyn)}, взято ${formatTenge(sums.paidTiyn)}`
    say(`  отказано: ${code} — платежей ${sums.payments} ${sum}`)
  }
  for (const [field, count] of leftOut) say(`  поле не перенесено: ${field} — ${count}`)
}

function asJson({ groups, isEqual, name, sources, steps, tally, terminals }: ImportReport) {
  return {
    name,
    is_equal: isEqual,
    sources,
    terminals,
    steps,
    rows: tally.rows,
    brought: tally.brought,
    already_here: tally.alreadyHere,
    left: tally.left,
    refused: Object.fromEntries([...tally.refused].map(([code, sums]) => [code, sumsOf(sums)])),
    left_out: Object.fromEntries(tally.leftOut),
    groups: groups.map(({ here, sourceId, status, there }) => ({
      source_id: sourceId,
      status,
      there: sumsOf(there),
      here: sumsOf(here),
    })),
  }
}

function sumsOf({ originalTiyn, paidTiyn, payments }: Sums) {
  return { payments, original_tiyn: originalTiyn, paid_tiyn: paidTiyn }
}
