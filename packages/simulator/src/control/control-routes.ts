// The hands of a person in the pretend world: the phone, the device's keys, the faults, the journal.
// The centre under test must never call these.
import { FAULTS } from '../faults/catalogue.ts'
import { fieldsOf, optionalInteger, optionalText, required } from '../http/bad-input.ts'
import { jsonReply, type Reply, refusalReply } from '../http/reply.ts'
import type { Route } from '../http/router.ts'
import type { Journal } from '../journal/journal.ts'
import type { Phone, ScanRejection } from '../phone/phone.ts'
import { readScanRequest } from '../phone/scan-request.ts'
import { readKeySale } from '../terminal/key-sale.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { readTiming } from '../timing.ts'
import { withTerminal } from './terminal-in-path.ts'

const MAX_CLOSED_MS = 600_000
const MAX_NAME = 200

/** 404 whatever the reason why no terminal shows the QR; 409 when another phone was first. */
const SCAN_STATUS: Readonly<Record<ScanRejection, number>> = {
  not_kaspi: 404,
  no_such_qr: 404,
  over: 404,
  already_scanned: 409,
}

interface World {
  readonly terminals: readonly Terminal[]
  readonly journal: Journal
  readonly phone: Phone
}

export function controlRoutes({ terminals, journal, phone }: World): readonly Route[] {
  return [
    { method: 'GET', path: '/healthz', handle: () => jsonReply(200, { status: 'ok' }) },
    {
      method: 'POST',
      path: '/phone/scan',
      handle: ({ body }) => {
        const { seen, ...result } = phone.scan(readScanRequest(body))
        const status = 'reason' in result ? SCAN_STATUS[result.reason] : 200
        return jsonReply(status, { success: seen, ...result })
      },
    },
    {
      method: 'GET',
      path: '/journal',
      handle: () =>
        jsonReply(200, {
          entries: journal.entries,
          operations: journal.operations,
          start_calls: journal.startCalls,
        }),
    },
    { method: 'GET', path: '/faults', handle: () => jsonReply(200, { faults: FAULTS }) },
    {
      method: 'GET',
      path: '/terminals',
      handle: () => jsonReply(200, { terminals: terminals.map(terminalBody) }),
    },
    ...terminalRoutes(terminals),
  ]
}

function terminalRoutes(terminals: readonly Terminal[]): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/terminals/:n',
      handle: withTerminal(terminals, (terminal) => jsonReply(200, terminalBody(terminal))),
    },
    {
      method: 'POST',
      path: '/terminals/:n/faults',
      handle: withTerminal(terminals, (terminal, { body }) =>
        jsonReply(200, { success: true, armed: terminal.armFaultFrom(body) }),
      ),
    },
    {
      method: 'DELETE',
      path: '/terminals/:n/faults',
      handle: withTerminal(terminals, (terminal) => {
        terminal.clearFaults()
        return jsonReply(200, { success: true })
      }),
    },
    {
      method: 'POST',
      path: '/terminals/:n/timing',
      handle: withTerminal(terminals, (terminal, { body }) => {
        terminal.setTiming(readTiming(body))
        return jsonReply(200, { success: true, timing: terminal.timing })
      }),
    },
    {
      method: 'POST',
      path: '/terminals/:n/key-sale',
      handle: withTerminal(terminals, keySaleReply),
    },
    {
      method: 'POST',
      path: '/terminals/:n/reboot',
      handle: withTerminal(terminals, (terminal, { body }) => {
        const fields = fieldsOf(body, ['closed_ms'])
        terminal.reboot(optionalInteger(fields, 'closed_ms', 0, MAX_CLOSED_MS))
        return jsonReply(200, { success: true })
      }),
    },
    {
      method: 'POST',
      path: '/terminals/:n/forbid',
      handle: withTerminal(terminals, (terminal, { body }) => {
        const fields = fieldsOf(body, ['name'])
        const name = required(optionalText(fields, 'name', MAX_NAME), 'name')
        return terminal.forbid(name)
          ? jsonReply(200, { success: true })
          : refusalReply(404, `Касса «${name}» не зарегистрирована на этом терминале`)
      }),
    },
  ]
}

function keySaleReply(terminal: Terminal, { body }: { readonly body: unknown }): Reply {
  const operation = terminal.keySale(readKeySale(body))
  return operation === null
    ? refusalReply(409, 'Терминал занят другой операцией')
    : jsonReply(200, { success: true, process_id: operation.process_id })
}

function terminalBody(terminal: Terminal) {
  return {
    number: terminal.number,
    serial: terminal.serial,
    url: terminal.url,
    host: terminal.host,
    port: terminal.port,
    camera: terminal.camera,
    camera_url: terminal.cameraUrl,
    screen: terminal.screen(),
    operation: terminal.operation(),
    registered: terminal.registeredNames(),
    faults: terminal.faults.list(),
  }
}
