// Every limit of the driver, in one place: times used in the field (protocol, section 1) and sizes.
// Tests hand in smaller ones; nothing else may hold a duration of the device.

export interface DeviceLimits {
  /**
   * Name lookup, TCP and TLS together; undici's coarse timers may add a second. A device whose address
   * changed hangs, it does not refuse.
   */
  readonly connectMs: number
  /** The whole of `/v2/payment`. */
  readonly startMs: number
  readonly statusMs: number
  readonly actualizeMs: number
  readonly stopMs: number
  /** Somebody has to walk up to the screen and press «Разрешить». */
  readonly registerMs: number
  readonly refreshMs: number
  /** A look at the device and its camera together (T6). */
  readonly checkMs: number
  readonly answerBytes: number
  /** At once, to one device. */
  readonly connections: number
  /** Of a kept connection over its whole life. */
  readonly connectionBytes: number
  /** After so many questions a kept connection is replaced, long before it has brought that much. */
  readonly connectionCalls: number
  /** Protocol, section 1. */
  readonly tokenLifeMs: number
  /** A customer has about so long to scan a QR; the moment is the terminal's to decide. */
  readonly qrLifeMs: number
}

export const DEVICE_LIMITS: DeviceLimits = {
  connectMs: 5_000,
  startMs: 30_000,
  statusMs: 10_000,
  actualizeMs: 20_000,
  stopMs: 10_000,
  registerMs: 120_000,
  refreshMs: 20_000,
  checkMs: 5_000,
  answerBytes: 64 * 1024,
  connections: 2,
  connectionBytes: 4 * 1024 * 1024,
  connectionCalls: 500,
  tokenLifeMs: 24 * 60 * 60 * 1_000,
  qrLifeMs: 180_000,
}
