// The whole of one language: what Russian says, each sentence.

import type { Words } from './ru.ts'
import { desk } from './uz/desk.ts'
import { devices } from './uz/devices.ts'
import { firstRun } from './uz/first-run.ts'
import { house } from './uz/house.ts'
import { exporting, views } from './uz/list.ts'
import { live } from './uz/live.ts'
import { net, overview, period } from './uz/overview.ts'
import { own } from './uz/own.ts'
import { payments } from './uz/payments.ts'
import { portal } from './uz/portal.ts'
import { qrApi } from './uz/qr-api.ts'
import { reconciliation } from './uz/reconciliation.ts'
import { shell } from './uz/shell.ts'

export const uz: Words = {
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
