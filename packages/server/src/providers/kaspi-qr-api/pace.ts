// How long the bank says that things take: when to ask again, when a QR is over. It is believed within the
// driver's bounds; a clock of the bank's that is wrong makes a QR no longer and no shorter than they allow.

import { SECOND_MS } from '@byfly-pay/core'
import { asObject, field, integerField, textField, type WireObject } from '../wire-value.ts'
import type { QrApiLimits } from './limits.ts'

type Bounds = Pick<QrApiLimits, 'pollLeastMs' | 'pollMostMs' | 'qrLifeLeastMs' | 'qrLifeMostMs'>

/** Where nothing was said (protocol, section 3). */
const USUAL_POLL_SECONDS = 5

/** Met in the field under each of these. */
const OPTIONS = [
  'QrPaymentBehaviorOptions',
  'PaymentBehaviorOptions',
  'QrReturnBehaviorOptions',
] as const

export function pollMsOf(data: WireObject, bounds: Bounds): number {
  const seconds = secondsOf(data, ['StatusPollingInterval', 'QrCodeScanEventPollingInterval'])
  const pollMs = (seconds ?? USUAL_POLL_SECONDS) * SECOND_MS
  return between(bounds.pollLeastMs, pollMs, bounds.pollMostMs)
}

/** Epoch milliseconds, by the centre's clock: its own date, else its time for a scan, else the longest. */
export function expiryOf(data: WireObject, bounds: Bounds, nowMs: number): number {
  const dated = momentOf(textField(data, 'ExpireDate'))
  const seconds = secondsOf(data, ['QrCodeScanWaitTimeout', 'LinkActivationWaitTimeout'])
  const waitMs = seconds === null ? bounds.qrLifeMostMs : seconds * SECOND_MS
  const lifeMs = dated === null ? waitMs : dated - nowMs
  return nowMs + between(bounds.qrLifeLeastMs, lifeMs, bounds.qrLifeMostMs)
}

function secondsOf(data: WireObject, names: readonly string[]): number | null {
  for (const group of OPTIONS) {
    const options = asObject(field(data, group))
    for (const name of names) {
      const seconds = integerField(options, name)
      if (seconds !== null && seconds > 0) return seconds
    }
  }
  return null
}

/** Only with its zone: a date without one could be of anywhere. */
const DATED = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?(?:Z|[+-]\d\d:\d\d)$/

function momentOf(text: string | null): number | null {
  const moment = text !== null && DATED.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(moment) ? null : moment
}

function between(least: number, value: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}
