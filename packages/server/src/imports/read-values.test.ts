import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { RowFault, readMoment, readRateBp, readTiyn } from './read-values.ts'

function codeOf(work: () => unknown): string {
  try {
    return `read ${String(work())}`
  } catch (error) {
    assert.ok(error instanceof RowFault)
    return error.code
  }
}

describe('readTiyn', () => {
  it('M1: reads a sum exactly in each unit', () => {
    const read = (text: string, unit: 'tenge' | 'whole_tenge' | 'tiyn') =>
      codeOf(() => readTiyn(text, unit, 'amount'))
    assert.equal(read('10100.50', 'tenge'), 'read 1010050')
    assert.equal(read('0.29', 'tenge'), 'read 29')
    assert.equal(read('12345.6700', 'tenge'), 'read 1234567')
    assert.equal(read('10100', 'whole_tenge'), 'read 1010000')
    assert.equal(read('10100.00', 'whole_tenge'), 'read 1010000')
    assert.equal(read('10100', 'tiyn'), 'read 10100')
  })

  it('refuses what is not one sum for certain', () => {
    const faults = ['10.001', '1e3', '-5', '10,5', '1 000', 'NaN', '', '0x10', '١٠'].map((text) =>
      codeOf(() => readTiyn(text, 'tenge', 'amount')),
    )
    assert.deepEqual([...new Set(faults)], ['amount_unreadable'])
    assert.equal(
      codeOf(() => readTiyn('10.5', 'whole_tenge', 'amount')),
      'amount_unreadable',
    )
    assert.equal(
      codeOf(() => readTiyn('99999999999999999999', 'tenge', 'amount')),
      'amount_too_large',
    )
  })
})

describe('readRateBp', () => {
  it('reads a percent as basis points', () => {
    assert.equal(readRateBp('1.00', 'rate'), 100)
    assert.equal(readRateBp('14.5', 'rate'), 1_450)
    assert.equal(
      codeOf(() => readRateBp('14.555', 'rate')),
      'percent_unreadable',
    )
  })
})

describe('readMoment', () => {
  const BERLIN = { zone: 'Europe/Berlin', ambiguous: 'refuse' } as const
  const iso = (text: string, terms: Parameters<typeof readMoment>[1] = BERLIN) => {
    try {
      return new Date(readMoment(text, terms, 'at')).toISOString()
    } catch (error) {
      assert.ok(error instanceof RowFault)
      return error.code
    }
  }

  it('takes an offset at its word and a naive time by the zone, summer and winter', () => {
    assert.equal(iso('2025-07-01 12:00:00'), '2025-07-01T10:00:00.000Z')
    assert.equal(iso('2025-01-01T12:00:00.25'), '2025-01-01T11:00:00.250Z')
    assert.equal(iso('2025-07-01 12:00:00+05'), '2025-07-01T07:00:00.000Z')
    assert.equal(iso('2025-07-01T12:00:00-03:30'), '2025-07-01T15:30:00.000Z')
    assert.equal(iso('2025-07-01T12:00:00Z'), '2025-07-01T12:00:00.000Z')
    assert.equal(iso('2024-02-29'), '2024-02-28T23:00:00.000Z')
  })

  it('guesses neither the hour that was skipped nor the one that came twice', () => {
    assert.equal(iso('2025-03-30 02:30:00'), 'time_does_not_exist')
    assert.equal(iso('2025-10-26 02:30:00'), 'time_is_ambiguous')
    const [earlier, later] = (['earlier', 'later'] as const).map((ambiguous) =>
      iso('2025-10-26 02:30:00', { zone: 'Europe/Berlin', ambiguous }),
    )
    assert.deepEqual([earlier, later], ['2025-10-26T00:30:00.000Z', '2025-10-26T01:30:00.000Z'])
    // Kazakhstan put its clocks back on 2024-03-01: the last hour of February came twice.
    const almaty = { zone: 'Asia/Almaty', ambiguous: 'refuse' } as const
    assert.equal(iso('2024-02-29 23:30:00', almaty), 'time_is_ambiguous')
    assert.equal(iso('2025-02-29 10:00:00', almaty), 'time_does_not_exist')
    assert.equal(iso('01.02.2025 10:00', almaty), 'time_unreadable')
  })
})
