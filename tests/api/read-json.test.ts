// The parser of bodies, alone: what it lets through and what it calls the rest (A19, A20, A22).

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readJson } from '../../packages/server/src/http/read-json.ts'
import { Refusal } from '../../packages/server/src/http/refusal.ts'

const LIMITS = { depth: 8, keys: 100 }

function read(text: string | Buffer): unknown {
  return readJson(Buffer.from(text), LIMITS)
}

function codeOf(text: string | Buffer): string {
  try {
    read(text)
    return 'accepted'
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error))
    return error.code
  }
}

test('an object is read, an empty body is no body, a byte order mark is ignored', () => {
  assert.deepEqual(read('{"a":[1,"ы",null]}'), { a: [1, 'ы', null] })
  assert.equal(read(''), undefined)
  assert.deepEqual(read('\ufeff{"a":1}'), { a: 1 })
})

test('whatever is no object of JSON in UTF-8 is broken_json', () => {
  const broken = ['[]', '1', '"a"', 'null', 'true', '{', '{"a":1', '{a:1}', "{'a':1}", '{"a":1,}']
  for (const text of [...broken, '{"a":NaN}', '{"a":01}', '\ufeff', ' ', '{"a":1}{"b":2}', '}{']) {
    assert.equal(codeOf(text), 'broken_json', text)
  }
  assert.equal(codeOf(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])), 'broken_json')
  // An unpaired surrogate as raw bytes is no UTF-8; as an escape it is a fault of its field.
  assert.equal(
    codeOf(Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x7d])),
    'broken_json',
  )
})

test('A19: __proto__ and constructor.prototype are refused at each depth', () => {
  const poisons = ['"__proto__":{"x":1}', '"__proto__":1', '"constructor":{"prototype":{"x":1}}']
  for (const poison of [...poisons, '"\\u005f_proto__":{}']) {
    for (let depth = 0; depth < 7; depth += 1) {
      const text = `{${'"a":{'.repeat(depth)}${poison}${'}'.repeat(depth)}}`
      assert.equal(codeOf(text), 'forbidden_key', text)
      if (depth < 5) assert.equal(codeOf(`{"list":[${text}]}`), 'forbidden_key', text)
    }
  }
  assert.equal(codeOf('{"constructor":"Иванов","prototype":1}'), 'accepted')
  assert.equal(({} as Record<string, unknown>)['x'], undefined)
})

test('A20: eight containers deep inside the body and no deeper, however it is spelled', () => {
  const nested = (depth: number, open: string, close: string) =>
    `{"a":${open.repeat(depth)}1${close.repeat(depth)}}`
  assert.equal(codeOf(nested(8, '[', ']')), 'accepted')
  assert.equal(codeOf(nested(8, '{"b":', '}')), 'accepted')
  assert.equal(codeOf(nested(9, '[', ']')), 'too_complex')
  assert.equal(codeOf(nested(9, '{"b":', '}')), 'too_complex')
  assert.equal(codeOf('['.repeat(60_000)), 'too_complex')
  assert.equal(codeOf('{"a":"[[[[[[[[[[[[\\"[[[[[[["}'), 'accepted')
})

test('A20: a hundred names in all and no more', () => {
  const wide = (names: number) =>
    JSON.stringify(Object.fromEntries(Array.from({ length: names }, (_, n) => [`k${n}`, n])))
  assert.equal(codeOf(wide(100)), 'accepted')
  assert.equal(codeOf(wide(101)), 'too_complex')
  assert.equal(codeOf(`{"m":${wide(99)}}`), 'accepted')
  assert.equal(codeOf(`{"m":${wide(100)}}`), 'too_complex')
})

test('two equal names are refused at any depth, also when spelled differently', () => {
  assert.equal(codeOf('{"amount":1,"amount":2}'), 'duplicate_key')
  assert.equal(codeOf('{"amount":1,"\\u0061mount":2}'), 'duplicate_key')
  assert.equal(codeOf('{"m":{"a":[{"b":1,"b":1}]}}'), 'duplicate_key')
  assert.equal(codeOf('{"a":":::","b":{"a":1}}'), 'accepted')
})

test('A22: NUL and unpaired surrogates name the field they are in', () => {
  for (const bad of ['\\u0000', '\\ud800', '\\udc00', 'a\\u0000b', '\\ud83dx']) {
    for (const body of [`{"f":"${bad}"}`, `{"f":{"a":["${bad}"]}}`, `{"f":{"${bad}":1}}`]) {
      assert.throws(
        () => read(body),
        (error: unknown) => {
          assert.ok(error instanceof Refusal)
          assert.equal(error.code, 'validation')
          assert.deepEqual(Object.keys(error.details.errors ?? {}), ['f'])
          return true
        },
      )
    }
    assert.equal(codeOf(`{"${bad}":1}`), 'forbidden_key')
  }
  assert.equal(codeOf('{"f":"\\ud83d\\ude00 😀"}'), 'accepted')
})

test('any JSON text is read as JSON.parse reads it, or refused by name; nothing else is thrown', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 12 }), (text) => {
      const code = codeOf(text)
      if (code === 'accepted') assert.deepEqual(read(text), JSON.parse(text))
    }),
    { numRuns: 500 },
  )
})

test('any bytes are read or refused by name', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      codeOf(Buffer.from(bytes))
    }),
    { numRuns: 500 },
  )
})
