import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayNumber, dayText } from './day.ts'

test('days are counted, and what is not a day is none', () => {
  assert.equal(dayNumber('1970-01-01'), 0)
  assert.equal(dayNumber('1970-01-31'), 30)
  for (const text of ['2024-02-29', '2026-12-31', '2000-03-01']) {
    assert.equal(dayText(dayNumber(text) ?? Number.NaN), text)
  }
  for (const text of [
    '2025-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '20260101',
    '',
    'x',
    '-000001-01',
    '0900-07-30',
    '9999-12-31',
  ]) {
    assert.equal(dayNumber(text), null, text)
  }
})
