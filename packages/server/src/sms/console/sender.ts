// Says texts where the centre was started. For an operator who stands at the machine: whoever reads its
// output can log in.

import type { TextSender } from '../../ports/text-sender.ts'

export function consoleSender({ print }: { readonly print: (line: string) => void }): TextSender {
  return {
    name: 'console',
    async send(to, text) {
      print(`SMS ${to}: ${text}`)
      return { kind: 'accepted', providerId: null }
    },
    balance: async () => ({ kind: 'free' }),
  }
}
