// Why no code was found, as far as pixels tell. The thresholds lie between what the simulator's pictures
// of each fault measure and what its pictures without one do (tests/providers/camera-hints.test.ts).

import type { FrameFocus, FrameLight } from '../../../ports/camera-frame.ts'
import type { SightHint } from '../../../ports/provider.ts'
import type { Grey } from './grey.ts'
import { shrunk } from './grey-changes.ts'

/** Enough to see the light by, and noise is averaged away. */
const SMALL_WIDTH = 320
/** An edge is looked at in a picture of about this width, since blur counts beside the whole frame. */
const EDGE_WIDTH = 640

/** Even the brightest hundredth is darker: pictures that can still be read have 43 and more here. */
const DARK_HIGHLIGHT = 28
/** Read as a rule, and little is missing for it to fail. */
const DIM_HIGHLIGHT = 70
/** Full pixels, averaged: an ordinary white screen stays below, a reflection does not. */
const FULL_VALUE = 252
/** Of the frame. Reflections that hide a code cover 1 to 30 %, too long a shutter nearly all. */
const FULL_SHARE = 0.01
/** Blurred beyond reading: 0.17 to 0.26; sharp screens of any kind: 0.48 and more. */
const SOFT_STEEPNESS = 0.36
const SHARP_STEEPNESS = 0.48

export function sightHint(grey: Grey): SightHint {
  const light = lightOf(grey)
  if (light === 'too_dark' || light === 'too_bright') return light
  return focusOf(grey) === 'blurred' ? 'blurred' : 'no_code'
}

export function lightOf(grey: Grey): FrameLight {
  const small = shrunk(grey, Math.round(grey.width / SMALL_WIDTH))
  const counts = histogram(small)
  const highlight = percentile(counts, 0.99)
  if (highlight < DARK_HIGHLIGHT) return 'too_dark'
  if (highlight < DIM_HIGHLIGHT) return 'dim'
  const full = counts.slice(FULL_VALUE).reduce((sum, count) => sum + count, 0)
  return full >= small.data.length * FULL_SHARE ? 'too_bright' : 'good'
}

export function focusOf(grey: Grey): FrameFocus {
  const steepness = steepnessOf(shrunk(grey, Math.round(grey.width / EDGE_WIDTH)))
  if (steepness < SOFT_STEEPNESS) return 'blurred'
  return steepness < SHARP_STEEPNESS ? 'soft' : 'sharp'
}

function histogram({ data }: Grey): readonly number[] {
  const counts = new Array<number>(256).fill(0)
  for (const value of data) counts[value] = (counts[value] ?? 0) + 1
  return counts
}

function percentile(counts: readonly number[], share: number): number {
  const wanted = counts.reduce((sum, count) => sum + count, 0) * share
  let seen = 0
  for (const [value, count] of counts.entries()) {
    seen += count
    if (seen >= wanted) return value
  }
  return 255
}

const BLOCK_PIXELS = 24
/** Grain of a desk and noise stay below. */
const LEAST_CONTRAST = 40
/** The block that counts is a sharp one: where a block has no edge in a direction it tells nothing. */
const SHARP_SHARE = 0.85

/**
 * Looks at every block that holds light and dark: the largest step between neighbours, as a share of
 * the block's whole contrast, is near 1 at a sharp edge and small at a soft one, however bright or busy
 * the scene. Both directions count apart, since motion blurs only one.
 */
function steepnessOf(grey: Grey): number {
  const across: number[] = []
  const down: number[] = []
  for (let y = 0; y + BLOCK_PIXELS <= grey.height; y += BLOCK_PIXELS) {
    for (let x = 0; x + BLOCK_PIXELS <= grey.width; x += BLOCK_PIXELS) {
      const block = measureBlock(grey, x, y)
      if (block.contrast < LEAST_CONTRAST) continue
      across.push(block.across / block.contrast)
      down.push(block.down / block.contrast)
    }
  }
  return Math.min(sharpest(across), sharpest(down))
}

function sharpest(steepness: number[]): number {
  steepness.sort((a, b) => a - b)
  return steepness[Math.floor(steepness.length * SHARP_SHARE)] ?? 1
}

function measureBlock({ width, data }: Grey, left: number, top: number) {
  let [darkest, lightest, across, down] = [255, 0, 0, 0]
  for (let y = top; y < top + BLOCK_PIXELS - 1; y += 1) {
    for (let x = left; x < left + BLOCK_PIXELS - 1; x += 1) {
      const at = y * width + x
      const value = data[at] ?? 0
      darkest = Math.min(darkest, value)
      lightest = Math.max(lightest, value)
      across = Math.max(across, Math.abs(value - (data[at + 1] ?? 0)))
      down = Math.max(down, Math.abs(value - (data[at + width] ?? 0)))
    }
  }
  return { contrast: lightest - darkest, across, down }
}
