// Russian, the language that the others follow.

import { desk } from './ru/desk.ts'
import { devices } from './ru/devices.ts'
import { firstRun } from './ru/first-run.ts'
import { house } from './ru/house.ts'
import { exporting, views } from './ru/list.ts'
import { live } from './ru/live.ts'
import { net, overview, period } from './ru/overview.ts'
import { own } from './ru/own.ts'
import { payments } from './ru/payments.ts'
import { portal } from './ru/portal.ts'
import { qrApi } from './ru/qr-api.ts'
import { reconciliation } from './ru/reconciliation.ts'
import { shell } from './ru/shell.ts'
import type { Shape } from './shape.ts'

export const ru = {
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
export type Words = Shape<typeof ru>
