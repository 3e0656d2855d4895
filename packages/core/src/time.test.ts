import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { displayTime, localTime, type Moment, momentOfLocal, utcTime } from './time.ts'

test('T1: the documented times are of the zone, to the second', () => {
  const moment = Date.UTC(2025, 11, 24, 20, 5, 30, 999)
  assert.equal(localTime(moment, 'Asia/Almaty'), '2025-12-25 01:05:30')
  assert.equal(localTime(moment, 'UTC'), '2025-12-24 20:05:30')
  assert.equal(localTime(moment - 20_000, 'UTC'), '2025-12-24 20:05:10')
  assert.equal(localTime(moment - 21_000, 'UTC'), '2025-12-24 20:05:09')
  assert.equal(utcTime(moment), '2025-12-24T20:05:30.999Z')
  assert.equal(localTime(Date.UTC(2026, 0, 1, 19, 0, 0), 'Asia/Almaty'), '2026-01-02 00:00:00')
})

test('people read a date as Kazakhstan writes it', () => {
  assert.equal(displayTime(Date.UTC(2026, 10, 24, 10, 30, 59), 'Asia/Almaty'), '24.11.2026, 15:30')
})

test('T1: every moment has the documented shape and is the UTC one moved by the zone', () => {
  const moments = fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2099, 0, 1) })
  fc.assert(
    fc.property(moments, (moment) => {
      const text = localTime(moment, 'Asia/Almaty')
      assert.match(text, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
      const back = Date.parse(`${text.replace(' ', 'T')}+05:00`)
      assert.equal(back, Math.floor(moment / 1_000) * 1_000)
    }),
  )
})

type Local = Parameters<typeof momentOfLocal>[0]

function utcOf(local: Local, zone: string): string | null {
  const moment: Moment | null = momentOfLocal(local, zone)
  return moment === null ? null : utcTime(moment)
}

test('a local time is a moment, and one that no calendar or clock shows is none', () => {
  assert.equal(utcOf([2026, 1, 1, 0, 0, 0], 'Asia/Almaty'), '2025-12-31T19:00:00.000Z')
  assert.equal(utcOf([2026, 12, 31, 23, 59, 59], 'UTC'), '2026-12-31T23:59:59.000Z')
  assert.equal(utcOf([2024, 2, 29, 12, 0, 0], 'UTC'), '2024-02-29T12:00:00.000Z')
  const none: readonly Local[] = [
    [2025, 2, 29, 0, 0, 0],
    [2025, 13, 1, 0, 0, 0],
    [2025, 0, 1, 0, 0, 0],
    [2025, 1, 0, 0, 0, 0],
    [2025, 4, 31, 0, 0, 0],
    // A whole year too far, so that month and day are the same again.
    [2025, 1, 366, 0, 0, 0],
    [2025, 1, 1, 24 * 365, 0, 0],
    [2025, 1, 1, 0, 60, 0],
    [2025, 1, 1, 0, 0, 60],
    // Written with three digits, taken for 1901, or five digits an hour further east.
    [100, 1, 1, 0, 0, 0],
    [1, 1, 1, 0, 0, 0],
    [9999, 12, 31, 23, 0, 0],
  ]
  for (const local of none) {
    for (const zone of ['UTC', 'Asia/Almaty'])
      assert.equal(momentOfLocal(local, zone), null, `${zone} ${local.join(' ')}`)
  }
})

test('a local time beside a change of the clock is that of its own side', () => {
  // Berlin puts the clock forward at 01:00 UTC of 29 March, and back at 01:00 UTC of 25 October.
  const berlin = (month: number, day: number, hour: number) =>
    utcOf([2026, month, day, hour, 30, 0], 'Europe/Berlin')
  assert.equal(berlin(3, 29, 1), '2026-03-29T00:30:00.000Z')
  assert.equal(berlin(3, 29, 3), '2026-03-29T01:30:00.000Z')
  assert.equal(berlin(10, 25, 1), '2026-10-24T23:30:00.000Z')
  assert.equal(berlin(10, 25, 3), '2026-10-25T02:30:00.000Z')
})
