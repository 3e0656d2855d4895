// All that the page says, in English.

const PLACES = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth']

/** @param {number} value */
function percent(value) {
  return `${value}%`
}

/** @param {number} count @param {string} unit */
function counted(count, unit) {
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

/** @type {import('./ru.js').Words} */
export const en = {
  code: 'en',
  name: 'English',
  short: 'Eng',
  title: 'Payment',
  language: 'Language',
  number: 'Payment number',
  sum: 'Amount',

  methods: {
    kaspi_gold: 'Kaspi\u00a0Gold',
    kaspi_red: 'Kaspi\u00a0Red',
    kaspi_credit: 'Loan',
    kaspi_installment_12: '12-month instalments',
    kaspi_installment_24: '24-month instalments',
  },
  offer: {
    commission: (value) => (value === 0 ? 'no fee' : `${percent(value)} fee`),
    monthly: (sum) => `about ${sum} a month`,
    unavailable: 'not for this amount',
    others: 'Other ways to pay',
  },

  choose: {
    headline: 'Choose how to pay',
    advice: (when) => `This link is good until ${when}`,
  },
  queue: {
    headline: 'All terminals are busy',
    advice: (place, seconds) => {
      const word = PLACES[place - 1]
      const where =
        word === undefined ? `You are number ${place} in line` : `You are ${word} in line`
      const wait =
        seconds < 60 ? counted(seconds, 'second') : counted(Math.ceil(seconds / 60), 'minute')
      return `${where}, about ${wait} to wait`
    },
    keep: 'Your place is kept. The QR appears here as soon as a terminal is free',
    elsewhere: 'Another device keeps the place. To pay here, choose a way to pay',
    change: 'Choose another way to pay',
  },
  preparing: {
    headline: 'Preparing the QR…',
    advice: 'It usually takes a few seconds',
    steps: ['Looking for a free terminal', 'The terminal is preparing the QR', 'Checking the QR'],
  },
  qr: {
    onComputer: 'Point your phone camera or the Kaspi scanner here',
    onPhone: 'Open Kaspi to pay',
    pick: (product) => `In the app choose ${product}`,
    pickAny: 'Confirm the payment in the app',
    open: 'Open Kaspi',
    folded: 'QR for another phone',
    picture: 'QR to pay in Kaspi',
    noPicture: 'The QR did not load. Check your connection, we are trying again',
    left: (time) => `The QR is good for ${time} more`,
    over: 'The QR has run out, checking the result',
  },
  qrOver: {
    headline: 'This QR has run out',
    advice: 'If you have paid, the result will appear here. Keep this page open',
  },
  confirm: {
    headline: 'Confirm the payment in the app',
    advice: 'We will show it here as soon as the bank answers',
  },
  unknown: {
    headline: 'The bank has not confirmed the result yet',
    advice: 'Do not pay again. We are checking and will tell you here',
  },

  paid: {
    headline: (sum) => `${sum} paid`,
    advice: (when) => `${when}. You can close this page`,
    seller: 'To',
    subject: 'For',
    when: 'When',
    overpaid: 'Overpaid',
    refunded: 'Refunded',
    title: 'Payment confirmation',
    notReceipt: 'This is a confirmation, not a fiscal receipt',
  },
  keep: {
    save: 'Save PDF',
    print: 'Print',
    share: 'Share',
    copied: 'Copied',
    failed: 'It did not work here. Take a screenshot',
    back: (host) => `Back to ${host}`,
  },

  failed: {
    reasons: {
      declined: 'The payment did not go through: it was cancelled in Kaspi',
      ran_out: 'The time to pay has run out',
      cancelled_on_device: 'The payment was stopped at the terminal',
      device_error: 'The terminal could not take the payment',
    },
    otherwise: 'The payment did not go through',
    advice: 'No money was taken',
    again: 'Try again',
  },
  refused: {
    reasons: {
      terminals_unavailable: ['Terminals are not available now', 'Try again in half a minute'],
      taking_money_is_off: ['Payments are stopped for a while', 'Please try again later'],
      limit_reached: ['Too many people are paying now', 'Try again in a minute'],
      source_disabled: ['The seller takes no payments now', 'Ask them for another way to pay'],
      too_many_attempts: ['Too many attempts', 'Ask the seller for a new link'],
      amount_too_small: ['The amount is too small for this way to pay', 'Choose another one'],
      amount_too_large: ['The amount is too large for this way to pay', 'Choose another one'],
      attempt_in_progress: ['The earlier payment is still going on', 'Wait for it and try again'],
    },
    otherwise: ['The payment could not be started', 'No money was taken, try again'],
  },

  rest: {
    advice: (sum) => `${sum} left to pay`,
    used: {
      kaspi_gold: 'You paid with Kaspi Gold, its fee is higher',
      kaspi_red: 'You paid with Kaspi Red, its fee is higher',
      kaspi_credit: 'You paid with a loan, its fee is higher',
      kaspi_installment_12: 'You paid by instalments, their fee is higher',
      kaspi_installment_24: 'You paid by instalments, their fee is higher',
      card: 'You paid by card, its fee is higher',
      alaqan: 'You paid with Alaqan, its fee is higher',
    },
    paid: (sum) => `You have already paid ${sum}`,
    how: 'How this amount came about',
    original: 'Price without fee',
    youPaid: 'You paid',
    commission: (value) => (value === null ? 'Fee in it' : `${percent(value)} fee in it`),
    credited: 'Credited to the seller',
    left: 'Left without fee',
    due: (product, value) => `To pay with ${product}, ${percent(value)} fee`,
    pay: (sum) => `Pay ${sum}`,
  },

  cancelled: {
    headline: 'The payment is cancelled',
    advice: 'If you still want to pay, ask the seller for a new link',
    expired: 'The time to pay is over',
    expiredAdvice: 'Ask the seller for a new link',
    paid: (sum) => `The ${sum} you paid will be returned. Ask the seller when`,
    refunded: (sum) => `${sum} refunded`,
  },
  missing: {
    headline: 'There is no such payment',
    advice: 'Check the link or ask the seller for a new one',
  },

  refund: {
    preparing: ['Preparing the refund QR…', 'It usually takes a few seconds'],
    confirm: ['Confirm the refund in the app', 'We will show it here as soon as the bank answers'],
    unknown: [
      'The bank has not confirmed the refund yet',
      'We are checking and will tell you here',
    ],
    onComputer: 'Scan the refund QR in the Kaspi app',
    onPhone: 'Open Kaspi to get your money',
    advice: 'The money goes back to where you paid from',
    picture: 'Refund QR for the Kaspi app',
  },
  line: {
    loading: 'Loading the payment…',
    lost: 'No connection. This is the last we know. Trying again',
    back: 'Connected',
  },
}
