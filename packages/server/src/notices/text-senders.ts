// Who sends SMS now: the sender that the centre was started with or, where it was started with none, the one
// that staff set up. It is read anew for each use, so that every instance changes over at once.

import type { KeptTextSettings, TextSender, TextSenders } from '../ports/text-sender.ts'

export interface TextSendersFrom {
  /** By the environment. */
  readonly started: TextSender
  /** What staff set up; null where nobody has. */
  readonly kept: () => Promise<KeptTextSettings | null>
  readonly open: (kept: KeptTextSettings) => TextSender
}

export function textSenders({ kept, open, started }: TextSendersFrom): TextSenders {
  const isFixed = started.name !== 'none'
  return {
    isFixed,
    async inUse() {
      if (isFixed) return started
      const settings = await kept()
      return settings === null ? started : open(settings)
    },
  }
}
