import { ru, type Words } from './ru.ts'

export const kk: Words = ru
