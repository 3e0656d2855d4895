// The pretend world from outside: the phone, the journal, the list of faults. The centre under test
// must never call these.
import { ArmedFaults, TOO_MANY_FAULTS } from '../faults/armed-faults.ts'
import { FAULTS } from '../faults/catalogue.ts'
import { readFaultRequest } from '../faults/fault-request.ts'
import { BadInput, fieldsOf, optionalBoolean, required } from '../http/bad-input.ts'
import { jsonReply, type Reply } from '../http/reply.ts'
import type { Route } from '../http/router.ts'
import type { Journal } from '../journal/journal.ts'
import type { Phone, ScanRejection, ScanResult } from '../phone/phone.ts'
import { readScanRequest } from '../phone/scan-request.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { terminalBody, terminalRoutes } from './terminal-routes.ts'

/** 404 whatever the reason why no terminal shows the QR; 409 when it was, or was not, scanned. */
const SCAN_STATUS: Readonly<Record<ScanRejection, number>> = {
  not_kaspi: 404,
  no_such_qr: 404,
  over: 404,
  already_scanned: 409,
  not_scanned: 409,
  no_network: 409,
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
      handle: ({ body }) => scanReply(phone.scan(readScanRequest(body))),
    },
    {
      method: 'POST',
      path: '/phone/decide',
      handle: ({ body }) => scanReply(phone.decide(readScanRequest(body))),
    },
    {
      method: 'POST',
      path: '/phone/put-away',
      handle: () => {
        phone.putAway()
        return jsonReply(200, { success: true })
      },
    },
    {
      method: 'POST',
      path: '/phone/network',
      handle: ({ body }) => {
        const fields = fieldsOf(body, ['is_online'])
        phone.setNetwork(required(optionalBoolean(fields, 'is_online'), 'is_online'))
        return jsonReply(200, { success: true })
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
    { method: 'POST', path: '/faults', handle: ({ body }) => armAnywhere(terminals, body) },
    {
      method: 'DELETE',
      path: '/faults',
      handle: () => {
        for (const terminal of terminals) terminal.clearFaults()
        return jsonReply(200, { success: true })
      },
    },
    {
      method: 'GET',
      path: '/terminals',
      handle: () => jsonReply(200, { terminals: terminals.map(terminalBody) }),
    },
    ...terminalRoutes(terminals),
  ]
}

/** One fault that strikes at whichever terminal is used next. */
function armAnywhere(terminals: readonly Terminal[], body: unknown): Reply {
  const fault = readFaultRequest(body)
  if (fault.scope === 'port') throw new BadInput('Порт закрывают у одного терминала')
  for (const terminal of terminals) terminal.refuseMeaningless(fault)
  const lists = terminals.map((terminal) => terminal.faults)
  if (!ArmedFaults.armOnAny(lists, fault)) throw new BadInput(TOO_MANY_FAULTS)
  return jsonReply(200, { success: true, armed: fault })
}

function scanReply({ seen, ...result }: ScanResult): Reply {
  const status = 'reason' in result ? SCAN_STATUS[result.reason] : 200
  return jsonReply(status, { success: seen, ...result })
}
