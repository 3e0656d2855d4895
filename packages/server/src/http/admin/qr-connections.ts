// /api/admin/qr-connections: connections to Kaspi QR API, which only super admins see and keep.

import {
  NewQrConnectionRequest,
  QrConnectionAddedAnswer,
  QrConnectionChangedAnswer,
  QrConnectionChangeRequest,
  QrConnectionDeletedAnswer,
  QrConnectionsAnswer,
  QrConnectionTriedAnswer,
} from '@byfly-pay/contract'
import type { Centre } from '../../ports/centre.ts'
import {
  addConnection,
  type ConnectionFault,
  type ConnectionFaults,
  changeConnection,
  type QrConnectionEdit,
  removeConnection,
} from '../../terminals/keep-connection.ts'
import {
  checkConnection,
  connectionSentence,
  registerConnection,
} from '../../terminals/try-connection.ts'
import { TERMINAL_WORDS } from '../../terminals/words/words.ts'
import { done, send, success } from '../answer.ts'
import { languageOf } from '../language.ts'
import { onlyGiven } from '../only-given.ts'
import { type FieldErrors, Refusal } from '../refusal.ts'
import type { AdminApp, AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { readId, type WithId } from './path-id.ts'
import { showQrConnection } from './show-qr-connection.ts'
import { refuseUnshowable } from './showable.ts'

const RIGHT = { right: 'settings.write' } as const

const USUAL = {
  countryIso: 'KZ',
  tls: 'strict',
  form: 'qr',
  isActive: true,
  certificateFile: null,
  keyFile: null,
  organizationBin: null,
  apiKey: null,
  passphrase: null,
} as const

export const qrConnectionRoutes: AdminRoutes = async (app, { centre }) => {
  read(app, centre)
  keep(app, centre)
  attempt(app, centre)
}

function read(app: AdminApp, { storage, zone }: Centre): void {
  app.get(
    '/qr-connections',
    { config: RIGHT, schema: { response: { 200: QrConnectionsAnswer } } },
    async (_request, reply) => {
      const views = await storage.qrConnections.list()
      const data = views.map((view) => showQrConnection(view, zone))
      return send(reply, success<QrConnectionsAnswer>(200, { success: true, data }))
    },
  )
}

function keep(app: AdminApp, centre: Centre): void {
  app.post(
    '/qr-connections',
    {
      config: RIGHT,
      schema: { body: NewQrConnectionRequest, response: { 201: QrConnectionAddedAnswer } },
    },
    async (request, reply) => {
      const { address, name, scheme, trade_point_id: tradePointId } = request.body
      const named = { address, name: name.trim(), bankScheme: scheme, tradePointId }
      const entry = { ...USUAL, ...editOf(request.body), ...named }
      const outcome = await addConnection(centre, staffAt(request), entry)
      const data = { id: idOf(outcome) }
      const message = 'Подключение добавлено'
      return send(reply, success<QrConnectionAddedAnswer>(201, { success: true, message, data }))
    },
  )
  app.put<{ Params: WithId; Body: QrConnectionChangeRequest }>(
    '/qr-connections/:id',
    {
      config: RIGHT,
      schema: { body: QrConnectionChangeRequest, response: { 200: QrConnectionChangedAnswer } },
    },
    async (request, reply) => {
      const id = readId(request.params.id)
      idOf(await changeConnection(centre, staffAt(request), id, editOf(request.body)))
      return send(reply, done<QrConnectionChangedAnswer>('Подключение обновлено'))
    },
  )
  app.delete<{ Params: WithId }>(
    '/qr-connections/:id',
    { config: RIGHT, schema: { response: { 200: QrConnectionDeletedAnswer } } },
    async (request, reply) => {
      const id = readId(request.params.id)
      if (!(await removeConnection(centre, staffAt(request), id))) throw new Refusal('not_found')
      return send(reply, done<QrConnectionDeletedAnswer>('Подключение удалено'))
    },
  )
}

function attempt(app: AdminApp, centre: Centre): void {
  app.post<{ Params: WithId }>(
    '/qr-connections/:id/check',
    { config: RIGHT, schema: { response: { 200: QrConnectionTriedAnswer } } },
    async (request, reply) => {
      const check = await checkConnection(centre, readId(request.params.id))
      if (check === null) throw new Refusal('not_found')
      const { finding, latencyMs } = check
      const message = connectionSentence(check, TERMINAL_WORDS[languageOf(request)])
      const latency_ms = latencyMs === null ? null : Math.round(latencyMs)
      const data = { is_well: finding === 'well', latency_ms, message }
      return send(reply, success<QrConnectionTriedAnswer>(200, { success: true, data }))
    },
  )
  app.post<{ Params: WithId }>(
    '/qr-connections/:id/register',
    { config: RIGHT, schema: { response: { 200: QrConnectionTriedAnswer } } },
    async (request, reply) => {
      const id = readId(request.params.id)
      const outcome = await registerConnection(centre, staffAt(request), id)
      if (outcome === 'not_found') throw new Refusal('not_found')
      if (outcome === 'in_progress') throw new Refusal('registration_in_progress')
      const message = TERMINAL_WORDS[languageOf(request)].bank.registration[outcome]
      const data = { is_well: outcome === 'registered', latency_ms: null, message }
      return send(reply, success<QrConnectionTriedAnswer>(200, { success: true, data }))
    },
  )
}

function editOf(body: QrConnectionChangeRequest): QrConnectionEdit {
  refuseUnshowable({ name: body.name })
  return onlyGiven<QrConnectionEdit>({
    name: body.name?.trim(),
    address: body.address,
    tls: body.tls,
    isActive: body.is_active,
    bankScheme: body.scheme,
    form: body.form,
    certificateFile: body.certificate_file,
    keyFile: body.key_file,
    organizationBin: body.organization_bin,
    tradePointId: body.trade_point_id,
    countryIso: body.country_iso,
    apiKey: body.api_key,
    passphrase: body.passphrase,
  })
}

/** @throws Refusal unless it was written */
function idOf(outcome: Awaited<ReturnType<typeof changeConnection>>): number {
  switch (outcome.kind) {
    case 'kept':
      return outcome.id
    case 'not_found':
      throw new Refusal('not_found')
    case 'faulty':
      throw new Refusal('validation', { errors: errorsOf(outcome.faults) })
  }
}

const FIELDS: Readonly<Record<string, string>> = {
  countryIso: 'country_iso',
  apiKey: 'api_key',
  certificateFile: 'certificate_file',
  organizationBin: 'organization_bin',
}

const WHAT_IS_WRONG: Readonly<Record<ConnectionFault, string>> = {
  not_an_address: 'Is not the address of one server',
  forbidden_address: 'Is outside the networks where devices are allowed',
  needs_https: 'Must be an address of https',
  unknown_country: 'Is not known here',
  needed: 'Is needed by this scheme',
}

function errorsOf(faults: ConnectionFaults): FieldErrors {
  return Object.fromEntries(
    Object.entries(faults).map(([field, fault]) => [FIELDS[field] ?? field, WHAT_IS_WRONG[fault]]),
  )
}
