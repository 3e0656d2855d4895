// The whole of one language: what Russian says, each sentence.

import { house } from './kk/house.ts'
import { payments } from './kk/payments.ts'
import { portal } from './kk/portal.ts'
import { shell } from './kk/shell.ts'
import type { Words } from './ru.ts'

export const kk: Words = { ...shell, payments, ...house, ...portal }
