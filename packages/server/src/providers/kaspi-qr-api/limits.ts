// Every limit of the driver, in one place. The bank says how often it wants to be asked and how long a QR
// lives; it is believed within these bounds and no further.

import type { TransportLimits } from '../transport.ts'

export interface QrApiLimits extends TransportLimits {
  /** The whole call that makes a QR, a link or a refund. */
  readonly createMs: number
  readonly statusMs: number
  readonly registerMs: number
  readonly checkMs: number
  /** What the bank may ask for as the time between two questions. */
  readonly pollLeastMs: number
  readonly pollMostMs: number
  /** What it may say of a QR's life, from its making to the last moment of a scan. */
  readonly qrLifeLeastMs: number
  readonly qrLifeMostMs: number
  /** Its token does not run out; it is asked for again so often, and whenever it is not known any more. */
  readonly tokenLifeMs: number
  readonly certificateBytes: number
}

export const QR_API_LIMITS: QrApiLimits = {
  connectMs: 5_000,
  createMs: 30_000,
  statusMs: 10_000,
  registerMs: 20_000,
  checkMs: 4_500,
  answerBytes: 256 * 1024,
  // Hundreds of payments may be asked about over one connection to the bank, each every few seconds.
  connections: 20,
  connectionBytes: 8 * 1024 * 1024,
  connectionCalls: 500,
  pollLeastMs: 1_000,
  pollMostMs: 30_000,
  qrLifeLeastMs: 30_000,
  qrLifeMostMs: 180_000,
  tokenLifeMs: 365 * 24 * 60 * 60 * 1_000,
  certificateBytes: 256 * 1024,
}
