import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { saidOf } from './said.ts'

function said(value: unknown): unknown {
  const text = saidOf(Buffer.from(JSON.stringify(value)))
  assert.ok(text !== null)
  return JSON.parse(text)
}

test('what a device said is kept as it was, but for tokens, card numbers and invisible characters', () => {
  const answer = {
    statusCode: 0,
    data: {
      processId: '1685890325386',
      accessToken: 'a1b2',
      refreshToken: 'c3',
      addInfo: { ProductType: 'Gold' },
      chequeInfo: { amount: '505\u00a0₸', cardMask: '4400**1234' },
      pan: '4111111111111111',
      text: 'карта 4111111111111111 ок\u202e\u0000',
      notCard: '4111111111111112',
    },
  }
  assert.deepEqual(said(answer), {
    statusCode: 0,
    data: {
      processId: '1685890325386',
      accessToken: '[скрыто]',
      refreshToken: '[скрыто]',
      addInfo: { ProductType: 'Gold' },
      chequeInfo: { amount: '505 ₸', cardMask: '4400**1234' },
      pan: '411111******1111',
      text: 'карта 411111******1111 ок',
      notCard: '4111111111111112',
    },
  })
})

test('no JSON is nothing; deep and long answers are cut', () => {
  assert.equal(saidOf(Buffer.from('<html>')), null)
  const deep = JSON.parse(`${'['.repeat(50)}${']'.repeat(50)}`)
  assert.deepEqual(said(deep), [[[[[['…']]]]]])
  const long = said({ items: Array.from({ length: 60 }, () => 'я'.repeat(500)) })
  assert.ok(typeof long === 'string' && long.endsWith('…'))
  assert.equal(saidOf(Buffer.from('['.repeat(60_000))), null)
})

test('whatever bytes come, what is kept is valid JSON of at most 4 KB without control characters', () => {
  const bytes = fc.oneof(
    fc.json().map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array)),
  )
  fc.assert(
    fc.property(bytes, (body) => {
      const text = saidOf(body)
      if (text === null) return
      assert.ok(Buffer.byteLength(text) <= 4_096)
      JSON.parse(text)
      assert.doesNotMatch(text, /\\u0000|\p{Cc}/u)
    }),
  )
})
