// What a camera's picture looked like: a small copy that the centre drew itself, where its codes are, and how
// well it could be read. Never a byte of the camera's own file.

/** In parts of the picture's width and height, 0 at the top left. */
export interface Corner {
  readonly x: number
  readonly y: number
}

export const FRAME_LIGHTS = ['too_dark', 'dim', 'good', 'too_bright'] as const
export type FrameLight = (typeof FRAME_LIGHTS)[number]

export const FRAME_FOCUSES = ['blurred', 'soft', 'sharp'] as const
export type FrameFocus = (typeof FRAME_FOCUSES)[number]

/** What the largest kept frame takes; the table refuses more. */
export const FRAME_BYTES = 65_536

export interface FrameFacts {
  readonly width: number
  readonly height: number
  /** Four corners for each code in sight. */
  readonly codes: readonly (readonly Corner[])[]
  readonly light: FrameLight
  readonly focus: FrameFocus
  /** How far the camera looks at the code from the side; null without a code. */
  readonly tiltDegrees: number | null
  /** How long the codes were looked for. */
  readonly decodeMs: number
}

export interface CameraFrame extends FrameFacts {
  /** A JPEG of brightness alone, of at most `FRAME_BYTES`. */
  readonly jpeg: Uint8Array
}
