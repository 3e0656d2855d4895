// Russian: what is said of alerts.

import type { AlertWords } from './shape.ts'

export const ru: AlertWords = {
  reasons: {
    not_connected: 'не соединяется',
    start_refused: 'отказывает в старте',
    start_lost: 'не отвечает на старт',
    qr_unread: 'камера не читает QR',
    terminal_busy: 'на нём была чужая операция',
    not_registered: 'нужно зарегистрировать заново',
    certificate_changed: 'сменился сертификат',
  },
  opened: {
    terminal_offline: ({ terminal }) => `терминал «${terminal}» не на связи.`,
    terminal_suspended: ({ reason, terminal }) =>
      `терминал «${terminal}» отстранён: ${reason}. Вернётся после самопроверки.`,
    terminal_quarantined: ({ reason, terminal }) =>
      `терминал «${terminal}» в карантине: ${reason}.`,
    terminal_needs_mending: ({ reason, terminal }) =>
      `терминал «${terminal}» ждёт человека: ${reason}.`,
    result_unknown: ({ terminal }) =>
      `результат оплаты неизвестен, терминал «${terminal}» не отвечает. Проверьте его журнал.`,
    books_restored: ({ count }) =>
      `база восстановлена или переключена, последних операций центр может не знать. Сверьте терминалы с журналами или выпиской: ${count}.`,
    endpoint_failing: ({ endpoint, source }) => `вебхуки «${source}» не доходят до ${endpoint}.`,
    sms_balance_low: ({ balance }) =>
      `на счёте SMS осталось ${balance}. Пополните, иначе не войти.`,
    reconciliation_gap: ({ count }) => `не разобрано расхождений и задач о деньгах: ${count}.`,
    unusual_sum: ({ source, sum, usualSum }) =>
      `необычная сумма: «${source}» получил ${sum}, обычно до ${usualSum}.`,
    certificate_expiring: ({ certificateNames: names, isOfBank, lastDay }) =>
      isOfBank
        ? `сертификат для банка («${names}») действует до ${lastDay}. Замените файлы, иначе оплат не будет.`
        : `сертификат TLS (${names}) действует до ${lastDay}. Замените файлы, иначе центр не откроется.`,
  },
  ended: {
    terminal_offline: ({ terminal }) => `терминал «${terminal}» снова на связи.`,
    terminal_suspended: ({ terminal }) => `терминал «${terminal}» снова в работе.`,
    terminal_quarantined: ({ terminal }) => `терминал «${terminal}» вышел из карантина.`,
    terminal_needs_mending: ({ terminal }) => `терминал «${terminal}» исправен.`,
    result_unknown: ({ terminal }) =>
      `результат оплаты на терминале «${terminal}» теперь известен.`,
    books_restored: () => 'все терминалы сверены после восстановления базы.',
    endpoint_failing: ({ endpoint, source }) =>
      `получатель «${source}», ${endpoint}, снова работает.`,
    sms_balance_low: () => 'счёт SMS пополнен.',
    reconciliation_gap: () => 'расхождения и задачи о деньгах разобраны.',
    unusual_sum: ({ source }) => `необычная сумма у «${source}» просмотрена.`,
    certificate_expiring: ({ certificateNames: names, isOfBank }) =>
      isOfBank
        ? `сертификат для банка («${names}») заменён.`
        : `сертификат TLS (${names}) заменён.`,
  },
  still: (opened) => `всё ещё так: ${opened}`,
}
