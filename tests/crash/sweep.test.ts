// The table of crashes is complete, and a tenth of it holds: another tenth each time, by the seed that is
// printed. The whole: `npm run crash`.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allCells, batchesOf, type Cell, nameOf, runnableCells, whyNever } from './cells.ts'
import { FAULTS, faultOf, type Strike } from './faults.ts'
import { newSeed, oneOf, seeded, shuffled } from './seeded.ts'
import { STEPS } from './steps.ts'
import { runCells } from './sweep.ts'

const SEED = newSeed()

test('every step meets every fault, or says why it cannot', () => {
  const cells = allCells()
  assert.equal(cells.length, STEPS.length * FAULTS.length)
  assert.equal(new Set(cells.map(nameOf)).size, cells.length)
  const run = new Set(batchesOf(runnableCells()).flat().map(nameOf))
  for (const cell of cells) {
    const why = whyNever(cell)
    assert.ok(run.has(nameOf(cell)) ? why === null : (why ?? '').length > 20, nameOf(cell))
  }
  assert.deepEqual(
    [...new Set(STEPS.map(({ of }) => of))],
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13],
  )
})

/** A tenth: two processes that are killed, and one that lives through a fault of its own. */
function tenth(seed: number): Cell[][] {
  const chance = seeded(seed)
  const cells = runnableCells().filter(({ fault }) => faultOf(fault).isSlow !== true)
  const strikeOf = ({ fault }: Cell) => faultOf(fault).strike
  const killed = shuffled(
    chance,
    cells.filter((cell) => strikeOf(cell) === 'kill' && !faultOf(cell.fault).beside),
  )
  const strikes = [...new Set(cells.map(strikeOf))].filter((strike) => strike !== 'kill')
  const chosen: Strike = oneOf(chance, strikes)
  const lived = cells.filter((cell) => strikeOf(cell) === chosen).slice(0, STEPS.length)
  return [...batchesOf(killed).slice(0, 2), ...batchesOf(lived)]
}

for (const batch of tenth(SEED)) {
  test(`${batch.length} cells, ${batch[0]?.fault} and others; seed ${SEED}`, async () => {
    assert.deepEqual(await runCells(batch, SEED), [])
  })
}
