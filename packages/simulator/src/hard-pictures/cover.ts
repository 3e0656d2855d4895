// What lies between the camera and the code: a finger that comes in from an edge, a cable that crosses.
// It hides as many words of the code as it is told to, and no finder unless it may.
import type { Colour } from '../camera/canvas.ts'
import type { Random } from '../random.ts'
import type { CodeWords } from './code-words.ts'
import type { Cover } from './shot.ts'

/** How bright a thing is at a point of the code, in modules from its upper left corner; 0 is no thing. */
type Shape = (x: number, y: number) => number

export interface PlacedCover {
  readonly shape: Shape
  /** Linear, beside an ambient light of 1. */
  readonly colour: Colour
}

const FINGER: Colour = [0.45, 0.25, 0.18]
const CABLES: readonly [Colour, Colour] = [
  [0.02, 0.02, 0.02],
  [0.6, 0.6, 0.58],
]
/** 15 mm, of modules of 1.84 mm. */
const FINGER_MODULES = 8
/** Finder, separator, and the format's bits beside them. */
const FINDER_MODULES = 9
const PLACES_TO_TRY = 1_000
const HALVINGS = 14

export function placeCover(cover: Cover, words: CodeWords, random: Random): PlacedCover {
  const most = Math.floor(cover.wordShare * words.count)
  for (let tried = 0; tried < PLACES_TO_TRY; tried += 1) {
    const family = (cover.kind === 'finger' ? someFinger : someCable)(words.modules, random)
    const shape = fitted(family, most, words)
    // Some places hide nothing, or too much, whatever the size.
    if (hiddenWords(shape, words) < most - 1) continue
    if (cover.mayHideFinders || !hidesFinder(shape, words.modules)) {
      return { shape, colour: cover.kind === 'finger' ? FINGER : random.pick(CABLES) }
    }
  }
  throw new Error(`no place for a ${cover.kind} over ${most} words`)
}

/** A shape for each size, in modules, that covers more as it grows. */
type Family = (modules: number) => Shape

/** Grows into the code from the right or from below. */
function someFinger(codeModules: number, random: Random): Family {
  const along = random.fraction() * codeModules
  const lean = (random.fraction() - 0.5) * 0.7
  const isFromRight = random.fraction() < 0.5
  const radius = FINGER_MODULES / 2
  return (depth) => (x, y) => {
    const [inward, aside] = isFromRight
      ? [codeModules - x, y - along]
      : [codeModules - y, x - along]
    const axis = inward * Math.cos(lean) + aside * Math.sin(lean)
    const off = aside * Math.cos(lean) - inward * Math.sin(lean)
    const beyondRound = Math.max(0, axis - (depth - radius))
    const ratio = Math.hypot(off, beyondRound) / radius
    return ratio >= 1 ? 0 : Math.sqrt(1 - ratio ** 2)
  }
}

/** Crosses the code and goes on over the device, growing in width. */
function someCable(codeModules: number, random: Random): Family {
  const middle = random.fraction() * codeModules
  const lean = (random.fraction() - 0.5) * 1.6
  const isLevel = random.fraction() < 0.5
  return (width) => (x, y) => {
    const [along, aside] = isLevel ? [x, y - middle] : [y, x - middle]
    const off = aside * Math.cos(lean) - (along - codeModules / 2) * Math.sin(lean)
    const ratio = Math.abs(off) / (width / 2)
    return ratio >= 1 ? 0 : Math.sqrt(1 - ratio ** 2)
  }
}

/** The largest that hides no more words than this. */
function fitted(family: Family, most: number, words: CodeWords): Shape {
  let [small, large] = [0, words.modules]
  for (let step = 0; step < HALVINGS; step += 1) {
    const size = (small + large) / 2
    if (hiddenWords(family(size), words) > most) large = size
    else small = size
  }
  return family(small)
}

/** A module is hidden with its middle, which is what decides for a reader. */
function hiddenWords(shape: Shape, words: CodeWords): number {
  const hidden = new Set<number>()
  for (let row = 0; row < words.modules; row += 1) {
    for (let column = 0; column < words.modules; column += 1) {
      if (shape(column + 0.5, row + 0.5) > 0) hidden.add(words.wordAt(row, column))
    }
  }
  hidden.delete(-1)
  return hidden.size
}

function hidesFinder(shape: Shape, codeModules: number): boolean {
  const far = codeModules - FINDER_MODULES
  for (const [left, top] of [
    [0, 0],
    [far, 0],
    [0, far],
  ] as const) {
    for (let y = 0.25; y < FINDER_MODULES; y += 0.5) {
      for (let x = 0.25; x < FINDER_MODULES; x += 0.5) {
        if (shape(left + x, top + y) > 0) return true
      }
    }
  }
  return false
}
