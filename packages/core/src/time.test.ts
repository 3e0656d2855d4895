import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { displayTime, localTime, utcTime } from './time.ts'

test('T1: the documented times are of the zone, to the second', () => {
  const moment = Date.UTC(2025, 11, 24, 20, 5, 30, 999)
  assert.equal(localTime(moment, 'Asia/Almaty'), '2025-12-25 01:05:30')
  assert.equal(localTime(moment, 'UTC'), '2025-12-24 20:05:30')
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
