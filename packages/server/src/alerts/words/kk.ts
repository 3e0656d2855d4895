// Kazakh: what is said of alerts.

import type { AlertWords } from './shape.ts'

export const kk: AlertWords = {
  reasons: {
    not_connected: 'байланыс орнамайды',
    start_refused: 'бастаудан бас тартады',
    start_lost: 'бастауға жауап бермейді',
    qr_unread: 'камера QR оқымайды',
    terminal_busy: 'онда бөгде операция болды',
    not_registered: 'қайта тіркеу керек',
    certificate_changed: 'сертификаты ауысты',
  },
  opened: {
    terminal_offline: ({ terminal }) => `«${terminal}» терминалы байланыста емес.`,
    terminal_suspended: ({ reason, terminal }) =>
      `«${terminal}» терминалы жұмыстан шеттетілді: ${reason}. Тексеруден өтсе, қайта қосылады.`,
    terminal_quarantined: ({ reason, terminal }) =>
      `«${terminal}» терминалы карантинде: ${reason}.`,
    terminal_needs_mending: ({ reason, terminal }) =>
      `«${terminal}» терминалына адам керек: ${reason}.`,
    result_unknown: ({ terminal }) =>
      `төлем нәтижесі белгісіз, «${terminal}» терминалы жауап бермейді. Журналын тексеріңіз.`,
    books_restored: ({ count }) =>
      `база қалпына келтірілді не ауыстырылды, орталық соңғы операцияларды білмеуі мүмкін. Терминалдарды журналымен не үзінді көшірмемен салыстырыңыз, саны: ${count}.`,
    endpoint_failing: ({ endpoint, source }) => `«${source}» вебхуктары жетпейді: ${endpoint}.`,
    sms_balance_low: ({ balance }) =>
      `SMS шотында қалғаны: ${balance}. Толтырыңыз, әйтпесе кіру мүмкін болмайды.`,
    reconciliation_gap: ({ count }) => `қаралмаған айырмашылық пен ақша тапсырмалары: ${count}.`,
    unusual_sum: ({ source, sum, usualSum }) =>
      `әдеттен тыс сома: «${source}» алғаны ${sum}, әдетте ең көбі ${usualSum}.`,
    certificate_expiring: ({ certificateNames: names, isOfBank, lastDay }) =>
      isOfBank
        ? `банкке арналған сертификаттың («${names}») мерзімі: ${lastDay}. Файлдарын ауыстырыңыз, әйтпесе төлем болмайды.`
        : `TLS сертификатының (${names}) мерзімі: ${lastDay}. Файлдарын ауыстырыңыз, әйтпесе орталық ашылмайды.`,
  },
  ended: {
    terminal_offline: ({ terminal }) => `«${terminal}» терминалы қайта байланыста.`,
    terminal_suspended: ({ terminal }) => `«${terminal}» терминалы қайта жұмыста.`,
    terminal_quarantined: ({ terminal }) => `«${terminal}» терминалы карантиннен шықты.`,
    terminal_needs_mending: ({ terminal }) => `«${terminal}» терминалы жөнделді.`,
    result_unknown: ({ terminal }) => `«${terminal}» терминалындағы төлем нәтижесі енді белгілі.`,
    books_restored: () => 'база қалпына келген соң барлық терминал салыстырылды.',
    endpoint_failing: ({ endpoint, source }) =>
      `«${source}» қабылдаушысы қайта істейді: ${endpoint}.`,
    sms_balance_low: () => 'SMS шоты толтырылды.',
    reconciliation_gap: () => 'айырмашылықтар мен ақша тапсырмалары қаралды.',
    unusual_sum: ({ source }) => `«${source}» әдеттен тыс сомасы қаралды.`,
    certificate_expiring: ({ certificateNames: names, isOfBank }) =>
      isOfBank
        ? `банкке арналған сертификат («${names}») ауыстырылды.`
        : `TLS сертификаты (${names}) ауыстырылды.`,
  },
  still: (opened) => `әлі солай: ${opened}`,
}
