// An alert as a sentence, for an SMS, a messenger and the console alike: what happened, to what, and that
// it is over. It names things, never people or secrets.

import { formatTenge, type Language } from '@byfly-pay/core'
import type { AlertFacts, AlertNews } from '../ports/alert-store.ts'
import type { AlertParts, AlertWords } from './words/shape.ts'
import { ALERT_WORDS } from './words/words.ts'

type Facts = AlertFacts['facts']

export function alertText(
  { facts, kind }: Pick<AlertFacts, 'kind' | 'facts'>,
  news: AlertNews,
  language: Language,
): string {
  const words = ALERT_WORDS[language]
  const parts = partsOf(facts, words)
  switch (news) {
    case 'opened':
      return words.opened[kind](parts)
    case 'still':
      return words.still(words.opened[kind](parts))
    case 'ended':
      return words.ended[kind](parts)
  }
}

function partsOf(facts: Facts, words: AlertWords): AlertParts {
  const text = (name: string) => String(facts[name] ?? '')
  const reasons: Readonly<Record<string, string>> = words.reasons
  const reason = text('reason')
  return {
    terminal: text('terminal'),
    source: text('source'),
    endpoint: text('endpoint'),
    reason: reasons[reason] ?? reason,
    count: text('count'),
    sum: money(facts['sum_tiyn']),
    usualSum: money(facts['usual_tiyn']),
    balance: `${text('amount')} ${text('currency')}`.trim(),
    certificateNames: text('names'),
    lastDay: text('last_day'),
    isOfBank: facts['of'] === 'bank',
  }
}

function money(tiyn: Facts[string] | undefined): string {
  return formatTenge(BigInt(tiyn ?? 0))
}
