// /api/admin/sources: the documented calls, and one source by its number. A token or a secret is shown in
// one answer only, the one that made it.

import {
  ChangeSourceRequest,
  CreateSourceRequest,
  PageQuery,
  SourceAnswer,
  SourceChangedAnswer,
  SourceCreatedAnswer,
  SourceDeletedAnswer,
  SourcesAnswer,
  WEBHOOK_FIELDS,
} from '@byfly-pay/contract'
import { changeSource, deleteSource } from '../../accounts/change-source.ts'
import { createSource } from '../../accounts/sources.ts'
import { may, type Staff } from '../../accounts/staff.ts'
import { done, send, success } from '../answer.ts'
import { Refusal } from '../refusal.ts'
import type { AdminApp, AdminRoutes, AdminRoutesOptions } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { readId, readPage, type WithId } from './path-id.ts'
import { readSource, SOURCE_FAULTS } from './read-source.ts'
import { showSource } from './show-source.ts'

export const sourceRoutes: AdminRoutes = async (app, options) => {
  readRoutes(app, options)
  writeRoutes(app, options)
  deleteRoute(app, options)
}

function readRoutes(app: AdminApp, { centre }: AdminRoutesOptions): void {
  const { sources } = centre.storage
  app.get(
    '/sources',
    {
      config: { right: 'sources.read' },
      schema: {
        querystring: PageQuery,
        response: { 200: SourcesAnswer },
      },
    },
    async (request, reply) => {
      const found = await sources.list(staffAt(request).scope, readPage(request.query))
      const data = found.map((source) => showSource(source, centre.zone))
      return send(reply, success<SourcesAnswer>(200, { success: true, data }))
    },
  )
  app.get<{ Params: WithId }>(
    '/sources/:id',
    {
      config: { right: 'sources.read' },
      schema: { response: { 200: SourceAnswer } },
    },
    async (request, reply) => {
      const source = await sources.find(staffAt(request).scope, readId(request.params.id))
      if (source === null) throw new Refusal('not_found')
      const data = showSource(source, centre.zone)
      return send(reply, success<SourceAnswer>(200, { success: true, data }))
    },
  )
}

function writeRoutes(app: AdminApp, { centre }: AdminRoutesOptions): void {
  app.post(
    '/sources',
    {
      config: { right: 'sources.create' },
      schema: {
        body: CreateSourceRequest,
        response: { 201: SourceCreatedAnswer },
      },
    },
    async (request, reply) => {
      const { name, type } = request.body
      const source = { ...readSource(request.body), name, type }
      const made = await createSource(centre, staffAt(request), source)
      if (made.kind === 'refused') {
        throw new Refusal('validation', { errors: SOURCE_FAULTS[made.reason] })
      }
      const { id, apiToken: api_token, webhookSecret: webhook_secret } = made
      const data = { id, api_token, webhook_secret }
      const body = { success: true, message: 'Источник создан', data } as const
      return send(reply, success<SourceCreatedAnswer>(201, body))
    },
  )
  app.put<{ Params: WithId; Body: ChangeSourceRequest }>(
    '/sources/:id',
    {
      config: { right: 'sources.webhooks' },
      schema: {
        body: ChangeSourceRequest,
        response: { 200: SourceChangedAnswer },
      },
    },
    async (request, reply) => {
      const staff = staffAt(request)
      refuseBeyondWebhooks(staff, request.body)
      const id = readId(request.params.id)
      const outcome = await changeSource(centre, staff, id, readSource(request.body))
      if (outcome.kind === 'not_found') throw new Refusal('not_found')
      if (outcome.kind === 'refused') {
        throw new Refusal('validation', { errors: SOURCE_FAULTS[outcome.reason] })
      }
      return send(reply, done<SourceChangedAnswer>('Источник обновлен'))
    },
  )
}

function deleteRoute(app: AdminApp, { centre }: AdminRoutesOptions): void {
  app.delete<{ Params: WithId }>(
    '/sources/:id',
    {
      config: { right: 'sources.create' },
      schema: { response: { 200: SourceDeletedAnswer } },
    },
    async (request, reply) => {
      const isDone = await deleteSource(centre, staffAt(request), readId(request.params.id))
      if (!isDone) throw new Refusal('not_found')
      return send(reply, done<SourceDeletedAnswer>('Источник удален'))
    },
  )
}

/** Whoever may not change a source may still say where its events go (L4). */
function refuseBeyondWebhooks(staff: Staff, body: ChangeSourceRequest): void {
  const isBeyond = Object.keys(ChangeSourceRequest.properties).some(
    (field) => Object.hasOwn(body, field) && !WEBHOOK_FIELDS.includes(field),
  )
  if (isBeyond && !may(staff, 'sources.write')) throw new Refusal('forbidden')
}
