// `byfly desk list | show | note | close`: what waits for a person, when there is only a terminal at hand.

import { DESKS, displayTime, localTime } from '@byfly-pay/core'
import { countDesks, type Reader, readDesk, readEntry } from '../desks/read-desk.ts'
import { type Work, type WorkOutcome, workEntry } from '../desks/work-entry.ts'
import { operator } from './operator.ts'
import { say, sayTable } from './output.ts'
import { CommandError, oneOf, parseNumber, withCentre } from './with-centre.ts'

const everyRight = () => true
const SHOWN = 200

function reader(): Reader {
  return { scope: operator().scope, has: everyRight, language: 'ru' }
}

export function listDesk(name?: string): Promise<void> {
  return withCentre(async (centre) => {
    if (name === undefined) {
      const counts = await countDesks(centre, operator())
      const since = (ms: number | null) => (ms === null ? '—' : displayTime(ms, centre.zone))
      sayTable(
        ['стол', 'ждёт', 'никто не взял', 'самое старое'],
        counts.map(({ desk, oldestMs, open, unassigned }) => [
          desk,
          String(open),
          String(unassigned),
          since(oldestMs),
        ]),
      )
      return
    }
    const desk = oneOf(DESKS, name, 'стол')
    const entries = await readDesk(centre, reader(), desk, {
      isClosed: false,
      assignee: 'anybody',
      after: null,
      limit: SHOWN,
    })
    sayTable(
      ['запись', 'с какого времени', 'кто взял', 'о чём', 'что известно'],
      entries.map(({ assignee, id, known, openedAtMs, title }) => [
        String(id),
        localTime(openedAtMs, centre.zone),
        assignee?.name ?? '—',
        title,
        known.join('. '),
      ]),
    )
  })
}

export function showEntryNow(text: string): Promise<void> {
  const id = entryIdOf(text)
  return withCentre(async (centre) => {
    const story = await readEntry(centre, reader(), id)
    if (story === null) throw new CommandError(`Записи ${text} нет`)
    say(`${story.title}, с ${localTime(story.openedAtMs, centre.zone)}`)
    for (const sentence of story.known) say(`  ${sentence}`)
    for (const { action, actorName, atMs, facts } of story.history) {
      const words = facts['note'] ?? facts['reason'] ?? ''
      say(`  ${localTime(atMs, centre.zone)}  ${actorName}  ${action}  ${String(words)}`.trimEnd())
    }
  })
}

export function noteEntryNow(text: string, { text: note }: { readonly text: string }) {
  return work(text, { kind: 'note', text: note })
}

export function closeEntryNow(text: string, { reason }: { readonly reason: string }) {
  return work(text, { kind: 'close', reason })
}

const REFUSALS: Readonly<Record<Exclude<WorkOutcome, 'done'>, string>> = {
  not_found: 'Такой записи нет',
  forbidden: 'На этом столе вы не работаете',
  already_closed: 'Запись уже закрыта',
  not_closable: 'Запись закроется сама, когда исчезнет её причина',
  no_such_admin: 'За этим столом такой сотрудник не работает',
}

function work(text: string, what: Work): Promise<void> {
  const id = entryIdOf(text)
  return withCentre(async (centre) => {
    const outcome = await workEntry(centre, operator(), everyRight, id, what)
    if (outcome !== 'done') throw new CommandError(REFUSALS[outcome])
    say('Записано.')
  })
}

function entryIdOf(text: string): bigint {
  return BigInt(parseNumber(text, 'номер записи'))
}
