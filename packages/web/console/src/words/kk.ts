// The whole of one language: what Russian says, each sentence.

import { desk } from './kk/desk.ts'
import { devices } from './kk/devices.ts'
import { firstRun } from './kk/first-run.ts'
import { house } from './kk/house.ts'
import { exporting, views } from './kk/list.ts'
import { live } from './kk/live.ts'
import { net, overview, period } from './kk/overview.ts'
import { own } from './kk/own.ts'
import { payments } from './kk/payments.ts'
import { portal } from './kk/portal.ts'
import { qrApi } from './kk/qr-api.ts'
import { reconciliation } from './kk/reconciliation.ts'
import { shell } from './kk/shell.ts'
import type { Words } from './ru.ts'

export const kk: Words = {
  ...desk,
  ...house,
  ...live,
  ...own,
  ...portal,
  ...shell,
  devices,
  exporting,
  firstRun,
  net,
  overview,
  payments,
  period,
  qrApi,
  reconciliation,
  views,
}
