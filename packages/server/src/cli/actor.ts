// Who types a command, for the audit: the account on this machine.

import { userInfo } from 'node:os'
import type { Actor } from '../ports/actor.ts'

export function cliActor(): Actor {
  return { kind: 'cli', name: accountName() }
}

/** An account without a name, as in some containers, is told by its number. */
function accountName(): string {
  try {
    return userInfo().username
  } catch {
    return `uid ${process.getuid?.() ?? '?'}`
  }
}
