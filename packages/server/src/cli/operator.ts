// Who sits at the command line, for the audit; and a phone as they type it.

import { userInfo } from 'node:os'
import type { Actor } from '../ports/actor.ts'
import { CommandError } from './with-centre.ts'

/** The account on this machine; in a container it may have no name. */
export function operator(): Actor {
  try {
    return { kind: 'cli', name: userInfo().username }
  } catch {
    return { kind: 'cli', name: `uid ${process.getuid?.() ?? '?'}` }
  }
}

/** @throws CommandError when it is not in E.164 */
export function parsePhone(text: string): string {
  const phone = text.replace(/[\s()-]/g, '')
  if (!/^\+[1-9]\d{6,14}$/.test(phone)) {
    throw new CommandError(`Телефон: нужен вида +77001234567, а не «${text}»`)
  }
  return phone
}
