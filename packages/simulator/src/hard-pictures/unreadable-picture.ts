// Pictures in which nobody could read a code, each for one known reason: what a reader's explanation of
// its failure is measured against.
import { encodePicture } from '../camera/encode.ts'
import { Random } from '../random.ts'
import type { Screen } from '../terminal/screen.ts'
import { HARD_KINDS, type HardKind } from './kinds.ts'
import { photograph } from './photograph.ts'
import { hardShot, ordinaryShot, type Shot } from './shot.ts'

export const UNREADABLE_REASONS = ['too_dark', 'too_bright', 'blurred', 'no_code'] as const
export type UnreadableReason = (typeof UNREADABLE_REASONS)[number]

export interface UnreadablePicture {
  readonly reason: UnreadableReason
  readonly bytes: Uint8Array
}

const QR: Screen = {
  state: 'qr',
  qr: 'https://qr.kaspi.kz/40000000000000000000',
  amount_tenge: 10_100,
  purpose: 'payment',
}
const OTHER_SCREENS: readonly [Screen, ...Screen[]] = [
  { state: 'idle' },
  { state: 'off' },
  { state: 'starting' },
  { state: 'asks_permission', name: 'ByFly Pay' },
  { state: 'confirming', amount_tenge: 10_100 },
  { state: 'no_link' },
  { state: 'result', ok: true, message: 'Успешно' },
  { state: 'result', ok: false, message: 'Операция отменена' },
]
/** Faults that change how a screen without a code looks, and none that would be a reason of its own. */
const HARMLESS_KINDS = HARD_KINDS.filter(
  (kind) => !['defocus', 'motion', 'glare', 'low_light', 'cover'].includes(kind),
) as [HardKind, ...HardKind[]]

export function unreadablePicture(reason: UnreadableReason, seed: string): UnreadablePicture {
  const random = new Random(`${seed}/${reason}`)
  const shot = unreadableShot(reason, random)
  const screen = reason === 'no_code' ? random.pick(OTHER_SCREENS) : QR
  const canvas = photograph(shot, screen, random)
  return { reason, bytes: encodePicture(canvas, shot.form, shot.jpegQuality) }
}

/** Figures as in `kinds.ts`, two and more times beyond strength 5. */
function unreadableShot(reason: UnreadableReason, random: Random): Shot {
  const share = random.fraction()
  const isFirst = random.fraction() < 0.5
  if (reason === 'no_code')
    return hardShot(random.pick(HARMLESS_KINDS), random.pick([1, 2]), random)
  const shot = ordinaryShot(random)
  const scale = shot.height / 720
  switch (reason) {
    case 'too_dark':
      // The sensor gets 2 to 12 electrons of the screen's white.
      return { ...shot, exposure: 0.0005 + 0.0025 * share }
    case 'too_bright':
      // A shutter left open in sunlight, or a window that fills the glass.
      return isFirst
        ? { ...shot, exposure: 80 + 40 * share, veil: 0.05 }
        : { ...shot, glare: { kind: 'window', light: 2 + 2 * share } }
    case 'blurred':
      return isFirst
        ? { ...shot, defocusPixels: (22 + 12 * share) * scale }
        : { ...shot, motionPixels: (28 + 16 * share) * scale }
  }
}
