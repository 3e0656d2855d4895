// The administration put together: everything under /api/admin, behind one check of who calls. A new noun
// is a file beside this one and a line below.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Centre } from '../../ports/centre.ts'
import { varyByLanguage } from '../language.ts'
import type { Live } from '../live/live.ts'
import type { StaffCookie } from '../staff-cookie.ts'
import { adminSecondFactorRoutes } from './admin-second-factor.ts'
import { adminSessionRoutes } from './admin-sessions.ts'
import { adminAccountRoutes } from './admins.ts'
import { alertSettingRoutes } from './alert-settings.ts'
import { alertRoutes } from './alerts.ts'
import { auditRoutes } from './audit.ts'
import { authenticateStaff } from './authenticate-staff.ts'
import { countryRoutes } from './countries.ts'
import { dayRoutes } from './days.ts'
import { deliveryRoutes } from './deliveries.ts'
import { deskRoutes } from './desks.ts'
import { eventRoutes } from './events.ts'
import { figureRoutes } from './figures.ts'
import { firstRunRoutes } from './first-run.ts'
import { meRoutes } from './me.ts'
import { methodRoutes } from './methods.ts'
import { newPaymentRoutes } from './new-payments.ts'
import { paymentLinkRoutes } from './payment-link.ts'
import { paymentSystemRoutes } from './payment-systems.ts'
import { qrConnectionRoutes } from './qr-connections.ts'
import { rateRoutes } from './rates.ts'
import { refundRequestRoutes } from './refund-request.ts'
import { refundRoutes } from './refunds.ts'
import { savedViewRoutes } from './saved-views.ts'
import { secondFactorRoutes } from './second-factor.ts'
import { settingRoutes } from './settings.ts'
import { sourceKeyRoutes } from './source-keys.ts'
import { sourceRoutes } from './sources.ts'
import { statementUploadRoutes } from './statement-upload.ts'
import { statementRoutes } from './statements.ts'
import { terminalCameraRoutes } from './terminal-camera.ts'
import { terminalCertificateRoutes } from './terminal-certificates.ts'
import { terminalDutyRoutes } from './terminal-duty.ts'
import { terminalLookRoutes } from './terminal-looks.ts'
import { terminalWallRoutes } from './terminal-wall.ts'
import { terminalRoutes } from './terminals.ts'
import { textRoutes } from './texts.ts'
import { transactionActionRoutes } from './transaction-actions.ts'
import { transactionExportRoutes } from './transaction-export.ts'
import { transactionRoutes } from './transactions.ts'
import { webhookPortalRoutes } from './webhook-portal.ts'

export interface AdminRoutesOptions {
  readonly centre: Centre
  readonly live: Live
}

export type AdminRoutes = FastifyPluginAsyncTypebox<AdminRoutesOptions>
/** What a noun's routes are added to. */
export type AdminApp = Parameters<AdminRoutes>[0]

const NOUNS: readonly AdminRoutes[] = [
  meRoutes,
  eventRoutes,
  auditRoutes,
  adminAccountRoutes,
  adminSessionRoutes,
  adminSecondFactorRoutes,
  secondFactorRoutes,
  textRoutes,
  countryRoutes,
  paymentSystemRoutes,
  sourceRoutes,
  sourceKeyRoutes,
  methodRoutes,
  rateRoutes,
  settingRoutes,
  firstRunRoutes,
  alertRoutes,
  alertSettingRoutes,
  terminalRoutes,
  terminalLookRoutes,
  terminalDutyRoutes,
  terminalCertificateRoutes,
  terminalCameraRoutes,
  terminalWallRoutes,
  qrConnectionRoutes,
  newPaymentRoutes,
  paymentLinkRoutes,
  transactionRoutes,
  transactionActionRoutes,
  transactionExportRoutes,
  savedViewRoutes,
  refundRequestRoutes,
  refundRoutes,
  deliveryRoutes,
  webhookPortalRoutes,
  figureRoutes,
  deskRoutes,
  statementRoutes,
  statementUploadRoutes,
  dayRoutes,
]

export const adminRoutes: FastifyPluginAsyncTypebox<
  AdminRoutesOptions & { readonly cookie: StaffCookie }
> = async (app, { centre, cookie, live }) => {
  varyByLanguage(app)
  authenticateStaff(app, centre, cookie)
  for (const routes of NOUNS) await app.register(routes, { centre, live })
}
