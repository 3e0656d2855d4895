// On whose word a command writes: the account that runs it, which sees everything.

import { userInfo } from 'node:os'
import { EVERYTHING } from '@byfly-pay/core'
import type { Acting } from '../accounts/staff.ts'

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
