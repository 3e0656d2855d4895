// How long the pretend world takes for each thing. The defaults are those of the field (protocol
// page, section 1); tests hand in smaller ones. Nothing else may hold a duration of the devices.

import { fieldsOf, optionalInteger } from './http/bad-input.ts'

export interface Timing {
  /** From the accepted start call to the QR on the screen (`Initialize` → `WaitUser`). */
  readonly initializeMs: number
  /** How long the QR waits for a scan. */
  readonly scanWaitMs: number
  /** How long the bank waits for the customer's confirmation after the scan. */
  readonly confirmWaitMs: number
  /** How long an answer takes: one number, or the two ends of a range drawn from the seed. */
  readonly answerMs: number | readonly [number, number]
  /** How long the customer looks at the phone when a scan names no `after_ms`. */
  readonly customerMs: number
  /** How long a card is read, and again how long its PIN is typed. */
  readonly cardMs: number
  /** How long the person at the terminal takes to press «Разрешить». */
  readonly registerMs: number
  /** How long the screen asks for permission when nobody taps. */
  readonly permissionWaitMs: number
  /** How long the result stays on the screen. */
  readonly resultScreenMs: number
  /** How long the port stays closed while the device reboots. */
  readonly rebootMs: number
  /** How long a finished operation can be asked about by its `processId`. */
  readonly resultLifeMs: number
  readonly accessTokenLifeMs: number
  /** How often a camera that is waiting for a QR takes a frame. */
  readonly frameMs: number
}

export const REALISTIC_TIMING: Timing = {
  initializeMs: 900,
  scanWaitMs: 180_000,
  confirmWaitMs: 60_000,
  answerMs: [20, 60],
  customerMs: 1_500,
  cardMs: 1_500,
  registerMs: 2_000,
  permissionWaitMs: 120_000,
  resultScreenMs: 3_000,
  rebootMs: 20_000,
  resultLifeMs: 24 * 60 * 60 * 1_000,
  accessTokenLifeMs: 24 * 60 * 60 * 1_000,
  frameMs: 100,
}

const MAX_TIMING_MS = 7 * 24 * 60 * 60 * 1_000

/** Reads timings from JSON, each a whole number of milliseconds. */
export function readTiming(body: unknown): Partial<Timing> {
  const names = Object.keys(REALISTIC_TIMING)
  const fields = fieldsOf(body, names)
  const read = names.map((name) => [name, optionalInteger(fields, name, 0, MAX_TIMING_MS)] as const)
  return Object.fromEntries(read.filter(([, value]) => value !== undefined))
}
