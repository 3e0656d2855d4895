// One hard picture as a camera would send it, together with what it really shows. The same seed, kind
// and strength give the same bytes.
import { encodePicture, type PictureForm } from '../camera/encode.ts'
import { Random } from '../random.ts'
import type { Screen } from '../terminal/screen.ts'
import type { HardKind, Strength } from './kinds.ts'
import { photograph } from './photograph.ts'
import { hardShot } from './shot.ts'

export interface HardPicture {
  readonly kind: HardKind
  readonly strength: Strength
  readonly form: PictureForm
  readonly bytes: Uint8Array
  /** The text of the code on the screen. */
  readonly text: string
}

const TOKEN_DIGITS = 20

export function hardPicture(kind: HardKind, strength: Strength, seed: string): HardPicture {
  const random = new Random(`${seed}/${kind}/${strength}`)
  const text = `https://qr.kaspi.kz/${random.digits(TOKEN_DIGITS)}`
  const amount = random.integer(100, 500_000)
  const screen: Screen = { state: 'qr', qr: text, amount_tenge: amount, purpose: 'payment' }
  const shot = hardShot(kind, strength, random.fork('shot'))
  const canvas = photograph(shot, screen, random)
  return {
    kind,
    strength,
    form: shot.form,
    bytes: encodePicture(canvas, shot.form, shot.jpegQuality),
    text,
  }
}
