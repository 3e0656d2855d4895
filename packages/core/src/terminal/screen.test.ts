import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ATTEMPT_STATES } from '../payment/attempt.ts'
import { PHASES } from '../provider/observation.ts'
import { screenOf } from './screen.ts'

test('a screen is told from the operation that holds the device, in each of its phases', () => {
  assert.equal(screenOf(null, null), 'idle')
  assert.equal(screenOf('calling', null), 'starting')
  assert.deepEqual(
    PHASES.map((phase) => screenOf('live', phase)),
    ['starting', 'qr', 'confirming', 'card'],
  )
})

test('where the device has not spoken to the end, the screen is said to be unclear', () => {
  const unclear = ATTEMPT_STATES.filter((state) => screenOf(state, null) === 'unclear')
  assert.deepEqual(unclear, ['unknown', 'lost', 'held'])
})
