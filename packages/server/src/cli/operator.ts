// On whose word a command writes: the account that runs it, which sees everything; and a phone as it is
// typed there.

import { userInfo } from 'node:os'
import { EVERYTHING } from '@byfly-pay/core'
import type { Acting } from '../accounts/staff.ts'
import { CommandError } from './with-centre.ts'

export function operator(): Acting {
  return { actor: { kind: 'cli', name: accountName() }, scope: EVERYTHING }
}

/** A container may run under a number that has no name. */
function accountName(): string {
  try {
    return userInfo().username
  } catch {
    return `uid ${process.getuid?.() ?? '?'}`
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
