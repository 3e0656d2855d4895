// The page for people at `GET /`: plain files read once, its state, and each terminal's QR as a
// picture. Everything it does goes through the control routes that anyone may call.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import QRCode from 'qrcode'
import { withTerminal } from '../control/terminal-in-path.ts'
import { jsonReply, refusalReply, type WholeReply } from '../http/reply.ts'
import type { Route } from '../http/router.ts'
import { type PageWorld, pageState } from './page-state.ts'

/** Own files only, nothing inline, in nobody's frame. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const FILES = [
  ['page.css', 'text/css'],
  ['page.js', 'text/javascript'],
  ['terminals.js', 'text/javascript'],
  ['phone.js', 'text/javascript'],
  ['lists.js', 'text/javascript'],
  ['dom.js', 'text/javascript'],
  ['icon.svg', 'image/svg+xml'],
] as const

/** The empty border that a phone needs to find a QR, in modules. */
const QUIET_MODULES = 4

export function pageRoutes(world: PageWorld): readonly Route[] {
  const route = (path: string, reply: WholeReply): Route => {
    return { method: 'GET', path, handle: () => reply }
  }
  return [
    route('/', fileReply('index.html', 'text/html')),
    ...FILES.map(([name, type]) => route(`/page/${name}`, fileReply(name, type))),
    { method: 'GET', path: '/page/state', handle: () => jsonReply(200, pageState(world)) },
    {
      method: 'GET',
      path: '/terminals/:n/qr.svg',
      handle: withTerminal(world.terminals, async (terminal) => {
        const screen = terminal.screen()
        if (screen.state !== 'qr') return refusalReply(404, 'Сейчас на экране нет QR-кода')
        const body = await QRCode.toString(screen.qr, { type: 'svg', margin: QUIET_MODULES })
        return { status: 200, contentType: 'image/svg+xml', body }
      }),
    },
  ]
}

function fileReply(name: string, type: string): WholeReply {
  return {
    status: 200,
    contentType: `${type}; charset=utf-8`,
    body: readFileSync(join(import.meta.dirname, name)),
    headers: {
      'content-security-policy': PAGE_POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    },
  }
}
