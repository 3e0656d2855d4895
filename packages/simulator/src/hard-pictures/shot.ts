// One photograph in figures: where the camera stands, what lies on the glass, what lens and sensor do.
// Even an ordinary shot is no drawing: it is a little turned, a little soft, a little noisy.
import type { PictureForm } from '../camera/encode.ts'
import type { Random } from '../random.ts'
import {
  COVERED_WORDS,
  DEFOCUS_PIXELS,
  GRID_DEPTH,
  type HardKind,
  JPEG_QUALITY,
  LAMP_GLARE,
  LOW_LIGHT,
  MODULE_PIXELS,
  MOTION_PIXELS,
  NOISE_STEPS,
  OBLIQUE_DEGREES,
  PANEL_GLARE,
  type Strength,
  TILT_DEGREES,
} from './kinds.ts'

export interface Pose {
  /** Pixels a module of the code where it is looked at. */
  readonly modulePixels: number
  readonly rollDegrees: number
  readonly obliqueDegrees: number
  /** From which side it looks, 0 to 360. */
  readonly azimuthDegrees: number
  /** How far the code's middle lies from the frame's, as shares of its height. */
  readonly offset: { readonly x: number; readonly y: number }
}

export type Glare =
  | { readonly kind: 'panel'; readonly light: number }
  | { readonly kind: 'lamp'; readonly codeShare: number }
  /** A reflection as large as the screen. */
  | { readonly kind: 'window'; readonly light: number }

export interface Cover {
  readonly kind: 'finger' | 'cable'
  /** Share of the code's words that are hidden. */
  readonly wordShare: number
  readonly mayHideFinders: boolean
}

export interface Shot {
  readonly width: number
  readonly height: number
  readonly pose: Pose
  readonly glare: Glare | null
  readonly cover: Cover | null
  readonly gridDepth: number
  /** Diameter of the circle of confusion and way of the image, in pixels of this frame. */
  readonly defocusPixels: number
  readonly motionPixels: number
  /** Light of the desk beside the screen's white, which is 1. */
  readonly ambient: number
  /** Share of all light that a lens scatters over the whole frame. */
  readonly veil: number
  /** The screen's white on the sensor; 1 fills it. */
  readonly exposure: number
  readonly noiseSteps: number
  readonly form: PictureForm
  readonly jpegQuality: number
}

const FRAMES = [
  { width: 1280, height: 720, modulePixels: 8.9 },
  { width: 1280, height: 720, modulePixels: 8.9 },
  { width: 640, height: 480, modulePixels: 5.9 },
] as const
/** Most cameras send JPEG. */
const FORMS: readonly [PictureForm, ...PictureForm[]] = [
  ...(['jpeg', 'jpeg', 'jpeg', 'jpeg', 'jpeg', 'jpeg'] as const),
  'png',
  'bmp',
]
/** Pixels in `kinds.ts` are those of a frame as high as this. */
const REFERENCE_HEIGHT = 720

export function ordinaryShot(random: Random): Shot {
  const { width, height, modulePixels } = random.pick(FRAMES)
  const form = random.pick(FORMS)
  return {
    width,
    height,
    pose: {
      modulePixels: modulePixels * between(random, 0.75, 1),
      rollDegrees: between(random, -3, 3),
      obliqueDegrees: between(random, 0, 6),
      azimuthDegrees: between(random, 0, 360),
      offset: { x: between(random, -0.1, 0.1), y: between(random, -0.06, 0.06) },
    },
    glare: null,
    cover: null,
    gridDepth: 0,
    defocusPixels: 0,
    motionPixels: 0,
    ambient: between(random, 0.4, 1.2),
    veil: 0,
    exposure: between(random, 0.75, 0.95),
    noiseSteps: 2,
    form,
    jpegQuality: random.integer(70, 90),
  }
}

export function hardShot(kind: HardKind, strength: Strength, random: Random): Shot {
  const shot = ordinaryShot(random)
  const scale = shot.height / REFERENCE_HEIGHT
  const posed = (pose: Partial<Pose>): Shot => ({ ...shot, pose: { ...shot.pose, ...pose } })
  switch (kind) {
    case 'defocus':
      return { ...shot, defocusPixels: DEFOCUS_PIXELS[strength] * scale }
    case 'motion':
      return { ...shot, motionPixels: MOTION_PIXELS[strength] * scale }
    case 'glare':
      return { ...shot, glare: someGlare(strength, random) }
    case 'moire':
      return { ...shot, gridDepth: GRID_DEPTH[strength] }
    case 'tilt':
      return posed({ rollDegrees: someTilt(strength, random) })
    case 'perspective':
      return posed({ obliqueDegrees: OBLIQUE_DEGREES[strength] })
    case 'low_light':
      return { ...shot, exposure: LOW_LIGHT[strength], ambient: between(random, 0.05, 0.4) }
    case 'noise':
      return { ...shot, noiseSteps: NOISE_STEPS[strength] }
    case 'cover':
      return { ...shot, cover: someCover(strength, random) }
    case 'small':
      return posed({ modulePixels: MODULE_PIXELS[strength] })
    case 'jpeg':
      return { ...shot, form: 'jpeg', jpegQuality: JPEG_QUALITY[strength] }
  }
}

function someGlare(strength: Strength, random: Random): Glare {
  return random.fraction() < 0.5
    ? { kind: 'panel', light: PANEL_GLARE[strength] }
    : { kind: 'lamp', codeShare: LAMP_GLARE[strength] }
}

function someCover(strength: Strength, random: Random): Cover {
  const kind = random.fraction() < 0.5 ? 'finger' : 'cable'
  return { kind, wordShare: COVERED_WORDS[strength], mayHideFinders: strength === 5 }
}

function someTilt(strength: Strength, random: Random): number {
  const least = TILT_DEGREES[strength]
  const degrees = strength === 5 ? between(random, least, 180) : least + between(random, -2, 2)
  return random.fraction() < 0.5 ? degrees : -degrees
}

function between(random: Random, min: number, max: number): number {
  return min + (max - min) * random.fraction()
}
