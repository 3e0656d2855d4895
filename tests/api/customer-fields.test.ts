// Phones, addresses, and card numbers that must not be here (T7, T8), without HTTP.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parsePhone } from '../../packages/server/src/accounts/phone.ts'
import { hasCardNumber } from '../../packages/server/src/payments/card-numbers.ts'
import {
  isEmail,
  lineFault,
  textFault,
} from '../../packages/server/src/payments/customer-fields.ts'

test('T8: every usual way of writing a Kazakh number is kept as E.164', () => {
  const ways = ['+77001234567', '87001234567', '77001234567', '7001234567', '+7 700 123 45 67']
  const more = ['8 (700) 123-45-67', '8-700-123-45-67', '+7(700)1234567', ' 8 700 1234567 ']
  for (const way of [...ways, ...more]) {
    assert.equal(parsePhone(way), '+77001234567', way)
  }
})

test('T8: numbers of other countries need their plus', () => {
  assert.equal(parsePhone('+998 90 123 45 67'), '+998901234567')
  assert.equal(parsePhone('+44 20 7946 0958'), '+442079460958')
})

test('T8: what is no phone number is refused', () => {
  const wrong = ['', 'abc', '123', '+7', '+7700123456', '+770012345678', '++77001234567', '8700']
  const words = [
    'звоните +77001234567',
    '+77001234567 доб. 5',
    '+77001234567;ext=5',
    '７００１２３４５６７',
  ]
  for (const text of [...wrong, ...words, '+', '()', '-----', '+7 700 123 45 67 x1']) {
    assert.equal(parsePhone(text), null, text)
  }
})

test('T8: a parsed number parses to itself', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'+0123456789 ()-'), maxLength: 20 }),
      (text) => {
        const phone = parsePhone(text)
        if (phone === null) return
        assert.match(phone, /^\+[1-9]\d{3,14}$/)
        assert.equal(parsePhone(phone), phone)
      },
    ),
    { numRuns: 500 },
  )
})

test('an e-mail is one address and nothing more', () => {
  const right = ['a@b.kz', 'client@example.com', 'a.b+tag@mail.example.co.uk', 'имя@почта.қаз']
  for (const text of right) assert.equal(isEmail(text), true, text)
  const wrong = ['', 'a', 'a@b', '@b.kz', 'a@.kz', 'a@b..kz', 'a b@c.kz', 'a@b.kz,c@d.kz']
  const headers = ['a@b.kz\nBcc: x@y.kz', 'A <a@b.kz>', '"a"@b.kz', `${'a'.repeat(250)}@b.kz`]
  for (const text of [...wrong, ...headers, 'a@b.k', 'a@@b.kz']) {
    assert.equal(isEmail(text), false, text)
  }
})

test('T7: card numbers are found in every usual spelling, among other words and numbers', () => {
  const cards = [
    '4111111111111111',
    '4111 1111 1111 1111',
    '4111-1111-1111-1111',
    '5500000000000004',
  ]
  const more = ['378282246310005', '3782 822463 10005', '30569309025904', '6011111111111117']
  const wide = ['3530111333300000', '2200770212727079', '4000000000000000006', '4222222222222']
  for (const card of [...cards, ...more, ...wide]) {
    assert.equal(hasCardNumber(card), true, card)
    assert.equal(hasCardNumber(`Оплата картой ${card}, спасибо`), true, card)
    assert.equal(hasCardNumber(`Заказ 12345 ${card} от 2025`), true, card)
  }
  assert.equal(hasCardNumber('4111\u00a01111\u00a01111\u00a01111'), true)
  assert.equal(hasCardNumber('4111–1111–1111–1111'), true)
})

test('T7: orders, phones, IINs, dates and sums are no cards', () => {
  const innocent = [
    'Оплата за тур в Дубай, заказ 12345',
    '+7 700 123 45 67',
    'ИИН 990101300123',
    'Счёт KZ86125KZT5004100100',
    '4111111111111112',
    '1234567890123456',
    '0000000000000000',
    '2025-12-24 15:30:00 10 000 000,00',
    'Договор 20251224-000000000123',
    '41111111111111111111111111',
  ]
  for (const text of innocent) assert.equal(hasCardNumber(text), false, text)
})

test('T7: a number is searched in time that does not run away', () => {
  const started = performance.now()
  for (const text of ['4 '.repeat(500), '4-'.repeat(500), '4'.repeat(1_000), '41 1'.repeat(250)]) {
    hasCardNumber(text)
  }
  assert.ok(performance.now() - started < 200)
})

test('A22: marks that turn text around are refused, letters that run from right to left are not', () => {
  assert.equal(lineFault('Иванов Иван, Әсел, שלום, مرحبا, 全角'), null)
  for (const mark of ['\u202e', '\u202a', '\u2066', '\u2069', '\u001b', '\u0085', '\n']) {
    assert.notEqual(lineFault(`a${mark}b`), null)
  }
  assert.equal(textFault('строка\nвторая\tс отступом\r\n'), null)
  assert.notEqual(textFault('a\u202eb'), null)
})
