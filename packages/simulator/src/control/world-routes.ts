// The pretend world as a page looks at it: its state, and as pictures each terminal's QR and what its camera
// sees. They only look, and use up no fault.
import QRCode from 'qrcode'
import { pictureOf } from '../camera/camera.ts'
import { lookAhead } from '../camera/sight.ts'
import { jsonReply, refusalReply } from '../http/reply.ts'
import type { Route } from '../http/router.ts'
import { withTerminal } from './terminal-in-path.ts'
import { type World, worldState } from './world-state.ts'

/** The empty border that a phone needs to find a QR, in modules. */
const QUIET_MODULES = 4

export function worldRoutes(world: World): readonly Route[] {
  const { terminals, shop } = world
  return [
    {
      method: 'GET',
      path: '/state',
      handle: () => {
        // Its answers come into the states to follow.
        void shop.askAgain()
        return jsonReply(200, worldState(world))
      },
    },
    {
      method: 'GET',
      path: '/terminals/:n/qr.svg',
      handle: withTerminal(terminals, async (terminal) => {
        const screen = terminal.screen()
        if (screen.state !== 'qr') return refusalReply(404, 'Сейчас на экране нет QR-кода')
        const body = await QRCode.toString(screen.qr, { type: 'svg', margin: QUIET_MODULES })
        return { status: 200, contentType: 'image/svg+xml', body }
      }),
    },
    {
      method: 'GET',
      path: '/terminals/:n/sight.png',
      handle: withTerminal(terminals, (terminal) => {
        const sight = lookAhead(terminal)
        if (sight.kind === 'down') return refusalReply(404, 'Камера не отвечает')
        return {
          status: 200,
          contentType: 'image/png',
          body: pictureOf(terminal, sight, 'png'),
        }
      }),
    },
  ]
}
