// A meter that nobody reads, for a centre that a test puts together by hand.

import type { Meter } from '../../packages/server/src/ports/meter.ts'

export const silentMeter: Meter = {
  answered() {},
  liveClients() {},
  leftQueue() {},
  started() {},
  lookedLate() {},
  readQr() {},
  missedQr() {},
  tookOver() {},
  triedDelivery() {},
  triedText() {},
  triedAlert() {},
  readWide() {},
}
