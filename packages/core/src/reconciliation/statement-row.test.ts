// How banks and spreadsheets write sums and moments, and what is refused rather than guessed.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readStatementRow, tiynOfText } from './statement-row.ts'

const ZONE = 'Asia/Almaty'

test('a sum is read in one way or not at all', () => {
  const sums: Readonly<Record<string, bigint | null>> = {
    '505 ₸': 50_500n,
    '- 505 ₸': -50_500n,
    '−1\u00a0234,56': -123_456n,
    '1 234 567,8': 123_456_780n,
    '1,234.56': 123_456n,
    '1.234,56': 123_456n,
    '1.234': 123_400n,
    '1,234,567': 123_456_700n,
    "1'000.00": 100_000n,
    '0.29': 29n,
    '1234.567': null,
    '1.2.3': null,
    '1,23,456': null,
    '1.234.56': null,
    '3,69935E+09': null,
    '=1+1': null,
    '': null,
    NaN: null,
    '99999999999999999999': null,
  }
  for (const [text, tiyn] of Object.entries(sums)) assert.equal(tiynOfText(text), tiyn, text)
})

test('every sum of tiyn comes back from each way to write it', () => {
  const groups = fc.constantFrom(' ', '\u00a0', '\u202f', '')
  fc.assert(
    fc.property(
      fc.bigInt(1n, 10n ** 14n),
      groups,
      fc.constantFrom(',', '.'),
      (tiyn, gap, point) => {
        const whole = String(tiyn / 100n).replace(/\B(?=(\d{3})+$)/g, gap)
        const text = `${whole}${point}${String(tiyn % 100n).padStart(2, '0')}`
        assert.equal(tiynOfText(text), tiyn)
        assert.equal(tiynOfText(`-${text} ₸`), -tiyn)
      },
    ),
  )
})

test('moments in the centre’s zone, as exact as the text', () => {
  const at = (text: string, time?: string) => {
    const cells = { at: text, amount: '1', ...(time === undefined ? {} : { time }) }
    const read = readStatementRow(cells, ZONE)
    if (read.kind !== 'row') return read.kind
    return [new Date(read.row.fromMs).toISOString(), read.row.toMs - read.row.fromMs + 1]
  }
  assert.deepEqual(at('04.06.2025 20:52:31'), ['2025-06-04T15:52:31.000Z', 1_000])
  assert.deepEqual(at('04.06.25 20:52'), ['2025-06-04T15:52:00.000Z', 60_000])
  assert.deepEqual(at('2025-06-04T20:52:31'), ['2025-06-04T15:52:31.000Z', 1_000])
  assert.deepEqual(at('04.06.2025'), ['2025-06-03T19:00:00.000Z', 86_400_000])
  assert.deepEqual(at('04.06.2025', '20:52'), ['2025-06-04T15:52:00.000Z', 60_000])
  assert.equal(at('31.02.2025 10:00'), 'no_operation')
  assert.equal(at('вчера'), 'no_operation')
})

test('rows: refunds by sign or word, faults by field, totals are no operations', () => {
  const sale = { at: '04.06.2025 20:52', number: '="3699352521"', amount: '505' }
  const read = (more: object) => readStatementRow({ ...sale, ...more }, ZONE)
  const row = read({ fee: '-5,05', payout: '499,95', product: ' Gold ', device: '' })
  assert.equal(row.kind, 'row')
  if (row.kind === 'row') {
    const { device, feeTiyn, move, number, payoutTiyn, product, tiyn } = row.row
    assert.deepEqual([move, number, tiyn], ['sale', '3699352521', 50_500n])
    assert.deepEqual([feeTiyn, payoutTiyn, product, device], [505n, 49_995n, 'Gold', null])
  }
  const moves = [read({ amount: '-505' }), read({ operation: 'Возврат покупки' })]
  assert.deepEqual(
    moves.map((told) => told.kind === 'row' && told.row.move),
    ['refund', 'refund'],
  )
  assert.deepEqual(read({ amount: 'x' }), { kind: 'fault', field: 'amount' })
  assert.deepEqual(read({ number: '3,69935E+09' }), { kind: 'fault', field: 'number' })
  assert.deepEqual(read({ at: '' }), { kind: 'fault', field: 'at' })
  assert.deepEqual(readStatementRow({ at: 'Итого', amount: '505' }, ZONE), { kind: 'no_operation' })
})

test('a sum in the words of a bank, spreadsheet or people', () => {
  const sums: Readonly<Record<string, bigint | null>> = {
    '505 KZT': 50_500n,
    '505 kzt': 50_500n,
    '505 тг': 50_500n,
    '505 тг.': 50_500n,
    '505 тенге': 50_500n,
    '505тенге за всё': null,
    'KZT 505': null,
    '₸ 505': null,
    '+505,5': 50_550n,
    '–505': -50_500n,
    '505-': null,
    '505 -': null,
    '1−2': null,
    x505: null,
    '505x': null,
    '1’000,00': 100_000n,
    '1\u202f000': 100_000n,
    '-1,234.56': -123_456n,
    '+1.234': 123_400n,
    '-12.345.678,9': -1_234_567_890n,
    '123,456,789.01': 12_345_678_901n,
    '1234,567': null,
    '1,234,56': null,
    '1,234.567.890': null,
    '1.234,567': null,
    'x1,234': null,
    '1,234x': null,
    '1,234,567.891': null,
    '70368744177664': 7_036_874_417_766_400n,
    '70368744177664,01': null,
  }
  for (const [text, tiyn] of Object.entries(sums)) assert.equal(tiynOfText(text), tiyn, text)
})

const MOMENTS: Readonly<Record<string, string | null>> = {
  '4.6.2025': '2025-06-04',
  '4/6/25, 1:02': '2025-06-04',
  '2025-06-04': '2025-06-04',
  '2025-06-04T01:02:03.123456': '2025-06-04',
  '2025-06-04   01:02': '2025-06-04',
  '04.06.2025  01:02': '2025-06-04',
  '004.06.2025': null,
  '04.006.2025': null,
  '04.06.202': null,
  '04.06.20255': null,
  'от 04.06.2025': null,
  '04.06.202501:02': null,
  '04-06-2025': null,
  '2025-6-4': null,
  '12025-06-04': null,
  '2025-06-0401:02': null,
  '04.06.2025 01:2': null,
  '04.06.2025 001:02': null,
  '04.06.2025 01:02:3': null,
  '04.06.2025 01:02:03.': null,
  '04.06.2025 01:02:03.1234567': null,
  '04.06.2025 в 01:02': null,
  '04.06.2025 01:02 утра': null,
  '04.06.2025 24:00': null,
}

test('a day as people write it, and nothing that may be another', () => {
  for (const [text, day] of Object.entries(MOMENTS)) {
    const read = readStatementRow({ at: text, amount: '1' }, 'UTC')
    const told = read.kind === 'row' ? new Date(read.row.fromMs).toISOString() : null
    assert.equal(told?.slice(0, 10) ?? null, day, text)
  }
  const twice = readStatementRow({ at: '04.06.2025 01:02', time: '03:04', amount: '1' }, 'UTC')
  assert.ok(twice.kind === 'row')
  assert.equal(new Date(twice.row.fromMs).toISOString(), '2025-06-04T03:04:00.000Z')
})

test('cells are trimmed, and every optional one may be empty, a dash, or at fault by name', () => {
  const sale = { at: ' 04.06.2025 20:52 ', amount: ' 505 ' }
  const read = (more: object) => readStatementRow({ ...sale, ...more }, ZONE)
  const bare = read({})
  assert.ok(bare.kind === 'row')
  const { fromMs, toMs, ...row } = bare.row
  assert.equal(toMs - fromMs, 59_999)
  const nothing = { number: null, rrn: null, feeTiyn: null, payoutTiyn: null, device: null }
  assert.deepEqual(row, { move: 'sale', tiyn: 50_500n, ...nothing, product: null })
  const dashes = read({ fee: '-', payout: '-' })
  assert.ok(dashes.kind === 'row')
  assert.deepEqual([dashes.row.feeTiyn, dashes.row.payoutTiyn], [null, null])
  for (const field of ['fee', 'payout', 'amount'] as const) {
    assert.deepEqual(read({ [field]: 'x' }), { kind: 'fault', field })
  }
  for (const field of ['number', 'rrn'] as const) {
    for (const text of ['3,7E+09', 'a b', '№7', '7'.repeat(65), '="7', 'x"7"', '7"x', "7'8"]) {
      assert.deepEqual(read({ [field]: text }), { kind: 'fault', field }, text)
    }
    for (const text of ['="7a-B"', "'7a-B", '7a-B']) {
      const told = read({ [field]: text })
      assert.equal(told.kind === 'row' && told.row[field], '7a-B', text)
    }
    assert.equal(read({ [field]: '7'.repeat(64) }).kind, 'row')
  }
  assert.deepEqual(read({ amount: '0' }), { kind: 'fault', field: 'amount' })
  const long = read({ device: 'd'.repeat(70), product: 'p'.repeat(70), payout: '-1', fee: '2' })
  assert.ok(long.kind === 'row')
  assert.deepEqual([long.row.device, long.row.product], ['d'.repeat(64), 'p'.repeat(64)])
  assert.deepEqual([long.row.payoutTiyn, long.row.feeTiyn], [100n, 200n])
})

test('a refund is known by any of its words, in any letters', () => {
  const move = (operation: string) => {
    const read = readStatementRow({ at: '04.06.2025', amount: '505', operation }, ZONE)
    return read.kind === 'row' && read.row.move
  }
  for (const word of ['ВОЗВРАТ', 'отмена', 'Сторно', 'Refund', 'return', 'reversal']) {
    assert.equal(move(`${word} 1`), 'refund', word)
  }
  for (const word of ['', 'Покупка', 'Sale']) assert.equal(move(word), 'sale', word)
})

test('without a day a row is an operation when it has a number of four digits or more', () => {
  const kindOf = (cells: object) => readStatementRow({ amount: '505', ...cells }, ZONE).kind
  for (const number of ['1234', '="12345"', "'1234", '=1234']) {
    assert.equal(kindOf({ number }), 'fault', number)
    assert.equal(kindOf({ rrn: number }), 'fault', number)
  }
  for (const number of ['', '123', 'a1234', '1234a', '12 34', '1234""']) {
    assert.equal(kindOf({ number, rrn: number }), 'no_operation', number)
  }
})

test('a cell that says that there is no number has none', () => {
  for (const number of ['', '-', '—', 'null', 'NULL', 'None', 'n/a', '0', '="0"', "'-"]) {
    const read = readStatementRow(
      { at: '25.11.2026 10:00', amount: '100', number, rrn: number },
      ZONE,
    )
    assert.ok(read.kind === 'row', number)
    assert.deepEqual([read.row.number, read.row.rrn], [null, null], number)
  }
})
