// The sender of a centre whose operator has named none: it works for everything but logging in.

import type { TextSender } from '../../ports/text-sender.ts'

const NOT_CONFIGURED = { fault: 'not_configured', word: null } as const

export const noSender: TextSender = {
  name: 'none',
  send: async () => ({ kind: 'refused', ...NOT_CONFIGURED }),
  balance: async () => ({ kind: 'failed', ...NOT_CONFIGURED }),
}
