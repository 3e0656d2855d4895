// English: what is said of the entries of desks.

import type { DeskWords, Operation } from './shape.ts'

export const en: DeskWords = {
  desks: {
    unknown_results: 'Unknown results',
    late_money: 'Late money',
    overpaid: 'Overpayments',
    refunds: 'Refunds',
    terminals: 'Terminals',
    outside: 'Past the centre',
    statements: 'Differences with statements',
    other: 'Other',
  },
  quarantines: {
    start_lost: 'the terminal did not answer the start, an operation may be running on it',
    terminal_busy: 'an operation that the centre did not start was running on the terminal',
    access_denied: 'the terminal did not accept the token',
  },
  differences: {
    sum: 'Another sum',
    product: 'Another product',
    fee: 'Another fee of the bank',
  },
  noTime: 'an unknown time',
  source: (name) => `Source: “${name}”`,
  terminal: (name) => `Terminal: “${name}”`,
  restored: (since, until) =>
    `The database was restored or switched over: the centre may not know of operations from ${since} to ${until}`,
  compare: 'Compare the terminal with its journal or a statement of that time',
  saleOutside: (operation) =>
    `The statement has a sale (${shown(operation)}) that the centre does not have`,
  refundOutside: (operation) =>
    `The statement has a refund (${shown(operation)}) that the centre does not have`,
  missingThere: (at) => `Money was received (${at}), but the statement of that time lacks it`,
  inStatement: (operation) => `Operation in the statement: ${shown(operation)}`,
  ambiguous: (operation) =>
    `An operation of the statement (${shown(operation)}) fits several payments, the centre does not guess`,
  fitting: 'Payments that fit',
  likely: 'Looks like attempts of payments',
  disagreement: (booked, told, number) => {
    const here = booked === null ? 'has no money of this attempt' : `has ${booked} received`
    const there = told === null ? 'there was no money' : `it took ${told ?? 'an unknown sum'}`
    const named = number === null ? '' : `, operation No. ${number}`
    return `The centre ${here}, and the terminal says that ${there}${named}`
  },
  paidTwice: (order, other) =>
    `${order === null ? 'The order' : `Order ${order}`} has been paid already by another payment: ${other}`,
  possibleDuplicate: (other) =>
    `The same customer has just paid as much to the same source: ${other}`,
  why: (reason) => `Why: ${reason}`,
  waitsUntil: (at) => `It waits until ${at}, the first start after that is a trial`,
  payment: (id, sum) => `Payment ${id} of ${sum}`,
  taken: (taken, credited) => `Received ${taken}, credited ${credited}`,
  nothingTaken: 'No money has been received for it yet',
  overpaid: (sum) => `Overpaid by ${sum}`,
  refundDue: 'The payment was cancelled, what was received must be given back to the customer',
  asked: (sum) => `The terminal was asked to take ${sum}`,
  askedAndTook: (asked, took) => `Asked to take ${asked}, the terminal took ${took}`,
  product: (word) => `The product was named “${word}”`,
  difference: (what, here, there) => `${what}: ${here} here, ${there} in the statement`,
}

function shown({ at, number, sum }: Operation): string {
  return `${number === null ? '' : `No. ${number}, `}${sum}, ${at}`
}
