// What is said of alerts, by language.

import type { Language } from '@byfly-pay/core'
import { en } from './en.ts'
import { kk } from './kk.ts'
import { ru } from './ru.ts'
import type { AlertWords } from './shape.ts'
import { uz } from './uz.ts'

export const ALERT_WORDS: Readonly<Record<Language, AlertWords>> = { ru, kk, uz, en }
