// English: the line to the centre, the palette, the keys.

import type { live as russian } from '../ru/live.ts'
import type { Shape } from '../shape.ts'

export const live: Shape<typeof russian> = {
  live: {
    lost: 'Connection lost',
    lostAt: (time) => `Connection lost, showing data as of ${time}`,
    safe: 'No answer. Try again: nothing will be created twice.',
    news: (count) => `New: ${count} – show`,
  },
  palette: {
    open: 'Commands and search',
    placeholder: 'Page, action, payment, phone…',
    none: 'Nothing found',
    here: 'On this page',
    pages: 'Go to',
    actions: 'Do',
    payments: 'Payments',
    all: (text) => `Look for “${text}” in all payments`,
  },
  keys: {
    title: 'Keys',
    search: 'Find a payment',
    help: 'This help',
    close: 'Close',
    goHint: 'Press G, then the letter. Any keyboard layout will do.',
  },
}
