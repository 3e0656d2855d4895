// Requests drawn from the reference: mostly as documented with something odd about each, sometimes odd from
// beginning to end. Which ids exist is asked when a request is sent, so a request can be drawn before.

import { ROLES } from '@byfly-pay/core'
import fc from 'fast-check'
import { type Components, fromSchema, type Schema, wild } from './from-schema.ts'
import type { Operation, Parameter } from './operations.ts'

export const CALLERS = ['source', 'other_source', 'nobody', 'garbage', ...ROLES] as const
/** Who gets furthest is drawn most. */
const EVERYTHING = ['super_admin', 'super_admin', 'super_admin', 'super_admin'] as const
export type Caller = (typeof CALLERS)[number]

/** A number of a thing that exists, by its place among those that are known; or a text. */
export type PathPart = { readonly known: number } | { readonly text: string }

export interface FuzzRequest {
  readonly operation: Operation
  readonly caller: Caller
  readonly path: Readonly<Record<string, PathPart>>
  readonly query: readonly (readonly [string, string])[]
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  /** Null where the request goes to its own operation; else what is done to method or path. */
  readonly twist: Twist | null
}

export type Twist =
  | { readonly kind: 'method'; readonly method: string }
  | { readonly kind: 'path'; readonly path: string }

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'PROPFIND', 'TRACE']
const TWISTED = [
  '/',
  '//',
  '/.',
  '/..',
  '/%2e%2e/',
  '/%2f',
  '/%00',
  ';x=1',
  '?',
  '#',
  '%',
  '/%zz',
  '/x/y/z',
]
/** A call that waits does so for a moment only, or all of the time would go into waiting. */
const WAITS = ['0', '1', '-1', '26', 'x', '']

const JSON_TYPES = ['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON']
const ODD_TYPES = [
  'text/plain',
  'application/xml',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  'application/json; charset=utf-16',
  'application/json/x',
  ';',
]
const ODD_HEADERS: Readonly<Record<string, readonly string[]>> = {
  'x-forwarded-for': ['10.1.2.3', '::1', "1'", 'a, b, c', '203.0.113.9'],
  'x-forwarded-proto': ['https', 'ftp', 'javascript'],
  'x-forwarded-host': ['evil.example', '//'],
  'x-http-method-override': ['DELETE'],
  'content-encoding': ['gzip', 'identity', 'br, gzip'],
  accept: ['application/xml', 'text/event-stream', '*/*', ';q=2'],
  'accept-language': ['kk', '*', 'x'.repeat(300)],
  origin: ['null', 'https://evil.example', 'file://'],
  referer: ['https://evil.example/'],
  cookie: ['byfly_session=x', '__Host-byfly_session=%00; a', '=;;;='],
  range: ['bytes=0-', 'bytes=9-1'],
  expect: ['200-ok'],
  'if-none-match': ['*', '"x"'],
  'last-event-id': ['0', '-1', '9999999999999999999', 'x'],
  'idempotency-key': ['a', 'b', 'x'.repeat(300), "'"],
  'user-agent': ['', "' OR 1=1", '<script>'],
}

export function requests(
  operations: readonly Operation[],
  components: Components,
): fc.Arbitrary<FuzzRequest> {
  return fc.oneof(...operations.map((operation) => requestOf(operation, components)))
}

function requestOf(operation: Operation, components: Components): fc.Arbitrary<FuzzRequest> {
  const own: readonly Caller[] = operation.isStaff ? [...EVERYTHING, ...ROLES] : ['source']
  return fc.record({
    operation: fc.constant(operation),
    caller: fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...own) },
      { weight: 1, arbitrary: fc.constantFrom(...CALLERS) },
    ),
    path: pathOf(operation, components),
    query: queryOf(operation, components),
    headers: headersOf(),
    body: operation.method === 'GET' ? fc.constant(null) : bodyOf(operation.body, components),
    twist: fc.oneof(
      { weight: 19, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: twist() },
    ),
  })
}

function pathOf(
  { parameters }: Operation,
  components: Components,
): fc.Arbitrary<FuzzRequest['path']> {
  const parts = parameters.filter((each) => each.in === 'path')
  return fc.record(
    Object.fromEntries(
      parts.map(({ name, schema }) => [
        name,
        fc.oneof(
          { weight: 7, arbitrary: fc.nat(999).map((known) => ({ known })) },
          { weight: 1, arbitrary: textOf(fromSchema(schema, components, name)) },
          { weight: 1, arbitrary: textOf(wild) },
        ),
      ]),
    ),
  )
}

function textOf(values: fc.Arbitrary<unknown>): fc.Arbitrary<{ text: string }> {
  return values.map((value) => ({ text: plain(value) }))
}

function plain(value: unknown): string {
  return (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 600)
}

function queryOf(
  { parameters }: Operation,
  components: Components,
): fc.Arbitrary<FuzzRequest['query']> {
  const known = parameters.filter((each) => each.in === 'query')
  const documented = known.map((each) =>
    fc.tuple(fc.constant(each.name), valueFor(each, components)),
  )
  const unknown = fc.tuple(fc.constantFrom('x', '__proto__', 'limit', 'a[b]', ''), wild.map(plain))
  const few =
    documented.length === 0 ? fc.constant([]) : fc.array(fc.oneof(...documented), { maxLength: 4 })
  return fc.oneof(
    { weight: 6, arbitrary: few },
    { weight: 1, arbitrary: fc.tuple(few, unknown).map(([pairs, odd]) => [...pairs, odd]) },
  )
}

function valueFor({ name, schema }: Parameter, components: Components): fc.Arbitrary<string> {
  if (name === 'wait') return fc.constantFrom(...WAITS)
  return fc.oneof(
    { weight: 5, arbitrary: fromSchema(schema, components, name).map(plain) },
    { weight: 1, arbitrary: wild.map(plain) },
  )
}

function headersOf(): fc.Arbitrary<Record<string, string>> {
  const odd = Object.entries(ODD_HEADERS).map(([name, values]) =>
    fc.tuple(fc.constant(name), fc.constantFrom(...values)),
  )
  const type = fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...JSON_TYPES) },
    { weight: 1, arbitrary: fc.constantFrom(...ODD_TYPES) },
  )
  return fc
    .tuple(
      type,
      fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        fc.array(fc.oneof(...odd), { maxLength: 3 }),
      ),
    )
    .map(([contentType, pairs]) => ({ 'content-type': contentType, ...Object.fromEntries(pairs) }))
}

function bodyOf(schema: Schema | null, components: Components): fc.Arbitrary<string | null> {
  const raw = fc.constantFrom(
    '{',
    '[]',
    '"x"',
    'null',
    '{"a":1,"a":2}',
    '{"__proto__":{"isAdmin":true}}',
    `${'['.repeat(2_000)}`,
    '\u0000',
    '\ufeff{}',
    '{"a":1}{"b":2}',
    'a=1&b=2',
  )
  if (schema === null) {
    return fc.oneof(
      { weight: 6, arbitrary: fc.constant(null) },
      raw,
      fc.constant('{}'),
      wild.map((each) => JSON.stringify(each)),
    )
  }
  const valid = fromSchema(schema, components)
  const spoilt = fc
    .tuple(valid, fc.nat(30), wild)
    .map(([body, at, value]) => spoil(body, at, value))
  return fc.oneof(
    { weight: 10, arbitrary: valid.map((each) => JSON.stringify(each)) },
    { weight: 6, arbitrary: spoilt.map((each) => JSON.stringify(each)) },
    { weight: 1, arbitrary: wild.map((each) => JSON.stringify(each)) },
    { weight: 1, arbitrary: raw },
    { weight: 1, arbitrary: fc.constant(null) },
  )
}

function spoil(body: unknown, at: number, value: unknown): unknown {
  if (typeof body !== 'object' || body === null) return value
  const names = Object.keys(body)
  const name = names[at % Math.max(1, names.length)] ?? 'amount'
  return { ...body, [name]: value }
}

function twist(): fc.Arbitrary<Twist> {
  return fc.oneof(
    fc.constantFrom(...METHODS).map((method) => ({ kind: 'method' as const, method })),
    fc.constantFrom(...TWISTED).map((path) => ({ kind: 'path' as const, path })),
  )
}
