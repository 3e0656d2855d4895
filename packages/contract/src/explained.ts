// Every word that an answer may carry beside its figures, explained to an integrator. The compiler
// asks for a line for each word that the rules know, so that none is left unexplained.

import type {
  AttemptState,
  CancelReason,
  PaymentStatus,
  RefundReason,
  RefundStateKind,
  RefundStatus,
  Role,
  StatusDetail,
} from '@byfly-pay/core'

type FailureReason = Extract<AttemptState, { readonly kind: 'failed' }>['reason']

/** S1. */
export const STATUSES_EXPLAINED: Readonly<Record<PaymentStatus, string>> = {
  pending: 'создан, оплата ещё не начата',
  processing: 'идёт на терминале; результат станет известен, ждите его',
  paid: 'оплачен полностью; навсегда, обратно не меняется',
  partially_paid: 'оплачен частично; остаток — в `remaining_amount`, его берёт ещё один `/kaspi`',
  cancelled: 'отменён; почему — в `cancel_reason`',
  failed: 'последняя попытка не удалась; до `expires_at` можно вызвать `/kaspi` снова',
}

/** S1, S6, S6a, S6b, S4. */
export const STATUS_DETAILS_EXPLAINED: Readonly<Record<StatusDetail, string>> = {
  starting: 'терминал готовит QR-код',
  waiting_for_scan: 'QR-код на экране, покупатель ещё не отсканировал его',
  waiting_for_confirmation: 'отсканирован, покупатель подтверждает оплату в приложении',
  processing_card: 'терминал проводит карту',
  unknown: 'терминал пока не знает, прошли ли деньги; центр выясняет, второй раз платить нельзя',
  settle_by_hand: 'деньги могли пройти, но учесть их может только сотрудник центра',
  watched: 'статус уже окончательный, но терминал ещё может взять деньги; за ним следят',
  start_lost: 'терминал не ответил на начало оплаты; платёж не занят, `/kaspi` можно повторить',
}

/** S2, S4. */
export const CANCEL_REASONS_EXPLAINED: Readonly<Record<CancelReason, string>> = {
  requested: 'отменили вызовом `cancel`',
  expired: 'вышел срок оплаты',
}

/** S3. */
export const FAILURE_REASONS_EXPLAINED: Readonly<Record<FailureReason, string>> = {
  declined: 'покупатель отказался, или банк не провёл оплату',
  ran_out: 'QR-код не отсканировали или не подтвердили вовремя',
  cancelled_on_device: 'оплату отменили на терминале',
  device_error: 'терминал сообщил об ошибке, деньги не взяты',
  resolved_by_operator: 'сотрудник центра выяснил, что денег не было',
}

/** M15. */
export const REFUND_STATUSES_EXPLAINED: Readonly<Record<RefundStatus, string>> = {
  requested: 'возврат запрошен, терминал ещё не занят',
  processing: 'возврат идёт или его результат выясняют',
  partially_refunded: 'часть денег вернулась',
  refunded: 'вернулось всё, что возвращается',
}

export const REFUND_STATES_EXPLAINED: Readonly<Record<RefundStateKind, string>> = {
  awaiting_approval: 'ждёт второго человека',
  approved: 'можно начинать, когда клиент готов сканировать',
  reserved: 'терминал занят, вызова ещё не было',
  calling: 'терминалу отправлен возврат',
  live: 'идёт на терминале; QR-код — в `qr_code`',
  unknown: 'терминал пока не знает, вернулись ли деньги; его спрашивают снова',
  lost: 'терминал не ответил на начало; второй раз не начинается',
  held: 'решить может только сотрудник, с доказательством',
  succeeded: 'деньги вернулись',
  failed: 'деньги не вернулись',
  declined: 'второй человек отклонил',
  cancelled: 'отменён до возврата денег',
}

export const REFUND_REASONS_EXPLAINED: Readonly<Record<RefundReason, string>> = {
  customer_request: 'попросил клиент',
  service_cancelled: 'услуги не будет',
  duplicate_payment: 'заплатили дважды',
  overpaid: 'заплатили лишнее',
  late_money: 'деньги пришли поздно',
  pay_again: 'клиент заплатит иначе',
  other: 'другое',
}

/** What a role is for; its rights are core's table. */
export const ROLES_EXPLAINED: Readonly<Record<Role, string>> = {
  super_admin: 'супер-админ: видит и может всё, списки стран и систем его не ограничивают',
  country_admin: 'админ страны: ведёт платежи, терминалы, ставки и источники своих стран',
  accountant: 'бухгалтер: смотрит, выгружает, сверяет, подтверждает чужие возвраты',
  cashier: 'кассир: берёт оплату и возвращает её для источников из своего списка',
  developer: 'разработчик: ключи и вебхуки источников из своего списка',
}

/** Markdown: a line a word, under a sentence that introduces them. */
export function explain(sentence: string, words: Readonly<Record<string, string>>): string {
  const lines = Object.entries(words).map(([word, meaning]) => `- \`${word}\` — ${meaning}`)
  return [`${sentence}:`, '', ...lines].join('\n')
}
