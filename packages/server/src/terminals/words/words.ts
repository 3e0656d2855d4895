// What is said of a terminal's test and of its registration, by language.

import type { Language } from '@byfly-pay/core'
import { en } from './en.ts'
import { kk } from './kk.ts'
import { ru } from './ru.ts'
import type { TerminalWords } from './shape.ts'
import { uz } from './uz.ts'

export const TERMINAL_WORDS: Readonly<Record<Language, TerminalWords>> = { ru, kk, uz, en }
