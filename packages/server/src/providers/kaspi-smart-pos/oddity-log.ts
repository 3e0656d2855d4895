// Tells developers once of each thing that a terminal said and the driver does not know. Words come
// from a device, so only plain ones are logged and only so many: it must never flood the log.

import type { Log } from '../../ports/log.ts'
import type { Oddity } from './status-report.ts'

/** Short, and with too few digits for a phone, a card's number or a token. */
const PLAIN_WORD = /^(?!(?:.*\p{N}){4})[\p{L}\p{N} _.-]{1,32}$/u
const MAX_REMEMBERED = 500

export type NoteOddities = (terminalId: number, oddities: readonly Oddity[]) => void

export function oddityLog(log: Log): NoteOddities {
  const told = new Set<string>()
  return (terminalId, oddities) => {
    for (const { what, word } of oddities) {
      const shown = PLAIN_WORD.test(word) ? word : '(not a plain word)'
      const key = `${what} ${shown}`
      if (told.has(key) || told.size >= MAX_REMEMBERED) continue
      told.add(key)
      log.warn({ terminalId, what, word: shown }, messageOf(what))
    }
  }
}

function messageOf(what: Oddity['what']): string {
  switch (what) {
    case 'status':
    case 'sub_status':
      return 'Терминал ответил незнакомым словом: считаем, что операция идёт.'
    case 'product':
      return 'Терминал назвал незнакомый продукт Kaspi.'
    case 'contradiction':
      return 'Слова терминала об исходе операции противоречат друг другу.'
    case 'other_process':
      return 'Терминал ответил о другой операции: ответ отброшен.'
  }
}
