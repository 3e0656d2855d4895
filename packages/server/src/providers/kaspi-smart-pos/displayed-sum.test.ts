import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseDisplayedSum } from './displayed-sum.ts'

test('sums as terminals display them', () => {
  const rows: [string, bigint][] = [
    ['505 ₸', 50_500n],
    ['10 100 ₸', 1_010_000n],
    ['10\u00a0100\u00a0₸', 1_010_000n],
    ['10\u202f100 ₸', 1_010_000n],
    ["1'234'567 KZT", 123_456_700n],
    ['1\u2019234 тг.', 123_400n],
    ['505', 50_500n],
    ['505₸', 50_500n],
    ['505,5 ₸', 50_550n],
    ['505.50 ₸', 50_550n],
    ['1 140,35 ₸', 114_035n],
    ['- 505 ₸', -50_500n],
    ['−505 ₸', -50_500n],
    ['+505 тенге', 50_500n],
    ['  505 kzt ', 50_500n],
    ['0 ₸', 0n],
  ]
  for (const [text, tiyn] of rows) assert.equal(parseDisplayedSum(text), tiyn, text)
})

test('a text that is not plainly one sum is not read', () => {
  const ambiguous = ['1,234 ₸', '1.234', '1,234.00', '1.234.567', '10 10 ₸', '1 0100', '10  100']
  const other = ['', '₸', '505 $', '505 руб', '5e3', '0x10', 'NaN', '٥٠٥', '505 ₸ 10', '--5', '5-']
  const large = ['9'.repeat(15), '90071992547410,00', ' '.repeat(60)]
  for (const text of [...ambiguous, ...other, ...large]) {
    assert.equal(parseDisplayedSum(text), null, text)
  }
})

test('every sum is read back whatever the spaces, signs and decimals', () => {
  const separator = fc.constantFrom('', ' ', '\u00a0', '\u202f', '\u2009', "'")
  const currency = fc.constantFrom('', ' ₸', '\u00a0₸', '₸', ' KZT', '\u00a0тг')
  const decimals = fc.constantFrom('', ',00', '.00')
  const sign = fc.constantFrom('', '- ', '-', '+')
  fc.assert(
    fc.property(
      fc.nat({ max: 99_999_999_999 }),
      separator,
      currency,
      decimals,
      sign,
      (tenge, space, unit, rest, minus) => {
        const digits = String(tenge).replace(/\B(?=(\d{3})+$)/g, space)
        const expected = BigInt(tenge) * 100n * (minus.startsWith('-') ? -1n : 1n)
        assert.equal(parseDisplayedSum(`${minus}${digits}${rest}${unit}`), expected)
      },
    ),
  )
})

test('no text makes it throw or take long', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 200 }),
      (text) => void parseDisplayedSum(text),
    ),
  )
  assert.equal(parseDisplayedSum('1 '.repeat(1_000_000)), null)
})
