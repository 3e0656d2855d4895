// Totals of lists over a year and a half: whole months, days at their edges and what is not folded yet come
// to the same number as counting would, wherever a period begins and ends. A failure names its seed.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayNumber, dayText, EVERYTHING, momentOfLocal } from '@byfly-pay/core'
import { countByDays } from '../../packages/server/src/storage/figure-counts.ts'
import { sessionOf } from '../../packages/server/src/storage/session.ts'
import { chanceOf, openFigureWorld, ZONE } from './figure-world.ts'

const SEED = Number(process.env['FIGURES_SEED'] ?? Date.now() % 1_000_000)
const FIRST_DAY = dayNumber('2025-01-01') ?? 0
const DAYS = 540
/** The other moment of a payment, which no period that is asked for holds. */
const LONG_BEFORE = '2020-02-29T00:00:00Z'
const LONG_AFTER = '2030-02-28T00:00:00Z'

/** The moment at which a day begins. */
function startOf(day: number): number {
  const [year = 0, month = 0, date = 0] = dayText(day).split('-').map(Number)
  return momentOfLocal([year, month, date, 0, 0, 0], ZONE) ?? 0
}

for (const by of ['created_at', 'paid_at'] as const) {
  test(`T4: any days of many months by ${by}, folded in part (seed ${SEED})`, () => countsAgree(by))
}

async function countsAgree(by: 'created_at' | 'paid_at'): Promise<void> {
  const world = await openFigureWorld()
  const chance = chanceOf(SEED)
  const created = Array.from({ length: 400 }, () => FIRST_DAY + chance.below(DAYS))
  const count = (from: number | null, to: number | null) => {
    const period = {
      by,
      fromMs: from === null ? null : startOf(from),
      beforeMs: to === null ? null : startOf(to + 1),
    }
    const filter = { sourceId: null, status: null, method: null, period }
    return world.storage.transaction((tx) => countByDays(sessionOf(tx), EVERYTHING, filter))
  }
  const agrees = async () => {
    for (let n = 0; n < 60; n += 1) {
      const from = chance.often(0.2) ? null : FIRST_DAY + chance.below(DAYS)
      const longest = chance.often(0.5) ? 40 : DAYS
      const to = chance.often(0.2) ? null : (from ?? FIRST_DAY) + chance.below(longest)
      const expected = created.filter(
        (day) => (from === null || day >= from) && (to === null || day <= to),
      ).length
      const asked = `${from === null ? '' : dayText(from)}…${to === null ? '' : dayText(to)}`
      assert.equal(await count(from, to), BigInt(expected), asked)
    }
  }
  try {
    for (const day of created) {
      // Late in the evening of Almaty it is still the same day, and in UTC it may be another.
      const at = new Date(startOf(day) + chance.below(24 * 60) * 60_000)
      await world.sql(
        `INSERT INTO figure_deltas (created_at, money_at, source_id, country_iso, currency, status, payments)
         VALUES ($1, $2, 1, 'KZ', 'KZT', 'paid', 1)`,
        by === 'created_at' ? [at, LONG_AFTER] : [LONG_BEFORE, at],
      )
    }
    await agrees()
    for (const limit of [150, 1_000]) {
      await world.storage.transaction((tx) => world.storage.figures.fold(tx, limit))
      await agrees()
    }
  } finally {
    await world.end()
  }
}
