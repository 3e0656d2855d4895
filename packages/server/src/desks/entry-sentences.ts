// What is known of an entry, in plain Russian sentences for whoever opens it. Pure; nothing personal of a
// customer is told here.

import { displayTime, type EntryKind, formatTenge, transactionIdOf } from '@byfly-pay/core'
import { heldSentence, TASK_TITLES } from '../payments/history-sentences.ts'
import type { DeskEntry } from '../ports/desk-store.ts'

export function entryTitle(kind: EntryKind): string {
  return TASK_TITLES[kind]
}

/** Facts of what was found are texts; of everything else, what stands in the books now. */
export function entrySentences(entry: DeskEntry, zone: string): string[] {
  return [
    ...causeSentences(entry, zone),
    ...paymentSentences(entry),
    ...attemptSentences(entry),
    ...(entry.source === null ? [] : [`Источник — «${entry.source.name}»`]),
    ...(entry.terminal === null ? [] : [`Терминал — «${entry.terminal.name}»`]),
  ]
}

function causeSentences({ facts, held, kind, terminal }: DeskEntry, zone: string): string[] {
  switch (kind) {
    case 'settle_by_hand':
    case 'refund_unclear':
      return held === null ? [] : [heldSentence(kind, held)]
    case 'quarantined':
      return quarantineSentences(terminal, zone)
    case 'books_restored':
      return [
        `База восстановлена или переключена: об операциях ${spanOf(facts, zone)} центр может не знать`,
        'Сверьте терминал с его журналом или выпиской за это время',
      ]
    case 'sale_outside':
      return [
        `В выписке есть продажа ${operationOf(facts, zone)}, а в центре её нет`,
        ...likely(facts),
      ]
    case 'refund_outside':
      return [`В выписке есть возврат ${operationOf(facts, zone)}, а в центре его нет`]
    case 'missing_there':
      return [`Деньги получены ${momentOf(facts['at_ms'], zone)}, а в выписке за это время их нет`]
    case 'statement_differs':
      return [`В выписке операция ${operationOf(facts, zone)}`, ...differencesOf(facts)]
    case 'ambiguous':
      return [
        `Операция из выписки ${operationOf(facts, zone)} подходит к нескольким платежам, центр не угадывает`,
        ...listOf('Подходят платежи', facts['payments']),
      ]
    case 'terminal_disagrees':
      return [disagreement(facts)]
    case 'second_payment':
      return [`${orderOf(facts)} уже оплачен другим платежом: ${otherOf(facts)}`]
    case 'possible_duplicate':
      return [`Тот же клиент только что заплатил столько же тому же источнику: ${otherOf(facts)}`]
    default:
      return []
  }
}

function spanOf({ since, until }: DeskEntry['facts'], zone: string): string {
  const shown = [since, until].map((at) => momentOf(Date.parse(String(at)), zone))
  return `с ${shown[0]} до ${shown[1]}`
}

function disagreement({ booked, number, told }: DeskEntry['facts']): string {
  const here = booked === null ? 'денег по этой попытке нет' : `получено ${shownOf(booked)}`
  const there =
    told === null ? 'денег не было' : `он взял ${told === undefined ? 'сумму' : shownOf(told)}`
  const named = typeof number === 'string' ? `, операция № ${number}` : ''
  return `В центре ${here}, а терминал говорит, что ${there}${named}`
}

const QUARANTINES: Readonly<Record<string, string>> = {
  start_lost: 'терминал не ответил на запуск, на нём может идти операция',
  terminal_busy: 'на терминале шла операция, начатая не центром',
  access_denied: 'терминал не принял токен',
}

function quarantineSentences(terminal: DeskEntry['terminal'], zone: string): string[] {
  if (terminal === null) return []
  const { quarantineReason: reason, quarantinedUntilMs: until } = terminal
  return [
    ...(reason === null ? [] : [`Почему: ${QUARANTINES[reason] ?? reason}`]),
    ...(until === null
      ? []
      : [`Ждёт до ${displayTime(until, zone)}, потом первый запуск будет пробным`]),
  ]
}

function paymentSentences({ kind, payment }: DeskEntry): string[] {
  if (payment === null) return []
  const { creditedTiyn, originalTiyn, overpaidTiyn, paidTiyn } = payment
  const isOverpaid = overpaidTiyn > 0n
  return [
    `Платёж ${transactionIdOf(payment.id)} на ${formatTenge(originalTiyn)}`,
    ...(paidTiyn > 0n
      ? [`Получено ${formatTenge(paidTiyn)}, зачтено ${formatTenge(creditedTiyn)}`]
      : ['Денег по нему пока не получено']),
    ...(isOverpaid ? [`Лишнее — ${formatTenge(overpaidTiyn)}`] : []),
    ...(kind === 'refund_due' ? ['Платёж отменён, полученное нужно вернуть клиенту'] : []),
  ]
}

function attemptSentences({ attempt, kind }: DeskEntry): string[] {
  if (attempt === null) return []
  const { chargeTiyn, grossTiyn, productWord } = attempt
  if (grossTiyn === null) return [`На терминале просили взять ${formatTenge(chargeTiyn)}`]
  const taken = `Просили взять ${formatTenge(chargeTiyn)}, терминал взял ${formatTenge(grossTiyn)}`
  return [taken, ...(kind === 'unknown_product' ? [`Продукт назван «${productWord ?? ''}»`] : [])]
}

const DIFFERENCES: Readonly<Record<string, string>> = {
  sum: 'Сумма другая',
  product: 'Продукт другой',
  fee: 'Комиссия банка другая',
}

function differencesOf({ differences, ...facts }: DeskEntry['facts']): string[] {
  if (!Array.isArray(differences)) return []
  return differences.map((difference: string) => {
    const here = facts[`${difference}_here`]
    const there = facts[`${difference}_there`]
    return `${DIFFERENCES[difference] ?? difference}: здесь ${shownOf(here)}, в выписке ${shownOf(there)}`
  })
}

function shownOf(fact: unknown): string {
  return typeof fact === 'string' && /^\d+$/.test(fact) ? formatTenge(BigInt(fact)) : String(fact)
}

/** Open, lost and abandoned attempts of the same sum on the same device at that time. */
function likely(facts: DeskEntry['facts']): string[] {
  return listOf('Похоже на попытки платежей', facts['payments'])
}

function listOf(title: string, ids: unknown): string[] {
  if (!Array.isArray(ids) || ids.length === 0) return []
  return [`${title}: ${ids.map((id: string) => transactionIdOf(id)).join(', ')}`]
}

function otherOf(facts: DeskEntry['facts']): string {
  return transactionIdOf(String(facts['other_payment']))
}

function operationOf(facts: DeskEntry['facts'], zone: string): string {
  const number = facts['number']
  const named = typeof number === 'string' ? `№ ${number} ` : ''
  return `${named}на ${shownOf(facts['tiyn'])} от ${momentOf(facts['at_ms'], zone)}`
}

function momentOf(fact: unknown, zone: string): string {
  return typeof fact === 'number' ? displayTime(fact, zone) : 'неизвестного времени'
}

/** Its number goes with the customer's data. */
function orderOf({ order }: DeskEntry['facts']): string {
  return order === undefined ? 'Заказ' : `Заказ ${String(order)}`
}
