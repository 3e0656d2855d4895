import { ru, type Words } from './ru.ts'

export const uz: Words = ru
