// The one list of senders. A new one is a folder here and a line below; its settings are read in
// text-settings.ts.

import type { TextSender, TextSettings } from '../ports/text-sender.ts'
import { consoleSender } from './console/sender.ts'
import { fileSender } from './file/sender.ts'
import type { GatewayLimits } from './gateway.ts'
import { mobizonSender } from './mobizon/sender.ts'
import { noSender } from './none/sender.ts'
import { smscSender } from './smsc/sender.ts'

export interface SenderParts {
  /** Epoch milliseconds, for the lines of the file. */
  readonly now: () => number
  /** Takes what the `console` sender says, a line at a time. */
  readonly print: (line: string) => void
  readonly limits?: Partial<GatewayLimits>
}

export function openTextSender(settings: TextSettings, parts: SenderParts): TextSender {
  switch (settings.sender) {
    case 'none':
      return noSender
    case 'console':
      return consoleSender(parts)
    case 'file':
      return fileSender(settings, parts)
    case 'smsc':
      return smscSender(settings, parts)
    case 'mobizon':
      return mobizonSender(settings, parts)
  }
}
