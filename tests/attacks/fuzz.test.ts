// A slice of `npm run fuzz` (A27): every route of the reference, random requests by everybody, no fault of the
// program, no answer that the reference does not know, books that add up.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newSeed } from '../crash/seeded.ts'
import { runFuzz } from '../fuzz/fuzz.ts'

const SEED = newSeed()

test(`A27: 2 000 random requests find no fault (seed ${SEED})`, async () => {
  const report = await runFuzz({ requests: 2_000, seed: SEED })
  assert.deepEqual(report.faults, [], `npm run fuzz -- --requests 2000 --seed ${SEED}`)
  assert.ok(report.sent >= 2_000)
  assert.ok((report.byStatus.get(200) ?? 0) > 200, 'requests reach what they are about')
})
