// What is known of an entry, in plain sentences of one language for whoever opens it. Pure; nothing personal of a
// customer is told here.

import { displayTime, formatTenge, type Language, transactionIdOf } from '@byfly-pay/core'
import { heldSentence } from '../payments/history-sentences.ts'
import { PAYMENT_WORDS } from '../payments/words/words.ts'
import type { DeskEntry } from '../ports/desk-store.ts'
import type { DeskWords, Operation } from './words/shape.ts'
import { DESK_WORDS } from './words/words.ts'

/** In which words, and times in which zone. */
interface Telling {
  readonly language: Language
  readonly words: DeskWords
  readonly zone: string
}

/** Facts of what was found are texts; of everything else, what stands in the books now. */
export function entrySentences(entry: DeskEntry, zone: string, language: Language): string[] {
  const words = DESK_WORDS[language]
  return [
    ...causeSentences(entry, { language, words, zone }),
    ...paymentSentences(entry, words),
    ...attemptSentences(entry, words),
    ...(entry.source === null ? [] : [words.source(entry.source.name)]),
    ...(entry.terminal === null ? [] : [words.terminal(entry.terminal.name)]),
  ]
}

function causeSentences({ facts, held, kind, terminal }: DeskEntry, telling: Telling): string[] {
  const { language, words } = telling
  const operation = operationOf(facts, telling)
  switch (kind) {
    case 'settle_by_hand':
    case 'refund_unclear':
      return held === null ? [] : [heldSentence(kind, held, PAYMENT_WORDS[language])]
    case 'quarantined':
      return quarantineSentences(terminal, telling)
    case 'books_restored':
      return [restoredSentence(facts, telling), words.compare]
    case 'sale_outside':
      // Open, lost and abandoned attempts of the same sum on the same device at that time.
      return [words.saleOutside(operation), ...listOf(words.likely, facts['payments'])]
    case 'refund_outside':
      return [words.refundOutside(operation)]
    case 'missing_there':
      return [words.missingThere(momentOf(facts['at_ms'], telling))]
    case 'statement_differs':
      return [words.inStatement(operation), ...differencesOf(facts, words)]
    case 'ambiguous':
      return [words.ambiguous(operation), ...listOf(words.fitting, facts['payments'])]
    case 'terminal_disagrees':
      return [disagreement(facts, words)]
    case 'second_payment': {
      // Its number goes with the customer's data.
      const order = facts['order'] === undefined ? null : String(facts['order'])
      return [words.paidTwice(order, otherOf(facts))]
    }
    case 'possible_duplicate':
      return [words.possibleDuplicate(otherOf(facts))]
    default:
      return []
  }
}

function restoredSentence({ since, until }: DeskEntry['facts'], telling: Telling): string {
  const shown = (at: unknown) => momentOf(Date.parse(String(at)), telling)
  return telling.words.restored(shown(since), shown(until))
}

function disagreement({ booked, number, told }: DeskEntry['facts'], words: DeskWords): string {
  return words.disagreement(
    booked === null ? null : shownOf(booked),
    told === null || told === undefined ? told : shownOf(told),
    typeof number === 'string' ? number : null,
  )
}

function quarantineSentences(terminal: DeskEntry['terminal'], { words, zone }: Telling): string[] {
  if (terminal === null) return []
  const { quarantineReason: reason, quarantinedUntilMs: until } = terminal
  return [
    ...(reason === null ? [] : [words.why(wordOf(words.quarantines, reason))]),
    ...(until === null ? [] : [words.waitsUntil(displayTime(until, zone))]),
  ]
}

function paymentSentences({ kind, payment }: DeskEntry, words: DeskWords): string[] {
  if (payment === null) return []
  const { creditedTiyn, originalTiyn, overpaidTiyn, paidTiyn } = payment
  return [
    words.payment(transactionIdOf(payment.id), formatTenge(originalTiyn)),
    paidTiyn > 0n
      ? words.taken(formatTenge(paidTiyn), formatTenge(creditedTiyn))
      : words.nothingTaken,
    ...(overpaidTiyn > 0n ? [words.overpaid(formatTenge(overpaidTiyn))] : []),
    ...(kind === 'refund_due' ? [words.refundDue] : []),
  ]
}

function attemptSentences({ attempt, kind }: DeskEntry, words: DeskWords): string[] {
  if (attempt === null) return []
  const { chargeTiyn, grossTiyn, productWord } = attempt
  if (grossTiyn === null) return [words.asked(formatTenge(chargeTiyn))]
  return [
    words.askedAndTook(formatTenge(chargeTiyn), formatTenge(grossTiyn)),
    ...(kind === 'unknown_product' ? [words.product(productWord ?? '')] : []),
  ]
}

function differencesOf({ differences, ...facts }: DeskEntry['facts'], words: DeskWords): string[] {
  if (!Array.isArray(differences)) return []
  return differences.map((difference: string) => {
    const here = shownOf(facts[`${difference}_here`])
    const there = shownOf(facts[`${difference}_there`])
    return words.difference(wordOf(words.differences, difference), here, there)
  })
}

function wordOf(texts: Readonly<Record<string, string>>, word: string): string {
  return texts[word] ?? word
}

function shownOf(fact: unknown): string {
  return typeof fact === 'string' && /^\d+$/.test(fact) ? formatTenge(BigInt(fact)) : String(fact)
}

function listOf(title: string, ids: unknown): string[] {
  if (!Array.isArray(ids) || ids.length === 0) return []
  return [`${title}: ${ids.map((id: string) => transactionIdOf(id)).join(', ')}`]
}

function otherOf(facts: DeskEntry['facts']): string {
  return transactionIdOf(String(facts['other_payment']))
}

function operationOf(facts: DeskEntry['facts'], telling: Telling): Operation {
  const { number, tiyn } = facts
  return {
    number: typeof number === 'string' ? number : null,
    sum: shownOf(tiyn),
    at: momentOf(facts['at_ms'], telling),
  }
}

function momentOf(fact: unknown, { words, zone }: Telling): string {
  return typeof fact === 'number' ? displayTime(fact, zone) : words.noTime
}
