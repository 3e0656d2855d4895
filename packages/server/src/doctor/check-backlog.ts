// What has piled up: deliveries, figures, attempts that nobody could tell the end of. It judges by age, for a pile
// that is worked off is none.

import { DAY_MS, displayTime, HOUR_MS, MINUTE_MS, SECOND_MS } from '@byfly-pay/core'
import type { Backlog, Examination, FailingEndpoint, Pile } from '../ports/examination.ts'
import { failed, type Line, ok, warning } from '../terminals/check-line.ts'
import type { Check } from './examine.ts'
import { type Finding, found } from './finding.ts'

const LIMIT_MS = 15 * SECOND_MS

/** A due delivery is taken within a second, a delta folded within one: this is somebody missing. */
const LATE_MS = 5 * MINUTE_MS
const FOLDED_LATE_MS = HOUR_MS
const TASK_OLD_MS = 3 * DAY_MS

const IS_RUNNING = 'Запустите центр и посмотрите его журнал: работает ли он'

export function backlogCheck(examination: Pick<Examination, 'backlog'>, zone: string): Check {
  return {
    name: 'backlog',
    limitMs: LIMIT_MS,
    run: async () => backlogFindings(await examination.backlog(), zone),
  }
}

export function backlogFindings(backlog: Backlog, zone: string): Finding[] {
  const { dueDeliveries, nowMs, openTasks, unfoldedDeltas, unknownAttempts } = backlog
  const since = ({ count, oldestMs }: Pile) =>
    oldestMs === null ? String(count) : `${count}, с ${displayTime(oldestMs, zone)}`
  const isOlder = ({ oldestMs }: Pile, ms: number) => oldestMs !== null && nowMs - oldestMs > ms
  const late = (pile: Pile, ms: number, bad: string, good: string): Line =>
    isOlder(pile, ms) ? warning(`${bad}: ${since(pile)}`, IS_RUNNING) : ok(good)
  return [
    ...webhookFindings(backlog, zone, since),
    found(
      'webhooks',
      late(dueDeliveries, LATE_MS, 'Вебхуки ждут отправки', 'Вебхуки уходят вовремя'),
    ),
    found(
      'backlog',
      late(unfoldedDeltas, FOLDED_LATE_MS, 'Отчёты не складываются', 'Отчёты складываются вовремя'),
    ),
    found('backlog', unwatchedLine(backlog.unwatchedAttempts, since)),
    found(
      'backlog',
      unknownAttempts.count === 0
        ? ok('Попыток с неизвестным концом нет')
        : warning(
            `Попытки с неизвестным концом: ${since(unknownAttempts)}`,
            'Разберите их на столах: byfly desk list',
          ),
    ),
    found(
      'backlog',
      isOlder(openTasks, TASK_OLD_MS)
        ? warning(`Задачи ждут людей: ${since(openTasks)}`, 'Разберите столы: byfly desk list')
        : ok(`Задач на столах: ${openTasks.count}`),
    ),
  ]
}

function unwatchedLine(pile: Pile, since: (pile: Pile) => string): Line {
  return pile.count === 0
    ? ok('За каждой открытой попыткой следят')
    : failed(`За попытками никто не следит: ${since(pile)}`, IS_RUNNING)
}

function webhookFindings(
  { failingEndpoints, parkedDeliveries }: Backlog,
  zone: string,
  since: (pile: Pile) => string,
): Finding[] {
  const parked =
    parkedDeliveries.count === 0
      ? ok('За неделю не отложен ни один вебхук')
      : warning(
          `Отложены вебхуки за неделю: ${since(parkedDeliveries)}`,
          'Почините приёмник и отправьте их снова: byfly webhook resend, в консоли — «Вебхуки»',
        )
  return [
    ...failingEndpoints.map((each) => found('webhooks', endpointLine(each, zone), each.endpoint)),
    found('webhooks', parked),
  ]
}

function endpointLine({ isSwitchedOff, sinceMs, sourceId }: FailingEndpoint, zone: string): Line {
  const cure = `Проверьте приёмник: byfly webhook doctor ${sourceId}`
  const since = displayTime(sinceMs, zone)
  return isSwitchedOff
    ? failed(`Приёмник источника ${sourceId} отключён: не отвечал с ${since}`, cure)
    : warning(`Приёмник источника ${sourceId} не отвечает с ${since}`, cure)
}
