// Pointing the phone: its lens is dragged over a terminal's QR and let go. A tap on the QR does the same, and
// so does the list on the phone, for whoever has no pointer.

import { button } from '../checkout/element.js'

/** @typedef {import('./main.js').Act} Act */
/** @typedef {import('./words/ru.js').Words} Words */

/** A shorter way is a tap. */
const DRAG_PIXELS = 8

/** @param {Act} act */
export function openLens(act) {
  let isHeld = false
  /** @type {HTMLElement | null} */
  let aimed = null

  /** @param {HTMLElement | null} found */
  function aim(found) {
    if (found === aimed) return
    aimed?.classList.remove('aimed')
    found?.classList.add('aimed')
    aimed = found
  }

  /** @param {PointerEvent} down */
  function hold(down) {
    lens.setPointerCapture(down.pointerId)
    isHeld = true
    let isDragged = false

    /** @param {PointerEvent} event */
    const move = ({ clientX, clientY }) => {
      const [x, y] = [clientX - down.clientX, clientY - down.clientY]
      isDragged ||= Math.hypot(x, y) > DRAG_PIXELS
      lens.style.transform = `translate(${x}px, ${y}px)`
      aim(qrAt(clientX, clientY))
    }
    const end = () => {
      lens.removeEventListener('pointermove', move)
      lens.style.transform = ''
      const qr = aimed?.dataset['qr']
      aim(null)
      isHeld = false
      if (qr !== undefined) act.scan(qr)
      else if (!isDragged) act.go('terminals')
    }
    lens.addEventListener('pointermove', move)
    lens.addEventListener('lostpointercapture', end, { once: true })
  }

  // One for as long as the page lives, so that no redrawing takes it out of a hand that reaches for it.
  const lens = button('lens', () => {})
  lens.addEventListener('pointerdown', hold)
  lens.addEventListener('keydown', ({ key }) => {
    if (key === 'Enter' || key === ' ') act.go('terminals')
  })
  return {
    lens,
    /** While it is, nothing may be drawn anew under the finger. */
    isHeld: () => isHeld,
  }
}

/**
 * @param {number} x
 * @param {number} y
 * @returns {HTMLElement | null}
 */
function qrAt(x, y) {
  for (const under of document.elementsFromPoint(x, y)) {
    const found = under.closest('[data-qr]')
    if (found instanceof HTMLElement) return found
  }
  return null
}
