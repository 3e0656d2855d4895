// Values that a JSON Schema of the reference allows, and values that it does not. Addresses are never invented:
// nothing that is drawn here may be called.

import fc from 'fast-check'

export interface Schema {
  readonly $ref?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly type?: string | readonly string[]
  readonly pattern?: string
  readonly format?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly items?: Schema
  readonly minItems?: number
  readonly maxItems?: number
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
}

export type Components = Readonly<Record<string, Schema>>

const DEPTH_LIMIT = 5
const TEXT_LIMIT = 60
const ITEMS_LIMIT = 3

/** Nobody listens there, and no name has to be looked up. */
const ADDRESSES = [
  'http://127.0.0.1:9/hook',
  'http://[::1]:9/',
  'http://127.0.0.1:9/?a=%00',
  'https://10.0.0.1/',
  'https://169.254.169.254/latest',
  'http://user:pw@127.0.0.1:9/',
  'javascript:alert(1)',
  '',
]
const METHODS = ['kaspi_gold', 'kaspi_gold', 'kaspi_red', 'kaspi_credit', 'card', 'x']
const HOSTS = [
  '127.0.0.1',
  '127.0.0.1:9',
  '[::1]',
  '0',
  '169.254.169.254',
  'http://127.0.0.1',
  '::',
]

/** What careless code trips over. */
export const wild: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    null,
    true,
    -1,
    0,
    0.1,
    1e308,
    2 ** 53,
    -(2 ** 31),
    '',
    ' ',
    'null',
    'x'.repeat(5_000),
    '\u0000',
    '\ud800',
    '\u202e',
    '__proto__',
    "' OR 1=1 --",
    "'; DROP TABLE payments; --",
    '../../etc/passwd',
    '%00%0d%0a',
    '0'.repeat(400),
    '１２３',
    'NaN',
    '2026-02-30',
    '9999-12-31',
    '0000-00-00',
    [],
    {},
    [[[]]],
    { length: -1 },
    { constructor: { prototype: {} } },
  ),
  fc.jsonValue({ maxDepth: 2 }),
  fc.string({ unit: 'binary', maxLength: TEXT_LIMIT }),
)

/** @param name of the field, by which addresses are known */
export function fromSchema(
  schema: Schema,
  components: Components,
  name = '',
  depth = 0,
): fc.Arbitrary<unknown> {
  if (depth > DEPTH_LIMIT) return fc.constant(null)
  const inner = (each: Schema, key = name) => fromSchema(each, components, key, depth + 1)
  if (schema.$ref !== undefined) {
    const target = components[schema.$ref.split('/').at(-1) ?? '']
    return target === undefined ? fc.constant(null) : inner(target)
  }
  if ('const' in schema) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map((each) => inner(each)))
  const { type } = schema
  if (Array.isArray(type)) return fc.oneof(...type.map((each) => inner({ ...schema, type: each })))
  switch (type) {
    case 'string':
      return textOf(schema, name)
    case 'integer':
      return integerOf(schema, name)
    case 'number':
      if (name === 'amount') return integerOf(schema, name)
      return fc.oneof(fc.integer(boundsOf(schema)), fc.double({ ...boundsOf(schema), noNaN: true }))
    case 'boolean':
      return fc.boolean()
    case 'array':
      return fc.array(inner(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.max(
          schema.minItems ?? 0,
          Math.min(schema.maxItems ?? ITEMS_LIMIT, ITEMS_LIMIT),
        ),
      })
    case 'object':
      return objectOf(schema, inner)
    default:
      return fc.jsonValue({ maxDepth: 2 })
  }
}

function textOf(schema: Schema, name: string): fc.Arbitrary<string> {
  if (schema.format === 'uri' || /url/.test(name)) return fc.constantFrom(...ADDRESSES)
  if (/ip_address|host/.test(name)) return fc.constantFrom(...HOSTS)
  if (schema.format === 'uuid') return fc.uuid()
  if (/method/.test(name)) return fc.constantFrom(...METHODS)
  if (name === 'currency') return fc.constantFrom('KZT', 'KZT', 'USD')
  if (schema.format === 'date-time') {
    return fc.date({ noInvalidDate: true }).map((date) => date.toISOString())
  }
  if (schema.pattern !== undefined && schema.pattern !== '\\S') {
    return fc.stringMatching(new RegExp(schema.pattern, 'u'))
  }
  const minLength = schema.minLength ?? 0
  const maxLength = Math.max(minLength, Math.min(schema.maxLength ?? TEXT_LIMIT, TEXT_LIMIT))
  const phones = fc.constantFrom('+77011234567', '87021234567', '+77000000000')
  const text = fc.string({ unit: 'grapheme', minLength, maxLength })
  return /phone/.test(name) ? fc.oneof(phones, text) : text
}

function integerOf(schema: Schema, name: string): fc.Arbitrary<number> {
  const any = fc.integer(boundsOf(schema))
  // Sums and numbers that a call gets further with than with most of those that its schema allows.
  if (name === 'amount') return fc.oneof(fc.constantFrom(100_000, 250_000, 1_000_000), any)
  return /_id$/.test(name) ? fc.oneof(fc.integer({ min: 1, max: 9 }), any) : any
}

function boundsOf({ minimum, maximum }: Schema): { min: number; max: number } {
  const min = minimum ?? 0
  return { min, max: Math.max(min, maximum ?? min + 1_000_000) }
}

function objectOf(
  { properties = {}, required = [] }: Schema,
  inner: (schema: Schema, key: string) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  const names = Object.keys(properties)
  if (names.length === 0)
    return fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue({ maxDepth: 1 }))
  const fields = Object.fromEntries(
    Object.entries(properties).map(([key, each]) => [key, inner(each, key)]),
  )
  return fc.record(fields, { requiredKeys: required.filter((key) => key in fields) })
}
