// One sale of 505 ₸ by Gold, told by a device without a dialect unless it is given one.

import assert from 'node:assert/strict'
import type { Observation } from '@byfly-pay/core'
import { type OddDevice, type OddDeviceOptions, openOddDevice } from './odd-device.ts'
import type { Sale, Story } from './story.ts'

export const TIYN = 50_500n

export const SALE: Sale = {
  method: 'qr',
  tenge: 505,
  transactionId: '3699352521',
  product: { kind: 'gold' },
}
export const STORY: Story = {
  processId: '1685890325386',
  start: { kind: 'accepted' },
  words: [
    { kind: 'wait', subStatus: 'WaitUser' },
    { kind: 'paid', sale: SALE },
  ],
}
export const PAID: Observation = {
  kind: 'succeeded',
  success: {
    grossTiyn: TIYN,
    moneyKind: 'qr',
    providerTransactionId: '3699352521',
    product: { methodCode: 'kaspi_gold', word: 'Gold' },
  },
}

export async function withDevice(
  options: Partial<OddDeviceOptions>,
  use: (device: OddDevice) => Promise<void>,
): Promise<void> {
  const device = await openOddDevice({ story: () => STORY, ...options })
  try {
    await use(device)
    assert.deepEqual(device.offences, [])
  } finally {
    await device.close()
  }
}
