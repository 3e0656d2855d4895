// Terminals as staff enters them: list, one, add, change, delete.

import {
  NewTerminalRequest,
  TerminalAdded,
  TerminalAnswer,
  TerminalChanged,
  TerminalChangeRequest,
  TerminalDeleted,
  TerminalsAnswer,
  TerminalsQuery,
} from '@byfly-pay/contract'
import { may } from '../../accounts/staff.ts'
import type { Centre } from '../../ports/centre.ts'
import { addTerminal } from '../../terminals/add-terminal.ts'
import { changeTerminal } from '../../terminals/change-terminal.ts'
import { removeTerminal } from '../../terminals/remove-terminal.ts'
import { send, success } from '../answer.ts'
import { Refusal } from '../refusal.ts'
import type { AdminApp, AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { showTerminal } from './show-terminal.ts'
import {
  entryErrors,
  ofTerminal,
  saysWhereToConnect,
  terminalEntryOf,
  terminalIdOf,
} from './terminal-request.ts'

const DEFAULT_LIMIT = 1_000

export const terminalRoutes: AdminRoutes = async (app, { centre }) => {
  list(app, centre)
  one(app, centre)
  add(app, centre)
  change(app, centre)
  remove(app, centre)
}

function list(app: AdminApp, centre: Centre): void {
  app.get(
    '/terminals',
    {
      config: { right: 'terminals.read' },
      schema: {
        querystring: TerminalsQuery,
        response: { 200: TerminalsAnswer },
      },
    },
    async (request, reply) => {
      const { limit = DEFAULT_LIMIT, offset = 0 } = request.query
      const page = { limit: Number(limit), offset: Number(offset) }
      const views = await centre.storage.terminals.list(staffAt(request).scope, page)
      const data = views.map((view) => showTerminal(view, centre.zone))
      return send(reply, success<TerminalsAnswer>(200, { success: true, data }))
    },
  )
}

function one(app: AdminApp, centre: Centre): void {
  app.get(
    '/terminals/:id',
    {
      config: { right: 'terminals.read' },
      schema: { params: ofTerminal, response: { 200: TerminalAnswer } },
    },
    async (request, reply) => {
      const view = await centre.storage.terminals.view(
        staffAt(request).scope,
        terminalIdOf(request.params.id),
      )
      if (view === null) throw new Refusal('terminal_not_found')
      const data = showTerminal(view, centre.zone)
      return send(reply, success<TerminalAnswer>(200, { success: true, data }))
    },
  )
}

function add(app: AdminApp, centre: Centre): void {
  app.post(
    '/terminals',
    {
      config: { right: 'terminals.connect' },
      schema: {
        body: NewTerminalRequest,
        response: { 201: TerminalAdded },
      },
    },
    async (request, reply) => {
      const { name, ip_address: ipAddress, payment_system: system } = request.body
      const entry = { ...terminalEntryOf(request.body), name: name.trim(), ipAddress, system }
      const outcome = await addTerminal(centre, staffAt(request), entry)
      if (outcome.kind === 'faulty') {
        throw new Refusal('validation', { errors: entryErrors(outcome.faults) })
      }
      const data = { id: outcome.id }
      const message = 'Терминал добавлен'
      return send(reply, success<TerminalAdded>(201, { success: true, message, data }))
    },
  )
}

function change(app: AdminApp, centre: Centre): void {
  app.put(
    '/terminals/:id',
    {
      config: { right: 'terminals.write' },
      schema: {
        params: ofTerminal,
        body: TerminalChangeRequest,
        response: { 200: TerminalChanged },
      },
    },
    async (request, reply) => {
      const staff = staffAt(request)
      const terminalId = terminalIdOf(request.params.id)
      if (saysWhereToConnect(request.body) && !may(staff, 'terminals.connect')) {
        throw new Refusal('forbidden')
      }
      const entry = terminalEntryOf(request.body)
      const outcome = await changeTerminal(centre, staff, terminalId, entry)
      if (outcome.kind === 'not_found') throw new Refusal('terminal_not_found')
      if (outcome.kind === 'faulty') {
        throw new Refusal('validation', { errors: entryErrors(outcome.faults) })
      }
      const message = 'Терминал обновлен'
      return send(reply, success<TerminalChanged>(200, { success: true, message, data: null }))
    },
  )
}

function remove(app: AdminApp, centre: Centre): void {
  app.delete(
    '/terminals/:id',
    {
      config: { right: 'terminals.write' },
      schema: {
        params: ofTerminal,
        response: { 200: TerminalDeleted },
      },
    },
    async (request, reply) => {
      const isRemoved = await removeTerminal(
        centre,
        staffAt(request),
        terminalIdOf(request.params.id),
      )
      if (!isRemoved) throw new Refusal('terminal_not_found')
      const message = 'Терминал удален'
      return send(reply, success<TerminalDeleted>(200, { success: true, message, data: null }))
    },
  )
}
