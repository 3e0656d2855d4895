// The whole of one language: what Russian says, each sentence.

import { desk } from './en/desk.ts'
import { devices } from './en/devices.ts'
import { firstRun } from './en/first-run.ts'
import { house } from './en/house.ts'
import { exporting, views } from './en/list.ts'
import { live } from './en/live.ts'
import { net, overview, period } from './en/overview.ts'
import { own } from './en/own.ts'
import { payments } from './en/payments.ts'
import { portal } from './en/portal.ts'
import { qrApi } from './en/qr-api.ts'
import { reconciliation } from './en/reconciliation.ts'
import { shell } from './en/shell.ts'
import type { Words } from './ru.ts'

export const en: Words = {
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
