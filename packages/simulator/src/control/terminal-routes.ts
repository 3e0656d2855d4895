// The hands of a person at one terminal: its keys, its screen's buttons, its settings and its faults.
// The centre under test must never call these.
import {
  fieldsOf,
  optionalInteger,
  optionalText,
  optionalWord,
  required,
} from '../http/bad-input.ts'
import { jsonReply, type Reply, refusalReply } from '../http/reply.ts'
import type { Route } from '../http/router.ts'
import { readKeySale } from '../terminal/key-sale.ts'
import { PERMISSION_BUTTONS } from '../terminal/permission.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { readTiming } from '../timing.ts'
import { type TerminalHandler, withTerminal } from './terminal-in-path.ts'

const MAX_CLOSED_MS = 600_000
const MAX_NAME = 200

export function terminalRoutes(terminals: readonly Terminal[]): readonly Route[] {
  const route = (method: Route['method'], path: string, handle: TerminalHandler): Route => {
    return { method, path: `/terminals/:n${path}`, handle: withTerminal(terminals, handle) }
  }
  return [
    route('GET', '', (terminal) => jsonReply(200, terminalBody(terminal))),
    route('POST', '/faults', (terminal, { body }) => done({ armed: terminal.armFaultFrom(body) })),
    route('DELETE', '/faults', (terminal) => {
      terminal.clearFaults()
      return done()
    }),
    route('POST', '/timing', (terminal, { body }) => {
      terminal.setTiming(readTiming(body))
      return done({ timing: terminal.timing })
    }),
    route('POST', '/key-sale', keySale),
    route('POST', '/reboot', (terminal, { body }) => {
      const fields = fieldsOf(body, ['closed_ms'])
      terminal.reboot(optionalInteger(fields, 'closed_ms', 0, MAX_CLOSED_MS))
      return done()
    }),
    route('POST', '/card', (terminal) =>
      terminal.presentCard() ? done() : refusalReply(409, 'Терминал сейчас не ждёт оплаты'),
    ),
    route('POST', '/press', press),
    route('POST', '/forbid', forbid),
    route('POST', '/expire-tokens', (terminal) => {
      terminal.expireTokens()
      return done()
    }),
    route('POST', '/certificate', async (terminal) => {
      await terminal.changeCertificate()
      return done({ fingerprint: terminal.certificateFingerprint })
    }),
  ]
}

function keySale(terminal: Terminal, { body }: { readonly body: unknown }): Reply {
  const operation = terminal.keySale(readKeySale(body))
  return operation === null
    ? refusalReply(409, 'Терминал занят другой операцией')
    : done({ process_id: operation.process_id })
}

function press(terminal: Terminal, { body }: { readonly body: unknown }): Reply {
  const fields = fieldsOf(body, ['button'])
  const button = required(optionalWord(fields, 'button', PERMISSION_BUTTONS), 'button')
  return terminal.press(button)
    ? done()
    : refusalReply(409, 'Терминал сейчас не спрашивает разрешения')
}

function forbid(terminal: Terminal, { body }: { readonly body: unknown }): Reply {
  const fields = fieldsOf(body, ['name'])
  const name = required(optionalText(fields, 'name', MAX_NAME), 'name')
  return terminal.forbid(name)
    ? done()
    : refusalReply(404, `Касса «${name}» не зарегистрирована на этом терминале`)
}

function done(more: object = {}): Reply {
  return jsonReply(200, { success: true, ...more })
}

export function terminalBody(terminal: Terminal) {
  return {
    number: terminal.number,
    serial: terminal.serial,
    url: terminal.url,
    host: terminal.host,
    port: terminal.port,
    api: terminal.api,
    protection: terminal.protection,
    certificate_fingerprint: terminal.certificateFingerprint,
    camera: terminal.camera,
    camera_url: terminal.cameraUrl,
    screen: terminal.screen(),
    operation: terminal.operation(),
    registered: terminal.registeredNames(),
    terminal_id_header: terminal.terminalIdHeader,
    faults: terminal.faults.list(),
  }
}
