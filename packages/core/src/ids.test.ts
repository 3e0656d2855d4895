import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseTransactionId, transactionIdOf } from './ids.ts'

test('N1: a transaction id is 32 upper-case hex characters, and any case leads back', () => {
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      const shown = transactionIdOf(id)
      assert.match(shown, /^[0-9A-F]{32}$/)
      assert.equal(parseTransactionId(shown), id)
      assert.equal(parseTransactionId(shown.toLowerCase()), id)
    }),
  )
})

test('N1: anything else is no transaction id', () => {
  const right = 'A'.repeat(32)
  const wrong = ['', right.slice(1), `${right}A`, `${right}\n`, ` ${right}`, 'G'.repeat(32)]
  for (const text of [...wrong, '\uff21'.repeat(32), `${right.slice(4)}-AAA`]) {
    assert.equal(parseTransactionId(text), null, JSON.stringify(text))
  }
})
