// `byfly figures check` and `rebuild`: whether the kept figures are sums of the rows, and making them so.

import { userInfo } from 'node:os'
import { checkFigures, type FigureReport, rebuildFigures } from '../payments/check-figures.ts'
import { say, sayTable } from './output.ts'
import { withCentre } from './with-centre.ts'

/** More differences than this say the same as these. */
const SHOWN = 50

export function checkFiguresNow(): Promise<void> {
  return withCentre(async (centre) => {
    const report = await checkFigures(centre)
    sayReport(report)
    if (report.zone !== centre.zone) {
      say(`Настроен другой пояс, ${centre.zone}. Перевести отчёты: byfly figures rebuild`)
    }
    if (report.differences.length === 0) return
    say('Исправить: byfly figures rebuild')
    process.exitCode = 1
  })
}

export function rebuildFiguresNow(): Promise<void> {
  return withCentre(async (centre) => {
    const report = await rebuildFigures(centre, { kind: 'cli', name: userInfo().username })
    sayReport(report)
    if (report.differences.length > 0) say('Исправлено.')
  })
}

function sayReport({ days, differences, zone }: FigureReport): void {
  say(`Дней проверено: ${days}, часовой пояс ${zone}.`)
  if (differences.length === 0) {
    say('Отчёты сходятся с платежами и проводками.')
    return
  }
  say(`Расхождений: ${differences.length}. Сколько не хватает в отчётах:`)
  sayTable(
    ['день', 'день денег', 'источник', 'статус', 'платежей', 'оборот, тиын'],
    differences
      .slice(0, SHOWN)
      .map(({ day, moneyDay, sourceId, status, payments, grossTiyn }) => [
        day,
        moneyDay ?? '',
        String(sourceId),
        status ?? '',
        String(payments),
        String(grossTiyn),
      ]),
  )
  if (differences.length > SHOWN) say(`… и ещё ${differences.length - SHOWN}`)
}
