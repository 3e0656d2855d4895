// /api/admin/desks and /api/admin/desk-entries: what waits for a person, and what they do with it.

import {
  AssignEntryRequest,
  CloseEntryRequest,
  DeskAnswer,
  DeskEntryAnswer,
  DeskQuery,
  DesksAnswer,
  EntryWorkedAnswer,
  NoteEntryRequest,
} from '@byfly-pay/contract'
import { DESKS, type Desk } from '@byfly-pay/core'
import type { FastifyReply } from 'fastify'
import type { Staff } from '../../accounts/staff.ts'
import { countDesks, readDesk, readEntry, rightsAt } from '../../desks/read-desk.ts'
import { DESK_WORDS } from '../../desks/words/words.ts'
import { type Work, workEntry } from '../../desks/work-entry.ts'
import { cardFault } from '../../payments/customer-fields.ts'
import type { Centre } from '../../ports/centre.ts'
import { done, send, success } from '../answer.ts'
import { languageOf } from '../language.ts'
import { Refusal, refuseFaults } from '../refusal.ts'
import type { AdminApp, AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { readerAt } from './desk-reader.ts'
import { readId, type WithId } from './path-id.ts'
import { ageSeconds, showEntry, showEntryStory } from './show-entry.ts'
import { refuseUnshowable } from './showable.ts'

const DEFAULT_LIMIT = 100

export const deskRoutes: AdminRoutes = async (app, { centre }) => {
  readRoutes(app, centre)
  workRoutes(app, centre)
}

function readRoutes(app: AdminApp, centre: Centre): void {
  const config = { right: 'desks.read' } as const

  app.get(
    '/desks',
    { config, schema: { response: { 200: DesksAnswer } } },
    async (request, reply) => {
      const counts = await countDesks(centre, staffAt(request))
      const now = centre.clock.now()
      const titles = DESK_WORDS[languageOf(request)].desks
      const desks = counts.map(({ desk, oldestMs, open, unassigned }) => ({
        desk,
        title: titles[desk],
        open,
        unassigned,
        oldest_age_seconds: oldestMs === null ? null : ageSeconds(oldestMs, now),
      }))
      return send(reply, success<DesksAnswer>(200, { success: true, data: { desks } }))
    },
  )

  app.get<{ Params: { desk: string }; Querystring: DeskQuery }>(
    '/desks/:desk',
    { config, schema: { querystring: DeskQuery, response: { 200: DeskAnswer } } },
    async (request, reply) => {
      const staff = staffAt(request)
      const { cursor, limit: asked, state } = request.query
      const limit = Number(asked ?? DEFAULT_LIMIT)
      const filter = {
        isClosed: state === 'closed',
        assignee: assigneeOf(request.query, staff),
        after: cursor === undefined ? null : BigInt(cursor),
        limit: limit + 1,
      }
      const found = await readDesk(centre, readerAt(request), deskAt(request.params), filter)
      const entries = found.slice(0, limit)
      const last = entries.at(-1)
      const data = {
        entries: entries.map((entry) => showEntry(entry, centre.zone)),
        limit,
        next_cursor: found.length > limit && last !== undefined ? String(last.id) : null,
      }
      return send(reply, success<DeskAnswer>(200, { success: true, data }))
    },
  )

  app.get<{ Params: WithId }>(
    '/desk-entries/:id',
    { config, schema: { response: { 200: DeskEntryAnswer } } },
    async (request, reply) => {
      const story = await readEntry(centre, readerAt(request), entryIdAt(request.params))
      if (story === null) throw new Refusal('not_found')
      const data = showEntryStory(story, centre.zone)
      return send(reply, success<DeskEntryAnswer>(200, { success: true, data }))
    },
  )
}

/** Every desk names a right of its own beside this one: who may not work there is refused in the middle. */
function workRoutes(app: AdminApp, centre: Centre): void {
  const config = { right: 'desks.read' } as const
  const response = { 200: EntryWorkedAnswer }

  const work = async (staff: Staff, params: WithId, what: Work, reply: FastifyReply) => {
    const outcome = await workEntry(centre, staff, rightsAt(staff), entryIdAt(params), what)
    switch (outcome) {
      case 'done':
        return send(reply, done<EntryWorkedAnswer>('Записано'))
      case 'not_found':
      case 'forbidden':
        throw new Refusal(outcome)
      case 'already_closed':
        throw new Refusal('entry_closed')
      case 'not_closable':
        throw new Refusal('entry_not_closable')
      case 'no_such_admin':
        return refuseFaults({ admin_id: 'Does not work at this desk' })
    }
  }

  app.post<{ Params: WithId }>(
    '/desk-entries/:id/take',
    { config, schema: { response } },
    (request, reply) => {
      const staff = staffAt(request)
      return work(staff, request.params, { kind: 'assign', adminId: staff.admin.id }, reply)
    },
  )

  app.post<{ Params: WithId; Body: AssignEntryRequest }>(
    '/desk-entries/:id/assign',
    { config, schema: { body: AssignEntryRequest, response } },
    (request, reply) => {
      const what = { kind: 'assign', adminId: request.body.admin_id } as const
      return work(staffAt(request), request.params, what, reply)
    },
  )

  app.post<{ Params: WithId; Body: NoteEntryRequest }>(
    '/desk-entries/:id/note',
    { config, schema: { body: NoteEntryRequest, response } },
    (request, reply) => {
      const { text } = request.body
      refuseText({ text })
      return work(staffAt(request), request.params, { kind: 'note', text: text.trim() }, reply)
    },
  )

  app.post<{ Params: WithId; Body: CloseEntryRequest }>(
    '/desk-entries/:id/close',
    { config, schema: { body: CloseEntryRequest, response } },
    (request, reply) => {
      const { reason } = request.body
      refuseText({ reason })
      return work(staffAt(request), request.params, { kind: 'close', reason: reason.trim() }, reply)
    },
  )
}

/** What stays for ever must be showable, and no card number (T7, A22). */
export function refuseText(texts: Readonly<Record<string, string>>): void {
  refuseUnshowable({}, texts)
  for (const [field, text] of Object.entries(texts)) {
    const fault = cardFault(text)
    if (fault !== null) refuseFaults({ [field]: fault })
  }
}

function deskAt({ desk }: { readonly desk: string }): Desk {
  const known = DESKS.find((candidate) => candidate === desk)
  if (known === undefined) throw new Refusal('not_found')
  return known
}

function entryIdAt({ id }: WithId): bigint {
  return BigInt(readId(id))
}

function assigneeOf({ assignee }: DeskQuery, { admin }: Staff): number | 'nobody' | 'anybody' {
  switch (assignee) {
    case undefined:
      return 'anybody'
    case 'nobody':
      return 'nobody'
    case 'me':
      return admin.id
    default:
      return Number(assignee)
  }
}
