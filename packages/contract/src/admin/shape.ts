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

/** A code of the centre's own lists: a method, a payment system. */
export const CODE = '^[a-z][a-z0-9_]{0,62}$'
/** A day of the calendar as the query of a list names it. */
export const DAY = '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'
/** The number of a payment, a try or a delivery as a caller may write it. */
export const HEX_ID = '^[0-9A-Fa-f]{32}$'

export function hexId(description: string) {
  return Type.String({ description, examples: ['019B4F5C8A317D02A6C1E5B4D3F20718'] })
}

export function hexIdOrNull(description: string) {
  return textOrNull(description, '019B4F5C8A317D02A6C1E5B4D3F20718')
}

/** A sum that is only shown (M1). */
export function tiyn(description: string, example: number) {
  return Type.Integer({ description: `${description}, в тиынах`, examples: [example] })
}

/** The rate of a method, in percent to two places. */
export function percent(description: string) {
  return Type.Number({ description: `${description}, в процентах`, examples: [1] })
}

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
