// Less than a minute of chaos at each run, by the seed that is printed. Longer: `npm run chaos`.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newSeed } from '../crash/seeded.ts'
import { runChaos } from './chaos.ts'

const SEED = newSeed()

test(`chaos: what was acknowledged is there, the books equal the journals; seed ${SEED}`, async () => {
  const report = await runChaos({
    minutes: 0.5,
    seed: SEED,
    strikeEveryMs: 1_500,
    customers: 4,
    say: () => {},
  })
  assert.deepEqual(report.wrong, [])
  assert.ok(report.acknowledged > 0, 'ни одного платежа')
  assert.ok(report.strikes.size > 0, 'ни одного удара')
})
