// The certificate of a device: what it shows now, and a person's word that it is the device's own.

import { CertificateAnswer, TrustAnswer, TrustShownRequest } from '@byfly-pay/contract'
import { localTime, utcTime } from '@byfly-pay/core'
import type { Centre } from '../../ports/centre.ts'
import {
  lookAtCertificate,
  type TrustShownOutcome,
  trustCertificate,
  trustShown,
} from '../../terminals/trust-certificate.ts'
import { send, success } from '../answer.ts'
import { Refusal } from '../refusal.ts'
import type { AdminApp, AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { ofTerminal, terminalIdOf } from './terminal-request.ts'

export const terminalCertificateRoutes: AdminRoutes = async (app, { centre }) => {
  show(app, centre)
  putTrust(app, centre)
  trust(app, centre)
}

function show(app: AdminApp, centre: Centre): void {
  app.get(
    '/terminals/:id/certificate',
    {
      exposeHeadRoute: false,
      config: { right: 'terminals.operate' },
      schema: { params: ofTerminal, response: { 200: CertificateAnswer } },
    },
    async (request, reply) => {
      const terminalId = terminalIdOf(request.params.id)
      const seen = await lookAtCertificate(centre, staffAt(request), terminalId)
      if (seen === null) throw new Refusal('terminal_not_found')
      const { certificate, terminal } = seen
      const expiresAtMs = certificate?.expiresAtMs ?? null
      const data = {
        id: terminalId,
        scheme: terminal.scheme,
        tls: terminal.tls,
        fingerprint: certificate?.fingerprint ?? null,
        trusted_fingerprint: terminal.fingerprint,
        is_vouched_for: certificate?.isVouchedFor ?? null,
        expires_at: expiresAtMs === null ? null : localTime(expiresAtMs, centre.zone),
        expires_at_utc: expiresAtMs === null ? null : utcTime(expiresAtMs),
      }
      return send(reply, success<CertificateAnswer>(200, { success: true, data }))
    },
  )
}

function putTrust(app: AdminApp, centre: Centre): void {
  app.put(
    '/terminals/:id/certificate',
    {
      config: { right: 'terminals.operate' },
      schema: {
        params: ofTerminal,
        body: TrustShownRequest,
        response: { 200: TrustAnswer },
      },
    },
    async (request, reply) => {
      const terminalId = terminalIdOf(request.params.id)
      const { fingerprint } = request.body
      const outcome = await trustShown(centre, staffAt(request), terminalId, fingerprint)
      return send(reply, success<TrustAnswer>(200, { success: true, data: showTrust(outcome) }))
    },
  )
}

function trust(app: AdminApp, centre: Centre): void {
  app.post(
    '/terminals/:id/trust-certificate',
    {
      config: { right: 'terminals.operate' },
      schema: {
        params: ofTerminal,
        response: { 200: TrustAnswer },
      },
    },
    async (request, reply) => {
      const terminalId = terminalIdOf(request.params.id)
      const outcome = await trustCertificate(centre, staffAt(request), terminalId)
      return send(reply, success<TrustAnswer>(200, { success: true, data: showTrust(outcome) }))
    },
  )
}

/** @throws Refusal terminal_not_found */
function showTrust(outcome: TrustShownOutcome): TrustAnswer['data'] {
  if (outcome.kind === 'not_found') throw new Refusal('terminal_not_found')
  const fingerprint = outcome.kind === 'no_certificate' ? null : outcome.fingerprint
  return { outcome: outcome.kind, fingerprint, ...TRUST_WORDS[outcome.kind] }
}

const TRUST_WORDS = {
  trusted: {
    message: 'Сертификат запомнен',
    cure: 'Сверьте отпечаток с экраном терминала или повторите из другой сети',
  },
  no_certificate: {
    message: 'Терминал не показал сертификата',
    cure: 'Проверьте, что он включён и что его адрес начинается с https',
  },
  changed: {
    message: 'Терминал показывает уже другой сертификат: он не запомнен',
    cure: 'Посмотрите его ещё раз и проверьте, тот ли это терминал',
  },
} as const
