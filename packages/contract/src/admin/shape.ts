// Pieces of the administration's schemas that several nouns share.

import { type TSchema, Type } from 'typebox'

/** An answer says what its schema says, and nothing more. */
export const closed = { additionalProperties: false } as const

export function orNull<T extends TSchema>(schema: T, description: string, example?: unknown) {
  const examples = example === undefined ? {} : { examples: [example] }
  return Type.Union([schema, Type.Null()], { description, ...examples })
}

export function textOrNull(description: string, example: string | null = null) {
  return orNull(Type.String(), description, example)
}

/** One line of text with something in it. */
export function line(maxLength: number, description: string, example: string) {
  return Type.String({
    minLength: 1,
    maxLength,
    pattern: '\\S',
    description,
    examples: [example],
  })
}

export const countryIso = Type.String({
  pattern: '^[A-Z]{2}$',
  description: 'Страна по ISO 3166-1',
  examples: ['KZ'],
})

export const inTiyn = Type.Literal('tiyn', { description: 'Суммы здесь — целые тиыны' })

const LOCAL_TIME = 'YYYY-MM-DD HH:MM:SS, время Казахстана'
const UTC_TIME = 'ISO 8601, UTC'
const LOCAL_EXAMPLE = '2025-12-24 10:05:30'
const UTC_EXAMPLE = '2025-12-24T05:05:30.000Z'

/** T1. */
export function localMoment(description: string) {
  return Type.String({ description: `${description}: ${LOCAL_TIME}`, examples: [LOCAL_EXAMPLE] })
}

export function utcMoment(description: string) {
  return Type.String({
    format: 'date-time',
    description: `${description}: ${UTC_TIME}`,
    examples: [UTC_EXAMPLE],
  })
}

export function localOrNull(description: string) {
  return textOrNull(`${description}: ${LOCAL_TIME}`, LOCAL_EXAMPLE)
}

export function utcOrNull(description: string) {
  return orNull(Type.String({ format: 'date-time' }), `${description}: ${UTC_TIME}`, UTC_EXAMPLE)
}
