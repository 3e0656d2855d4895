// Appends texts to a file, a JSON line each: for the demo, for tests, for a machine without a gateway. The
// file opens the console to whoever reads it, so it is its owner's alone.

import { appendFile, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { TextSender } from '../../ports/text-sender.ts'

export interface FileSettings {
  readonly path: string
}

export function fileSender(
  { path }: FileSettings,
  { now }: { readonly now: () => number },
): TextSender {
  return {
    name: 'file',
    async send(to, text) {
      const line = JSON.stringify({ to, text, at: new Date(now()).toISOString() })
      try {
        await mkdir(dirname(path), { recursive: true })
        await appendFile(path, `${line}\n`, { mode: 0o600 })
        return { kind: 'accepted', providerId: null }
      } catch (error) {
        const { code = null } = error as NodeJS.ErrnoException
        // Half a line may be there, but nobody was sent anything.
        return { kind: 'not_sent', fault: 'not_written', word: code }
      }
    },
    balance: async () => ({ kind: 'free' }),
  }
}
