// Uzbek: what is said of alerts.

import type { AlertWords } from './shape.ts'

export const uz: AlertWords = {
  reasons: {
    not_connected: 'aloqa oʻrnatilmayapti',
    start_refused: 'boshlashni rad etyapti',
    start_lost: 'boshlashga javob bermayapti',
    qr_unread: 'kamera QR oʻqimayapti',
    terminal_busy: 'unda begona amal boʻlgan',
    not_registered: 'qayta roʻyxatdan oʻtkazish kerak',
    certificate_changed: 'sertifikati almashdi',
  },
  opened: {
    terminal_offline: ({ terminal }) => `«${terminal}» terminali aloqada emas.`,
    terminal_suspended: ({ reason, terminal }) =>
      `«${terminal}» terminali ishdan chetlatildi: ${reason}. Tekshiruvdan oʻtsa, qaytadi.`,
    terminal_quarantined: ({ reason, terminal }) =>
      `«${terminal}» terminali karantinda: ${reason}.`,
    terminal_needs_mending: ({ reason, terminal }) =>
      `«${terminal}» terminaliga odam kerak: ${reason}.`,
    result_unknown: ({ terminal }) =>
      `toʻlov natijasi nomaʼlum, «${terminal}» terminali javob bermayapti. Jurnalini tekshiring.`,
    books_restored: ({ count }) =>
      `baza tiklandi yoki almashtirildi, markaz oxirgi amallarni bilmasligi mumkin. Terminallarni jurnali yoki koʻchirma bilan solishtiring, soni: ${count}.`,
    endpoint_failing: ({ endpoint, source }) =>
      `«${source}» vebxuklari yetib bormayapti: ${endpoint}.`,
    sms_balance_low: ({ balance }) =>
      `SMS hisobida qolgani: ${balance}. Toʻldiring, boʻlmasa kirib boʻlmaydi.`,
    reconciliation_gap: ({ count }) => `koʻrilmagan farqlar va pul vazifalari: ${count}.`,
    unusual_sum: ({ source, sum, usualSum }) =>
      `odatdan tashqari summa: «${source}» olgani ${sum}, odatda eng koʻpi ${usualSum}.`,
    certificate_expiring: ({ certificateNames: names, isOfBank, lastDay }) =>
      isOfBank
        ? `bank uchun sertifikat («${names}») muddati: ${lastDay}. Fayllarini almashtiring, boʻlmasa toʻlov boʻlmaydi.`
        : `TLS sertifikati (${names}) muddati: ${lastDay}. Fayllarini almashtiring, boʻlmasa markaz ochilmaydi.`,
  },
  ended: {
    terminal_offline: ({ terminal }) => `«${terminal}» terminali yana aloqada.`,
    terminal_suspended: ({ terminal }) => `«${terminal}» terminali yana ishda.`,
    terminal_quarantined: ({ terminal }) => `«${terminal}» terminali karantindan chiqdi.`,
    terminal_needs_mending: ({ terminal }) => `«${terminal}» terminali tuzatildi.`,
    result_unknown: ({ terminal }) => `«${terminal}» terminalidagi toʻlov natijasi endi maʼlum.`,
    books_restored: () => 'baza tiklangach, barcha terminallar solishtirildi.',
    endpoint_failing: ({ endpoint, source }) =>
      `«${source}» qabul qiluvchisi yana ishlayapti: ${endpoint}.`,
    sms_balance_low: () => 'SMS hisobi toʻldirildi.',
    reconciliation_gap: () => 'farqlar va pul vazifalari koʻrib chiqildi.',
    unusual_sum: ({ source }) => `«${source}» odatdan tashqari summasi koʻrib chiqildi.`,
    certificate_expiring: ({ certificateNames: names, isOfBank }) =>
      isOfBank
        ? `bank uchun sertifikat («${names}») almashtirildi.`
        : `TLS sertifikati (${names}) almashtirildi.`,
  },
  still: (opened) => `hali ham shunday: ${opened}`,
}
