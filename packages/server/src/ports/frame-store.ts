// The last frame of each terminal's camera, and the last QRs that it missed. Each belongs to the payment that
// was on the screen, so only who may see that payment sees the frame.

import type { Moment, Scope } from '@byfly-pay/core'
import type { CameraFrame } from './camera-frame.ts'
import type { QrReading, Sight, SightHint } from './provider.ts'

/** Why a QR that was waited for was not read. */
export type MissReason = 'camera_failed' | 'foreign' | SightHint

export interface Miss {
  readonly reason: MissReason
  readonly atMs: Moment
  readonly frame: CameraFrame | null
}

export interface KeptFrame {
  readonly jpeg: Buffer
  readonly seenAtMs: Moment
}

/** Kept for each terminal; older ones go. */
export const MISSES_LIMIT = 12

export interface FrameStore {
  /** The payment that is on its screen, or was within the last minute: its result may still be shown. */
  onScreen(terminalId: number): Promise<string | null>
  /** A look without a picture keeps the one before it. */
  keep(terminalId: number, paymentId: string | null, sight: Sight): Promise<void>
  addMiss(terminalId: number, paymentId: string | null, sight: Sight): Promise<void>
  /** Null where there is none, or none for this viewer. */
  last(scope: Scope, terminalId: number): Promise<KeptFrame | null>
  /** The newest first; the pictures of payments that the viewer may not see are left out. */
  misses(scope: Scope, terminalId: number): Promise<Miss[]>
  /** Whether all of these payments exist for the viewer. */
  maySee(scope: Scope, paymentIds: readonly string[]): Promise<boolean>
}

/** Why the camera is looked through once more beside the work, for staff to see. */
export type Occasion = 'qr_read' | 'qr_missed' | 'idle'

/** What the middle asks for without waiting for it. */
export interface Sights {
  /** Never throws. */
  note(terminalId: number, occasion: Occasion): void
}

export function missReasonOf(reading: Exclude<QrReading, { kind: 'read' }>): MissReason {
  return reading.kind === 'nothing' ? (reading.hint ?? 'no_code') : reading.kind
}
