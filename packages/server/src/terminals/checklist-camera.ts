// The lines of a terminal's test that its camera decides: the picture, and the code in it. A code
// is only in sight while somebody pays, so that it was not read proves nothing.

import type { SightHint } from '../ports/provider.ts'
import { type Line, ok, type Seen, skipped } from './check-line.ts'

export function cameraLine({ screen, words: { camera } }: Seen): Line {
  if (screen === null) return skipped(camera.none)
  switch (screen.kind) {
    case 'camera_failed':
      return { state: 'failed', ...camera.failed }
    case 'nothing': {
      const { hint } = screen
      return hint === null ? ok(camera.well) : { state: HINTS[hint], ...camera.hints[hint] }
    }
    case 'read':
    case 'foreign':
      return ok(camera.codeSeen)
  }
}

/**
 * Of a picture without a code, as an idle screen gives it: white as a reflection, or gone dark to save
 * power. Nothing has failed then; the same hints count while a QR is waited for (payments/read-qr.ts).
 */
const HINTS: Readonly<Record<SightHint, Line['state']>> = {
  too_dark: 'warning',
  too_bright: 'ok',
  blurred: 'warning',
  no_code: 'ok',
}

export function qrLine({ screen, words: { camera, qr } }: Seen): Line {
  if (screen === null) return skipped(camera.none)
  switch (screen.kind) {
    case 'read':
      return ok(qr.read)
    case 'foreign':
      return { state: 'warning', ...qr.foreign }
    case 'nothing':
      return skipped(qr.none)
    case 'camera_failed':
      return skipped(qr.cameraSilent)
  }
}
