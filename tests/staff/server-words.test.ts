// What the centre itself says to staff, by language: nothing is missing, each language keeps to its own letters, and
// none has a sentence of another left.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LANGUAGES, type Language } from '@byfly-pay/core'
import { ALERT_WORDS } from '../../packages/server/src/alerts/words/words.ts'
import { DESK_WORDS } from '../../packages/server/src/desks/words/words.ts'
import { TEXT_ADVICE } from '../../packages/server/src/notices/text-advice.ts'
import { PAYMENT_WORDS } from '../../packages/server/src/payments/words/words.ts'
import { TERMINAL_WORDS } from '../../packages/server/src/terminals/words/words.ts'

const TABLES: Readonly<Record<string, Readonly<Record<Language, unknown>>>> = {
  alerts: ALERT_WORDS,
  desks: DESK_WORDS,
  texts: TEXT_ADVICE,
  payments: PAYMENT_WORDS,
  terminals: TERMINAL_WORDS,
}

/** Stands for whatever a sentence is told with: a text, or an object of texts. */
const ANYTHING: object = new Proxy(
  {},
  { get: (_, name) => (name === Symbol.toPrimitive ? () => '7' : '7') },
)

/** The same sentence where none of its parts is there: those that it says all the same are taken out below. */
const NOTHING: object = new Proxy(
  {},
  { get: (_, name) => (name === Symbol.toPrimitive ? () => '7' : null) },
)

function textsOf(words: unknown, path = ''): [string, string][] {
  if (typeof words === 'string') return [[path, words]]
  if (typeof words === 'function') {
    return [ANYTHING, NOTHING].map((part) => [
      path,
      String(words(part, part, part)).replaceAll('null', '7'),
    ])
  }
  if (typeof words !== 'object' || words === null) return []
  return Object.entries(words).flatMap(([name, value]) => textsOf(value, `${path}.${name}`))
}

/** Names of things, which are the same everywhere, and what is written on a terminal's screen. */
const NAMES =
  /Kaspi Pay|Kaspi|BYFLY_\w+|sms\.ndjson|kaspipos\.kz|pinned|https?|Wi-Fi|[«“](Разрешить|Запретить)[»”]|\b(API|HTTP|JSON|QR|SIM|SMS|TLS)\b/g

const FOREIGN: Readonly<Record<Language, RegExp>> = {
  ru: /[A-Za-zӘәҒғҚқҢңӨөҰұҮүҺһІі]/,
  kk: /[A-Za-z]/,
  // Letters of other alphabets, and marks that only look like ʻ and ʼ.
  uz: /[Ѐ-ӿ'`´‘’]/,
  en: /[Ѐ-ӿ'`«»]/,
}

for (const [table, byLanguage] of Object.entries(TABLES)) {
  test(`${table}: four languages say the same things, each in its own letters`, () => {
    const places = textsOf(byLanguage.ru).map(([path]) => path)
    for (const language of LANGUAGES) {
      const texts = textsOf(byLanguage[language])
      assert.deepEqual(texts.map(([path]) => path).sort(), [...places].sort(), language)
      assert.deepEqual(
        texts.filter(([, text]) => text === '' || FOREIGN[language].test(text.replace(NAMES, ''))),
        [],
        language,
      )
    }
  })

  test(`${table}: no sentence is another language's`, () => {
    const russian = new Set(textsOf(byLanguage.ru).map(([, text]) => text))
    const same = textsOf(byLanguage.kk).filter(([, text]) => /\s/.test(text) && russian.has(text))
    assert.deepEqual(same, [])
  })
}

test('what is not known has its words too', () => {
  for (const language of LANGUAGES) {
    const { disagreement, paidTwice } = DESK_WORDS[language]
    const texts = [
      disagreement(null, null, null),
      disagreement('7', undefined, null),
      paidTwice(null, '7'),
      PAYMENT_WORDS[language].terminal(null),
      PAYMENT_WORDS[language].toldSucceeded('7', null),
    ]
    for (const text of texts) assert.doesNotMatch(text, /null|undefined|№ $/)
    for (const text of texts) assert.doesNotMatch(text, FOREIGN[language])
  }
})
