import { house } from './ru/house.ts'
import { payments } from './ru/payments.ts'
import { shell } from './ru/shell.ts'

export const ru = { ...shell, payments, ...house }
export type Words = import('./shape.ts').Shape<typeof ru>
