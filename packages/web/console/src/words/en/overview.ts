// English: figures of a period, and the overview of them.

import type {
  overview as russian,
  net as russianNet,
  period as russianPeriod,
} from '../ru/overview.ts'
import type { Shape } from '../shape.ts'

export const period: Shape<typeof russianPeriod> = {
  title: 'Period',
  today: 'Today',
  week: '7 days',
  thirty: '30 days',
  month: 'Month',
}

export const overview: Shape<typeof russian> = {
  units: { thousand: 'k', million: 'M', billion: 'B' },
  nothing: 'Nothing to show for these days',
  asTable: 'As a table',
  currency: 'Currency',
  nothingWaits: 'No tasks: all is done',
  waiting: (count) => `Waiting for a person: ${count}`,
  turnover: 'Turnover',
  payments: 'Payments',
  conversion: 'Conversion',
  paidOf: (paid, all) => `${paid} of ${all} paid`,
  refunded: 'Refunded',
  net: 'Remains',
  netNote: 'after the bank’s fee and refunds',
  change: (share) => `${share} against the days before`,
  loss: (sum) => `The commission fell short: the bank takes ${sum} more than customers paid for it`,
  gain: (sum) => `The commission covered the bank’s fee, ${sum} is left`,
  keptText: (kept, fee) => `Commission kept from customers: ${kept}. Expected bank fee: ${fee}.`,
  day: 'Day',
  method: 'Paid with',
  source: 'Source',
  terminal: 'Terminal',
  turnoverByDay: 'Turnover by day',
  bestDay: (day, sum) => `The best day was ${day}: ${sum}`,
  conversionByDay: 'Conversion by day',
  conversionNote: 'Share of the payments created on the day that were paid',
  byMethod: 'Paid with',
  bySource: 'By source',
  most: (name, sum, share) => `Most is ${name}: ${sum}, ${share} of the turnover`,
  unknownProduct: 'Unknown product',
  commissionByMethod: 'Commission and the bank’s fee',
  commissionNote: 'Kept from customers, and the expected bank fee',
  commission: 'Commission kept',
  fee: 'Bank fee',
  terminals: 'Load of the terminals',
  attempts: (started, succeeded) => `Attempts: ${started}, with money: ${succeeded}`,
  withMoney: 'With money',
  withoutMoney: 'Without money',
  hiddenTerminal: 'Not visible to you',
}

/** What methods really leave. */
export const net: Shape<typeof russianNet> = {
  title: 'What really remains',
  text: 'By the day a payment was created. The bank’s fee is the expected one, by rates.',
  method: 'Method',
  paid: 'Customers paid',
  bank: 'The bank takes',
  left: 'Remains',
  owed: 'Owed to sources',
  verdict: 'Outcome',
  chosen: (method) => `chosen: ${method}`,
  notChosen: 'not chosen',
  unknown: 'Unknown product',
  loss: (sum) => `Sources get ${sum} less`,
  gain: (sum) => `Enough, and ${sum} over`,
  none: 'Nobody paid on these days',
}
