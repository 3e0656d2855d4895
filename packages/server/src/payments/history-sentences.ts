// A payment's history told in plain Russian: one sentence for each kind of line. Pure; the tables are whole
// by their types, so that a kind of line without its sentence does not compile.

import {
  type AttemptState,
  type EntryKind,
  formatTenge,
  HISTORY_WHATS,
  type HistoryWhat,
  type HoldReason,
  type NoMoneyReason,
  type Phase,
  type RefundHoldReason,
  type StartRefusal,
} from '@byfly-pay/core'
import type { AuditRow } from '../ports/audit-store.ts'
import type { HistoryLine } from '../ports/payment-store.ts'

/** The names of what a line knows by its number or code. */
export interface Names {
  readonly terminal: (id: number) => string
  readonly method: (code: string) => string
}

type Facts = HistoryLine['facts']
type Sentence = (facts: Facts, names: Names) => string

const SENTENCES: Readonly<Record<HistoryWhat, Sentence>> = {
  created: () => 'Платёж создан',
  terminal_reserved: ({ method, terminal }, names) =>
    `Занят ${names.terminal(Number(terminal))}, способ — ${names.method(String(method))}`,
  start_called: () => 'Терминалу отправлена сумма',
  start_accepted: ({ charge_tiyn: charge }) => `Терминал принял операцию на ${sumOf(charge)}`,
  start_refused: ({ reason }) => `Терминал не начал операцию: ${wordOf(REFUSALS, reason)}`,
  start_lost: () => 'Терминал не ответил на запуск: началась ли операция, неизвестно',
  start_learned_late: () => 'Терминал всё-таки начал операцию, это стало известно позже',
  terminal_released: () => 'Терминал освобождён, операция на нём не начиналась',
  attempt_abandoned: () => 'Ответа так и не было: попытка закрыта и ждёт сверки',
  qr_read: () => 'QR-код прочитан с экрана и показан клиенту',
  stop_requested: () => 'Терминал попросили остановить операцию',
  stop_withdrawn: () => 'Просьба остановить операцию отозвана: клиент вернулся к этой цене',
  result_unknown: ({ why }) => `Результат неизвестен: ${wordOf(UNKNOWNS, why)}`,
  process_forgotten: () => 'Терминал забыл эту операцию',
  attempt_failed: (facts) => `Оплата не прошла: ${wordOf(FAILURES, facts['reason'])}`,
  held_for_operator: (facts) => `Нужно решение сотрудника: ${heldClause(HOLDS, facts)}`,
  captured: capturedSentence,
  cancelled: () => 'Платёж отменён',
  expired: () => 'Срок оплаты истёк',
  refund_requested: (facts) =>
    `Запрошен возврат на ${sumOf(facts['amount_tiyn'])}` +
    (facts['needs_approval'] === true ? ', нужно подтверждение второго человека' : ''),
  refund_approved: () => 'Возврат подтверждён вторым человеком',
  refund_declined: () => 'Возврат отклонён',
  refund_cancelled: () => 'Возврат отменён, деньги клиенту не отправлены',
  refund_reserved: ({ terminal }, names) =>
    `Для возврата занят ${names.terminal(Number(terminal))}`,
  refund_called: () => 'Терминалу отправлен возврат',
  refund_accepted: ({ amount_tiyn: sum }) => `Терминал принял возврат на ${sumOf(sum)}`,
  refund_refused: ({ reason }) => `Терминал не начал возврат: ${wordOf(REFUSALS, reason)}`,
  refund_start_lost: () => 'Терминал не ответил на возврат: начался ли он, неизвестно',
  refund_learned_late: () => 'Терминал всё-таки начал возврат, это стало известно позже',
  refund_released: () => 'Терминал освобождён, возврат на нём не начинался',
  refund_qr_read: () => 'QR-код возврата прочитан с экрана и показан клиенту',
  refund_waiting: ({ phase }) => `Возврат идёт: ${wordOf(REFUND_PHASES, phase)}`,
  refund_stop_requested: () => 'Терминал попросили остановить возврат',
  refund_unknown: ({ why }) => `Результат возврата неизвестен: ${wordOf(UNKNOWNS, why)}`,
  refund_process_forgotten: () => 'Терминал забыл этот возврат',
  refund_ran_out: () => 'Клиент не отсканировал QR-код возврата вовремя, можно начать снова',
  refund_failed: ({ reason }) => `Возврат не прошёл: ${wordOf(FAILURES, reason)}`,
  refund_held: (facts) => `Возврат ждёт решения сотрудника: ${heldClause(REFUND_HOLDS, facts)}`,
  refunded: ({ amount_tiyn: sum }) => `Клиенту возвращено ${sumOf(sum)}`,
  brought_over: ({ former_id: id }) =>
    `Перенесён из прежнего центра${typeof id === 'string' ? `, номер там ${id}` : ''}`,
  former_status: () => 'Так было в прежнем центре',
  starting: () => 'Терминал готовит QR-код',
  waiting_for_scan: () => 'QR-код на экране терминала, ждёт сканирования',
  waiting_for_confirmation: () => 'Клиент отсканировал QR-код и подтверждает оплату',
  processing_card: () => 'Терминал обрабатывает карту',
}

const REFUSALS: Readonly<Record<StartRefusal, string>> = {
  not_connected: 'связи с ним нет',
  no_internet: 'у него нет интернета',
  method_not_supported: 'он не знает такого вызова',
  payments_blocked: 'приём платежей на нём заблокирован',
  terminal_busy: 'на нём ещё идёт другая операция',
  not_registered: 'банк не зарегистрировал операцию',
  bad_request: 'он не принял параметры',
  access_denied: 'он не принял токен',
  purchase_not_found: 'он не нашёл покупку',
  refund_not_allowed: 'банк не возвращает столько по этой покупке',
}

const FAILURES: Readonly<Record<NoMoneyReason | 'resolved_by_operator', string>> = {
  declined: 'клиент или банк отклонил её',
  ran_out: 'время на оплату вышло',
  cancelled_on_device: 'её отменили на терминале',
  device_error: 'на терминале произошла ошибка',
  resolved_by_operator: 'сотрудник проверил, денег нет',
}

const HOLDS: Readonly<Record<HoldReason, string>> = {
  sum_unreadable: 'оплата прошла, но сумму прочитать не удалось',
  possible_duplicate: 'эта операция банка уже зачтена по другой попытке',
  start_lost_in_person: 'ответ терминала потерян, а клиент стоит у экрана',
  process_forgotten: 'терминал забывал эту операцию и мог отдать её номер другой',
}

const REFUND_HOLDS: Readonly<Record<RefundHoldReason, string>> = {
  start_lost: 'ответ терминала потерян, никто не знает, начался ли он',
  sum_unreadable: 'деньги возвращены, но сумму прочитать не удалось',
  sum_too_large: 'терминал вернул больше, чем было взято',
  process_forgotten: 'терминал забывал этот возврат и мог отдать его номер другой операции',
}

const REFUND_PHASES: Readonly<Record<Phase, string>> = {
  starting: 'терминал готовит QR-код',
  waiting_for_scan: 'QR-код на экране терминала, ждёт сканирования',
  waiting_for_confirmation: 'клиент отсканировал QR-код и подтверждает возврат',
  processing_card: 'терминал обрабатывает карту',
}

type UnknownWhy = 'unknown' | 'not_found' | 'no_answer' | 'waits_too_long'

const UNKNOWNS: Readonly<Record<UnknownWhy, string>> = {
  unknown: 'терминал сам его не знает',
  not_found: 'терминал забыл эту операцию',
  no_answer: 'терминал не отвечает',
  waits_too_long: 'терминал ждёт дольше, чем возможно',
}

const ATTEMPT_REASONS: Readonly<Record<string, string>> = { ...REFUSALS, ...FAILURES, ...HOLDS }

export const TASK_TITLES: Readonly<Record<EntryKind, string>> = {
  late_money: 'Деньги пришли после отмены, срока или неудачи',
  overpaid: 'Клиент заплатил больше, чем нужно',
  unknown_product: 'Терминал назвал неизвестный продукт',
  sum_differs: 'Терминал взял не ту сумму, которую просили',
  settle_by_hand: 'Сумму нужно ввести вручную',
  refund_due: 'Нужно вернуть деньги клиенту',
  start_lost: 'Неизвестно, началась ли операция',
  result_unknown: 'Результат операции неизвестен',
  partially_paid_idle: 'Частично оплачен и давно без движения',
  quarantined: 'Терминал в карантине',
  not_registered: 'Терминал нужно зарегистрировать',
  certificate_changed: 'Терминал показал другой сертификат',
  books_restored: 'База восстановлена: терминал надо сверить',
  sale_outside: 'Продажа мимо центра',
  refund_outside: 'Возврат мимо центра',
  terminal_disagrees: 'Терминал помнит другое',
  second_payment: 'Заказ оплачен дважды',
  possible_duplicate: 'Похоже на двойную оплату',
  missing_there: 'Денег нет в выписке банка',
  statement_differs: 'Выписка расходится с центром',
  ambiguous: 'Операция из выписки подходит к нескольким',
  refund_approval: 'Возврат ждёт подтверждения',
  refund_unclear: 'Неизвестно, прошёл ли возврат',
}

const STATES: Readonly<Record<AttemptState['kind'], string>> = {
  reserved: 'терминал занят, вызова ещё не было',
  calling: 'терминалу отправлен запуск',
  live: 'идёт',
  unknown: 'результат неизвестен, терминал спрашивают снова',
  lost: 'ответ на запуск потерян',
  stray: 'нашлась после потери, наблюдается',
  held: 'ждёт решения сотрудника',
  released: 'терминал освобождён без вызова',
  refused: 'терминал не начал операцию',
  succeeded: 'деньги получены',
  failed: 'не прошла',
  abandoned: 'закрыта без ответа, ждёт сверки',
}

/** One sentence; whose word it was is said when it was not the terminal's. */
export function historySentence({ facts, what }: HistoryLine, names: Names): string {
  const kind = HISTORY_WHATS.find((known) => known === what)
  // A line of a newer release: its own word is better than none.
  if (kind === undefined) return what
  const byOperator = facts['by'] === 'operator' ? ' — со слов сотрудника' : ''
  return `${SENTENCES[kind](facts, names)}${byOperator}`
}

export function attemptSentence(state: string, reason: string | null): string {
  const said = Object.hasOwn(STATES, state) ? STATES[state as AttemptState['kind']] : state
  const why = reason === null ? null : wordOf(ATTEMPT_REASONS, reason)
  return why === null ? said : `${said}: ${why}`
}

export function failureSentence(reason: string | null): string {
  return wordOf(FAILURES, reason)
}

export function taskTitle(kind: string): string {
  return wordOf(TASK_TITLES, kind)
}

/** What somebody did with the payment by hand, and why, as the audit has it. */
export function auditSentence({ action, facts }: AuditRow): string {
  switch (action) {
    case 'payment.cancelled':
      return 'платёж отменён по решению сотрудника'
    case 'payment.attempt_resolved': {
      const { evidence, outcome, reason } = facts
      const found =
        outcome === 'paid' ? `деньги получены, ${sumOf(facts['gross_tiyn'])}` : 'денег нет'
      return `решение по попытке: ${found}. Основание: ${evidence}. Причина: ${reason}`
    }
    case 'payment.link_sent':
      return 'отправлена ссылка на оплату по SMS'
    case 'refund.requested':
      return `запрошен возврат на ${sumOf(facts['amount_tiyn'])}`
    case 'refund.approved':
      return 'возврат подтверждён'
    case 'refund.declined':
      return 'возврат отклонён'
    case 'refund.cancelled':
      return 'возврат отменён по решению сотрудника'
    case 'refund.resolved': {
      const { evidence, outcome, reason } = facts
      const found = outcome === 'refunded' ? 'деньги возвращены' : 'деньги не возвращены'
      return `решение по возврату: ${found}. Основание: ${evidence}. Причина: ${reason}`
    }
    case 'delivery.resent':
      return `вебхук «${facts['event']}» отправлен снова`
    default:
      return action
  }
}

function capturedSentence(facts: Facts, names: Names): string {
  const parts = [
    `Получено ${sumOf(facts['gross_tiyn'])}, продукт — ${names.method(String(facts['product']))}`,
  ]
  const credit = `зачтено ${sumOf(facts['credit_tiyn'])}`
  parts.push(credit)
  if (isSum(facts['overpaid_tiyn'])) parts.push(`лишнее ${sumOf(facts['overpaid_tiyn'])}`)
  if (isSum(facts['forgiven_tiyn'])) parts.push(`прощено ${sumOf(facts['forgiven_tiyn'])}`)
  if (facts['late'] === true) parts.push('деньги пришли поздно')
  return parts.join(', ')
}

/** Why a task is there, where an attempt or a refund is held. */
export function heldSentence(task: 'settle_by_hand' | 'refund_unclear', facts: Facts): string {
  const words = task === 'settle_by_hand' ? HOLDS : REFUND_HOLDS
  return `Почему: ${heldClause(words, facts)}`
}

/** With what the terminal said where its word was not believed. */
function heldClause(words: Readonly<Record<string, string>>, facts: Facts): string {
  return `${wordOf(words, facts['reason'])}${toldSentence(facts)}`
}

function toldSentence({ told, told_number: number, told_tiyn: sum, why }: Facts): string {
  switch (told) {
    case 'failed':
      return `. Он сказал, что операция не прошла: ${wordOf(FAILURES, why)}`
    case 'succeeded': {
      const named = typeof number === 'string' ? `, операция банка № ${number}` : ''
      return `. Он сказал, что прошло ${sumOf(sum)}${named}`
    }
    default:
      return ''
  }
}

function isSum(fact: unknown): boolean {
  return typeof fact === 'string' && /^\d+$/.test(fact) && BigInt(fact) > 0n
}

function sumOf(fact: unknown): string {
  return typeof fact === 'string' && /^\d+$/.test(fact) ? formatTenge(BigInt(fact)) : 'сумму'
}

function wordOf(words: Readonly<Record<string, string>>, word: unknown): string {
  if (typeof word !== 'string') return 'причина не названа'
  return Object.hasOwn(words, word) ? (words[word] ?? word) : word
}
