// An alert as a sentence, for an SMS, a messenger and the console alike: what happened, to what, and that
// it is over. It names things, never people or secrets.

import { type AlertKind, formatTenge } from '@byfly-pay/core'
import type { AlertFacts, AlertNews } from '../ports/alert-store.ts'

type Facts = AlertFacts['facts']
type Words = (facts: Facts) => string

const REASONS: Readonly<Record<string, string>> = {
  not_connected: 'не соединяется',
  start_refused: 'отказывает в старте',
  start_lost: 'не отвечает на старт',
  qr_unread: 'камера не читает QR',
  terminal_busy: 'на нём была чужая операция',
  not_registered: 'нужно зарегистрировать заново',
  certificate_changed: 'сменился сертификат',
}

const OPENED: Readonly<Record<AlertKind, Words>> = {
  terminal_offline: ({ terminal }) => `терминал «${terminal}» не на связи.`,
  terminal_suspended: ({ reason, terminal }) =>
    `терминал «${terminal}» отстранён: ${REASONS[`${reason}`]}. Вернётся после самопроверки.`,
  terminal_quarantined: ({ reason, terminal }) =>
    `терминал «${terminal}» в карантине: ${REASONS[`${reason}`]}.`,
  terminal_needs_mending: ({ reason, terminal }) =>
    `терминал «${terminal}» ждёт человека: ${REASONS[`${reason}`]}.`,
  result_unknown: ({ terminal }) =>
    `результат оплаты неизвестен, терминал «${terminal}» не отвечает. Проверьте его журнал.`,
  books_restored: ({ count }) =>
    `база восстановлена или переключена, последних операций центр может не знать. Сверьте терминалы с журналами или выпиской: ${count}.`,
  endpoint_failing: ({ endpoint, source }) => `вебхуки «${source}» не доходят до ${endpoint}.`,
  sms_balance_low: ({ amount, currency }) =>
    `на счёте SMS осталось ${amount} ${currency ?? ''}`
      .trim()
      .concat('. Пополните, иначе не войти.'),
  reconciliation_gap: ({ count }) => `не разобрано расхождений и задач о деньгах: ${count}.`,
  unusual_sum: ({ source, sum_tiyn: sum, usual_tiyn: usual }) =>
    `необычная сумма: «${source}» получил ${money(sum)}, обычно до ${money(usual)}.`,
  certificate_expiring: ({ last_day: day, names, of }) =>
    of === 'bank'
      ? `сертификат для банка («${names}») действует до ${day}. Замените файлы, иначе оплат не будет.`
      : `сертификат TLS (${names}) действует до ${day}. Замените файлы, иначе центр не откроется.`,
}

const ENDED: Readonly<Record<AlertKind, Words>> = {
  terminal_offline: ({ terminal }) => `терминал «${terminal}» снова на связи.`,
  terminal_suspended: ({ terminal }) => `терминал «${terminal}» снова в работе.`,
  terminal_quarantined: ({ terminal }) => `терминал «${terminal}» вышел из карантина.`,
  terminal_needs_mending: ({ terminal }) => `терминал «${terminal}» исправен.`,
  result_unknown: ({ terminal }) => `результат оплаты на терминале «${terminal}» теперь известен.`,
  books_restored: () => 'все терминалы сверены после восстановления базы.',
  endpoint_failing: ({ endpoint, source }) =>
    `получатель «${source}», ${endpoint}, снова работает.`,
  sms_balance_low: () => 'счёт SMS пополнен.',
  reconciliation_gap: () => 'расхождения и задачи о деньгах разобраны.',
  unusual_sum: ({ source }) => `необычная сумма у «${source}» просмотрена.`,
  certificate_expiring: ({ names, of }) =>
    of === 'bank'
      ? `сертификат для банка («${names}») заменён.`
      : `сертификат TLS (${names}) заменён.`,
}

export function alertText(
  { facts, kind }: Pick<AlertFacts, 'kind' | 'facts'>,
  news: AlertNews,
): string {
  switch (news) {
    case 'opened':
      return OPENED[kind](facts)
    case 'still':
      return `всё ещё так: ${OPENED[kind](facts)}`
    case 'ended':
      return ENDED[kind](facts)
  }
}

function money(tiyn: Facts[string] | undefined): string {
  return formatTenge(BigInt(tiyn ?? 0))
}
