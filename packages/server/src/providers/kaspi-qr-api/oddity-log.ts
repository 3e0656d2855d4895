// Tells developers once of each thing that the bank said and the driver does not know. Only plain words are
// logged and only so many: it must never flood the log.

import type { Log } from '../../ports/log.ts'
import type { Oddity } from './status-report.ts'

const PLAIN_WORD = /^[\p{L}\p{N} _.-]{1,64}$/u
const MAX_REMEMBERED = 500

const MESSAGES: Readonly<Record<Oddity['what'], string>> = {
  status: 'Банк ответил незнакомым словом: считаем, что операция идёт.',
  product: 'Банк назвал незнакомый продукт Kaspi.',
  other_operation: 'Банк ответил о другой операции: ответ отброшен.',
}

export function oddityLog(log: Log): (connectionId: number, oddity: Oddity | null) => void {
  const told = new Set<string>()
  return (terminalId, oddity) => {
    if (oddity === null) return
    const { what } = oddity
    const word = PLAIN_WORD.test(oddity.word) ? oddity.word : '(not a plain word)'
    const key = `${what} ${word}`
    if (told.has(key) || told.size >= MAX_REMEMBERED) return
    told.add(key)
    log.warn({ terminalId, what, word }, MESSAGES[what])
  }
}
