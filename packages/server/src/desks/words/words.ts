// What is said of the entries of desks, by language.

import type { Language } from '@byfly-pay/core'
import { en } from './en.ts'
import { kk } from './kk.ts'
import { ru } from './ru.ts'
import type { DeskWords } from './shape.ts'
import { uz } from './uz.ts'

export const DESK_WORDS: Readonly<Record<Language, DeskWords>> = { ru, kk, uz, en }
