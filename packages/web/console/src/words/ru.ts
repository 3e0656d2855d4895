// Russian, the language that the others follow.

import { house } from './ru/house.ts'
import { payments } from './ru/payments.ts'
import { portal } from './ru/portal.ts'
import { shell } from './ru/shell.ts'
import type { Shape } from './shape.ts'

export const ru = { ...shell, payments, ...house, ...portal }
export type Words = Shape<typeof ru>
