// All that the console says, by language. Russian is written first and gives the shape: a language that
// lacks a sentence does not compile.

import { en } from './en.ts'
import { kk } from './kk.ts'
import { ru } from './ru.ts'
import { uz } from './uz.ts'

export const LANGUAGES = ['ru', 'kk', 'uz', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  ru: 'Русский',
  kk: 'Қазақша',
  uz: 'Oʻzbekcha',
  en: 'English',
}

export const WORDS = { ru, kk, uz, en } as const
