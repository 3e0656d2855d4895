// Whole payments on hundreds of devices that are legal but odd: the driver finds exactly the truth,
// or holds the sum for a person where the device does not tell it (S6b).

import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { after, test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { driverUnderTest } from './driver-under-test.ts'
import { type Dialect, dialects } from './odd-device/dialect.ts'
import { enterOddDevice, type Way, ways } from './odd-device/enter-device.ts'
import { CANARY } from './odd-device/plain-answer.ts'
import { payments } from './odd-device/stories.ts'
import type { Story } from './odd-device/story.ts'
import { takePayment } from './odd-device/take-payment.ts'
import { trueObservations, trueStart } from './odd-device/truth.ts'

const SEED = Number(process.env['SEED'] ?? randomInt(2 ** 31))
const DIALECTS_COUNT = 300

/** Of the field: here a slow machine must not look like a silent terminal. */
const { driver, lines } = driverUnderTest({ limits: {} })
after(() => driver.close())

test('an odd device changes no sum, no product and no outcome', async (t) => {
  t.diagnostic(`SEED=${SEED}`)
  await fc.assert(
    fc.asyncProperty(dialects, ways, payments, async (dialect, way, { tenge, story }) => {
      await payAndCompare(dialect, way, story, tenge)
    }),
    { seed: SEED, numRuns: DIALECTS_COUNT },
  )
  assert.ok(!JSON.stringify(lines).includes('канарейка'), 'a text of the device is in the log')
  assert.ok(!JSON.stringify(lines).includes(CANARY))
})

async function payAndCompare(
  dialect: Dialect,
  way: Way,
  story: Story,
  tenge: number,
): Promise<void> {
  const { device, at } = await enterOddDevice(driver, way, { dialect, story: () => story })
  try {
    const taken = await takePayment(driver, at, device, story, tenge)
    assert.deepEqual(device.offences, [])
    assert.equal(device.calls.filter((verb) => verb === 'payment').length, 1)
    const { trouble: _, ...started } = taken.started
    assert.deepEqual(started, trueStart(story, way.version))
    if (started.kind !== 'accepted') return
    for (const [index, word] of story.words.entries()) {
      const allowed = trueObservations(word, dialect, way.version)
      const observed = taken.observations[index]
      const isTrue = allowed.some((truth) => isDeepStrictEqual(observed, truth))
      if (!isTrue) assert.deepEqual(observed, allowed[0], `word ${index} of the story`)
    }
  } finally {
    await device.close()
  }
}
