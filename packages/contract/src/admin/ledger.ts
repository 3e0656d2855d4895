// Of which country and payment system a statement or a day is, and the bank's sums and verdicts.

import { Type } from 'typebox'

export const system = Type.String({
  pattern: '^[a-z][a-z0-9_]{0,62}$',
  description: 'Код платёжной системы',
  examples: ['kaspi'],
})
export const country = Type.Optional(
  Type.String({
    pattern: '^[A-Z]{2}$',
    description: 'Страна по ISO 3166-1; обычно KZ',
    examples: ['KZ'],
  }),
)

export const verdict = Type.Enum(['matched', 'different', 'ambiguous', 'missing_here'], {
  description:
    'matched — сошлась, different — расходится, ambiguous — подходит к нескольким, missing_here — ' +
    'в центре её нет',
  examples: ['matched'],
})
