// Pieces of the administration's schemas that several nouns share.

import { type TSchema, Type } from 'typebox'

/** An answer says what its schema says, and nothing more. */
export const closed = { additionalProperties: false } as const

export function orNull<T extends TSchema>(schema: T, description: string) {
  return Type.Union([schema, Type.Null()], { description })
}

/** One line of text with something in it. */
export function line(maxLength: number, description: string) {
  return Type.String({ minLength: 1, maxLength, pattern: '\\S', description })
}

export const countryIso = Type.String({
  pattern: '^[A-Z]{2}$',
  description: 'Страна по ISO 3166-1',
  examples: ['KZ'],
})

export const inTiyn = Type.Literal('tiyn', { description: 'Суммы здесь — целые тиыны' })

export function localMoment(description: string) {
  return Type.String({ description: `${description}: YYYY-MM-DD HH:MM:SS, время Казахстана` })
}

export function utcMoment(description: string) {
  return Type.String({ description: `${description}: ISO 8601, UTC` })
}
