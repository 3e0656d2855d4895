// The pretend world from outside: the phone, the journal, the list of faults. The centre under test
// must never call these.
import { FAULTS } from '../faults/catalogue.ts'
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

function scanReply({ seen, ...result }: ScanResult): Reply {
  const status = 'reason' in result ? SCAN_STATUS[result.reason] : 200
  return jsonReply(status, { success: seen, ...result })
}
