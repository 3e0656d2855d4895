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
