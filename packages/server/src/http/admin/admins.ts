// /api/admin/admins: members of staff, for super admins. Deleting one is blocking: what they did keeps
// their name.

import {
  AddAdminRequest,
  AdminAddedAnswer,
  AdminAnswer,
  AdminBlockedAnswer,
  AdminChangedAnswer,
  AdminsAnswer,
  ChangeAdminRequest,
  PageQuery,
} from '@byfly-pay/contract'
import { addAdmin } from '../../accounts/add-admin.ts'
import { type AdminChange, changeAdmin } from '../../accounts/change-admin.ts'
import type { Staff } from '../../accounts/staff.ts'
import type { Centre } from '../../ports/centre.ts'
import { done, send, success } from '../answer.ts'
import { Refusal } from '../refusal.ts'
import type { AdminApp, AdminRoutes, AdminRoutesOptions } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { readId, readPage, type WithId } from './path-id.ts'
import { ADMIN_FAULTS, readAdminChange, readNewAdmin } from './read-admin.ts'
import { showAdmin } from './show-admin.ts'

export const adminAccountRoutes: AdminRoutes = async (app, options) => {
  readRoutes(app, options)
  writeRoutes(app, options)
}

function readRoutes(app: AdminApp, { centre }: AdminRoutesOptions): void {
  const { places, staff } = centre.storage
  app.get(
    '/admins',
    {
      config: { right: 'admins.manage' },
      schema: { querystring: PageQuery, response: { 200: AdminsAnswer } },
    },
    async (request, reply) => {
      const { afterId, limit } = readPage(request.query)
      const admins = await staff.admins(afterId, limit)
      const countries = await places.countries()
      const data = admins.map((admin) => showAdmin(admin, countries))
      return send(reply, success<AdminsAnswer>(200, { success: true, data }))
    },
  )
  app.get<{ Params: WithId }>(
    '/admins/:id',
    {
      config: { right: 'admins.manage' },
      schema: { response: { 200: AdminAnswer } },
    },
    async (request, reply) => {
      const admin = await staff.admin(readId(request.params.id))
      if (admin === null) throw new Refusal('not_found')
      const data = showAdmin(admin, await places.countries())
      return send(reply, success<AdminAnswer>(200, { success: true, data }))
    },
  )
}

function writeRoutes(app: AdminApp, { centre }: AdminRoutesOptions): void {
  const { places } = centre.storage
  app.post(
    '/admins',
    {
      config: { right: 'admins.manage' },
      schema: {
        body: AddAdminRequest,
        response: { 201: AdminAddedAnswer },
      },
    },
    async (request, reply) => {
      const admin = readNewAdmin(request.body, await places.countries())
      const outcome = await addAdmin(centre, staffAt(request), admin)
      if (outcome.kind === 'refused') {
        throw new Refusal('validation', { errors: ADMIN_FAULTS[outcome.reason] })
      }
      const data = { id: outcome.id }
      const body = { success: true, message: 'Сотрудник добавлен', data } as const
      return send(reply, success<AdminAddedAnswer>(201, body))
    },
  )
  app.put<{ Params: WithId; Body: ChangeAdminRequest }>(
    '/admins/:id',
    {
      config: { right: 'admins.manage' },
      schema: {
        body: ChangeAdminRequest,
        response: { 200: AdminChangedAnswer },
      },
    },
    async (request, reply) => {
      const id = readId(request.params.id)
      const wanted = readAdminChange(request.body, await places.countries())
      await change(centre, staffAt(request), id, wanted)
      return send(reply, done<AdminChangedAnswer>('Сотрудник обновлен'))
    },
  )
  app.delete<{ Params: WithId }>(
    '/admins/:id',
    {
      config: { right: 'admins.manage' },
      schema: { response: { 200: AdminBlockedAnswer } },
    },
    async (request, reply) => {
      await change(centre, staffAt(request), readId(request.params.id), { isActive: false })
      return send(reply, done<AdminBlockedAnswer>('Сотрудник заблокирован'))
    },
  )
}

/** @throws Refusal unless it was done */
async function change(
  centre: Centre,
  staff: Staff,
  id: number,
  wanted: AdminChange,
): Promise<void> {
  const outcome = await changeAdmin(centre, staff, id, wanted)
  if (outcome.kind === 'changed') return
  if (outcome.kind === 'not_found') throw new Refusal('not_found')
  if (outcome.reason === 'last_super_admin') throw new Refusal('last_super_admin')
  throw new Refusal('validation', { errors: ADMIN_FAULTS[outcome.reason] })
}
