// English: what is said of alerts.

import type { AlertWords } from './shape.ts'

export const en: AlertWords = {
  reasons: {
    not_connected: 'it cannot be connected to',
    start_refused: 'it refuses to start',
    start_lost: 'it does not answer a start',
    qr_unread: 'the camera does not read the QR',
    terminal_busy: 'another’s operation was on it',
    not_registered: 'it must be registered anew',
    certificate_changed: 'its certificate has changed',
  },
  opened: {
    terminal_offline: ({ terminal }) => `the terminal “${terminal}” is offline.`,
    terminal_suspended: ({ reason, terminal }) =>
      `the terminal “${terminal}” is suspended: ${reason}. A self-test brings it back.`,
    terminal_quarantined: ({ reason, terminal }) =>
      `the terminal “${terminal}” is in quarantine: ${reason}.`,
    terminal_needs_mending: ({ reason, terminal }) =>
      `the terminal “${terminal}” needs a person: ${reason}.`,
    result_unknown: ({ terminal }) =>
      `the result of a payment is unknown, the terminal “${terminal}” does not answer. Check its journal.`,
    books_restored: ({ count }) =>
      `the database was restored or switched over, the centre may not know the last operations. Terminals to compare with their journals or a statement: ${count}.`,
    endpoint_failing: ({ endpoint, source }) =>
      `webhooks of “${source}” do not arrive at ${endpoint}.`,
    sms_balance_low: ({ balance }) =>
      `${balance} left on the SMS account. Top it up, or nobody can log in.`,
    reconciliation_gap: ({ count }) =>
      `differences and tasks about money not worked through: ${count}.`,
    unusual_sum: ({ source, sum, usualSum }) =>
      `an unusual sum: “${source}” received ${sum}, usually up to ${usualSum}.`,
    certificate_expiring: ({ certificateNames: names, isOfBank, lastDay }) =>
      isOfBank
        ? `the certificate for the bank (“${names}”) is valid until ${lastDay}. Replace its files, or there will be no payments.`
        : `the TLS certificate (${names}) is valid until ${lastDay}. Replace its files, or the centre will not open.`,
  },
  ended: {
    terminal_offline: ({ terminal }) => `the terminal “${terminal}” is online again.`,
    terminal_suspended: ({ terminal }) => `the terminal “${terminal}” is at work again.`,
    terminal_quarantined: ({ terminal }) => `the terminal “${terminal}” is out of quarantine.`,
    terminal_needs_mending: ({ terminal }) => `the terminal “${terminal}” is mended.`,
    result_unknown: ({ terminal }) =>
      `the result of the payment on the terminal “${terminal}” is known now.`,
    books_restored: () => 'all terminals are reconciled after the restore of the database.',
    endpoint_failing: ({ endpoint, source }) =>
      `the receiver of “${source}”, ${endpoint}, works again.`,
    sms_balance_low: () => 'the SMS account was topped up.',
    reconciliation_gap: () => 'differences and tasks about money are worked through.',
    unusual_sum: ({ source }) => `the unusual sum of “${source}” was looked at.`,
    certificate_expiring: ({ certificateNames: names, isOfBank }) =>
      isOfBank
        ? `the certificate for the bank (“${names}”) was replaced.`
        : `the TLS certificate (${names}) was replaced.`,
  },
  still: (opened) => `still so: ${opened}`,
}
