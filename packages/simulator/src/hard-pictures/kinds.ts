// What can be wrong with a camera's picture, and how much of it each strength means. The figures come
// from the optics of an office webcam before a terminal, not from what some decoder can read; they
// must never be softened to make one pass.
//
// The camera: 1280×720 over 60°, f/2.4, focal length 3.6 mm, 2.8 µm pixels, 25 to 35 cm from a screen
// 68 mm wide. A module of the code is then 6.7 to 8.9 pixels (4.5 to 5.9 in a frame of 640×480; all
// pixels below are those of the larger frame and shrink with it).

export const HARD_KINDS = [
  'defocus',
  'motion',
  'glare',
  'moire',
  'tilt',
  'perspective',
  'low_light',
  'noise',
  'cover',
  'small',
  'jpeg',
] as const
export type HardKind = (typeof HARD_KINDS)[number]

/** 1 to 4 is what an office gives; 5 is beyond it, and nobody promises that it can be read. */
export const STRENGTHS = [1, 2, 3, 4, 5] as const
export type Strength = (typeof STRENGTHS)[number]

type Scale = Readonly<Record<Strength, number>>

/**
 * Diameter of the circle of confusion, pixels. A lens fixed at 1 m gives f²/N · (1/d − 1/1 m): 4.5
 * pixels at 30 cm and 6 at 25 cm; one that has focused somewhere near gives the lower two.
 */
export const DEFOCUS_PIXELS: Scale = { 1: 2, 2: 3.5, 3: 5, 4: 6.5, 5: 10 }

/** Way of the image during one exposure, pixels: 8 in 1/30 s is a terminal pushed at 5 cm/s. */
export const MOTION_PIXELS: Scale = { 1: 2, 2: 4, 3: 6, 4: 8, 5: 14 }

/**
 * Reflection of a lit panel or a window, as a share of the screen's white: glass reflects 4 %, a
 * ceiling panel is 5 000 cd/m² and a screen 400, so 0.5 is usual.
 */
export const PANEL_GLARE: Scale = { 1: 0.2, 2: 0.4, 3: 0.6, 4: 0.9, 5: 1.6 }

/** Reflection of a bare lamp, as a share of the code's side that is nothing but white. */
export const LAMP_GLARE: Scale = { 1: 0.06, 2: 0.09, 3: 0.12, 4: 0.16, 5: 0.3 }

/** Depth to which the screen's pixel grid shows through lens and aperture, as a share of the light. */
export const GRID_DEPTH: Scale = { 1: 0.05, 2: 0.1, 3: 0.18, 4: 0.28, 5: 0.45 }

/** Turn of the camera around its own axis, degrees to either side. 5 is drawn between this and 180. */
export const TILT_DEGREES: Scale = { 1: 8, 2: 20, 3: 35, 4: 45, 5: 90 }

/** Between the camera's axis and the straight look at the screen, degrees. */
export const OBLIQUE_DEGREES: Scale = { 1: 15, 2: 25, 3: 35, 4: 45, 5: 60 }

/**
 * Light that the screen's white leaves on the sensor, as a share of what fills it, when backlight and
 * room are dimmed and exposure and gain are at their end. 0.06 is 240 electrons.
 */
export const LOW_LIGHT: Scale = { 1: 0.35, 2: 0.2, 3: 0.11, 4: 0.06, 5: 0.025 }

/** Standard deviation of each colour after gain, in steps of 255: a cheap sensor at high gain. */
export const NOISE_STEPS: Scale = { 1: 8, 2: 14, 3: 20, 4: 28, 5: 45 }

/**
 * Share of the code's words under a finger or a cable, finders left free. Level M repairs 13 of the 70
 * words of version 3: with 4 one is left for all other faults. A cable that lies level across the whole
 * code breaks 15 and no finder can be repaired at all, so both come with 5 only.
 */
export const COVERED_WORDS: Scale = { 1: 0.05, 2: 0.09, 3: 0.13, 4: 0.172, 5: 0.3 }

/** Pixels a module, in either frame: a camera at 45, 60, 75 and 90 cm, and at 1.2 m. */
export const MODULE_PIXELS: Scale = { 1: 5, 2: 4, 3: 3.2, 4: 2.6, 5: 2 }

/** Quality of the JPEG, by the usual scale to 100: cheap cameras send 30 to 80. */
export const JPEG_QUALITY: Scale = { 1: 50, 2: 30, 3: 20, 4: 12, 5: 5 }
