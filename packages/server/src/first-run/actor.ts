// On whose word things are done before there is anybody: whoever proved the setup code.

import type { Actor } from '../ports/actor.ts'

export const FIRST_RUN: Actor = { kind: 'system', name: 'setup code' }
