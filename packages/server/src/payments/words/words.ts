// What is said of a payment, by language.

import type { Language } from '@byfly-pay/core'
import { en } from './en.ts'
import { kk } from './kk.ts'
import { ru } from './ru.ts'
import type { PaymentWords } from './shape.ts'
import { uz } from './uz.ts'

export const PAYMENT_WORDS: Readonly<Record<Language, PaymentWords>> = { ru, kk, uz, en }
