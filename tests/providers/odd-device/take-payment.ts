// A whole payment by a driver, as the centre makes it: one start, then one look after another until
// the device has told its whole story.

import type { Observation, StartResult } from '@byfly-pay/core'
import type { Device, Provider, Told } from '../../../packages/server/src/ports/provider.ts'
import type { OddDevice } from './odd-device.ts'
import type { Story } from './story.ts'

/** A connection that died while it was kept costs a look, and the device has not heard that one. */
const MAX_UNHEARD = 3
const PATIENCE_MS = 20_000

export interface PaymentTaken {
  readonly started: Told<StartResult>
  /** One for each word of the story. */
  readonly observations: readonly Observation[]
}

export async function takePayment(
  driver: Provider,
  at: Device,
  device: OddDevice,
  { words }: Story,
  tenge: number,
): Promise<PaymentTaken> {
  const started = await driver.start(at, BigInt(tenge) * 100n)
  const observations: Observation[] = []
  if (started.kind !== 'accepted') return { started, observations }
  const look = { driver, at, device, processId: started.processId }
  for (const _ of words) {
    const wasUnknown = observations.at(-1)?.kind === 'unknown'
    observations.push(await lookOnce(look, wasUnknown ? 'actualize' : 'observe'))
  }
  return { started, observations }
}

async function lookOnce(
  look: { driver: Provider; at: Device; device: OddDevice; processId: string },
  how: 'observe' | 'actualize',
): Promise<Observation> {
  const { driver, at, device, processId } = look
  const toldBefore = device.toldCount
  for (let tries = 1; ; tries += 1) {
    const signal = AbortSignal.timeout(PATIENCE_MS)
    const { trouble: _, ...observation } = await driver[how](at, processId, signal)
    const isHeard = device.toldCount > toldBefore
    if (isHeard || observation.kind !== 'no_answer' || tries === MAX_UNHEARD) return observation
  }
}
