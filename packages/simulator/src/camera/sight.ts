// What a camera sees when it looks at its terminal now, faults included: the one answer behind every
// form in which a camera speaks.
import type { ArmedFault } from '../faults/armed-faults.ts'
import type { Screen } from '../terminal/screen.ts'
import type { Terminal } from '../terminal/terminal.ts'

export type Sight =
  | { readonly kind: 'screen'; readonly screen: Screen }
  /** The screen is in the picture and out of focus. */
  | { readonly kind: 'blurred'; readonly screen: Screen }
  /** The lens is covered, or the light is off. */
  | { readonly kind: 'blank' }
  | { readonly kind: 'garbage' }
  | { readonly kind: 'down'; readonly httpStatus: number }

/** A look that counts: it uses up one time of the fault that it meets. */
export function look(terminal: Terminal): Sight {
  return sightUnder(terminal.faults.takeForCamera(), terminal)
}

/** What the next look would see. It changes nothing. */
export function lookAhead(terminal: Terminal): Sight {
  return sightUnder(terminal.faults.nextForCamera(), terminal)
}

function sightUnder(fault: ArmedFault | null, terminal: Terminal): Sight {
  const screen = terminal.screen()
  if (fault === null) return { kind: 'screen', screen }
  switch (fault.name) {
    case 'camera_blurred':
      return { kind: 'blurred', screen }
    case 'camera_blank':
      return { kind: 'blank' }
    case 'camera_garbage':
      return { kind: 'garbage' }
    case 'camera_down':
      return { kind: 'down', httpStatus: fault.http_status }
    default:
      return { kind: 'screen', screen: screenWithQr(screen, wrongQr(fault, terminal)) }
  }
}

/** The QR in sight, if any. */
export function qrInSight(sight: Sight): string | null {
  return sight.kind === 'screen' && sight.screen.state === 'qr' ? sight.screen.qr : null
}

function wrongQr(fault: ArmedFault, terminal: Terminal): string {
  return fault.name === 'foreign_qr' ? fault.qr : terminal.device.staleQr
}

function screenWithQr(screen: Screen, qr: string): Screen {
  if (screen.state === 'qr') return { ...screen, qr }
  return { state: 'qr', qr, amount_tenge: 0, purpose: 'payment' }
}
