// /api/admin/statements: what was read of the bank's files, and what their columns hold.

import {
  MissingThereAnswer,
  MissingThereQuery,
  OperationsAnswer,
  OperationsQuery,
  StatementAnswer,
  StatementColumnsAnswer,
  StatementColumnsNamed,
  StatementColumnsRequest,
  StatementsAnswer,
  StatementsQuery,
} from '@byfly-pay/contract'
import { readMissingThere } from '../../desks/read-desk.ts'
import type { Centre } from '../../ports/centre.ts'
import type { Statement } from '../../ports/statement-store.ts'
import { nameColumns } from '../../reconciliation/name-columns.ts'
import { done, send, success } from '../answer.ts'
import { Refusal, refuseFaults } from '../refusal.ts'
import type { AdminApp, AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { readerAt } from './desk-reader.ts'
import { readId, type WithId } from './path-id.ts'
import { showEntry } from './show-entry.ts'
import { showOperation, showStatement } from './show-statement.ts'

const DEFAULT_LIMIT = 100
const config = { right: 'books.reconcile' } as const

export const statementRoutes: AdminRoutes = async (app, { centre }) => {
  columnRoutes(app, centre)
  readRoutes(app, centre)
}

function columnRoutes(app: AdminApp, centre: Centre): void {
  app.get(
    '/statement-columns',
    { config, schema: { response: { 200: StatementColumnsAnswer } } },
    async (request, reply) => {
      const headings = await centre.storage.statements.headingsIn(staffAt(request).scope)
      const data = headings.map(({ cells, columns, products, system }) => ({
        system,
        heading: [...cells],
        columns,
        products,
      }))
      return send(reply, success<StatementColumnsAnswer>(200, { success: true, data }))
    },
  )

  app.put<{ Body: StatementColumnsRequest }>(
    '/statement-columns',
    { config, schema: { body: StatementColumnsRequest, response: { 200: StatementColumnsNamed } } },
    async (request, reply) => {
      const { columns, heading, products = {}, system } = request.body
      if (columns.at === undefined || columns.amount === undefined) {
        return refuseFaults({ columns: 'at and amount are required' })
      }
      const said = { system, cells: heading, columns, products }
      switch (await nameColumns(centre, staffAt(request), said)) {
        case 'named':
          return send(reply, done<StatementColumnsNamed>('Столбцы запомнены'))
        case 'not_found':
          throw new Refusal('not_found')
        case 'no_such_column':
          return refuseFaults({ columns: 'Names a column that the heading does not have once' })
        case 'no_such_method':
          return refuseFaults({ products: 'Names a method that there is none of' })
      }
    },
  )
}

function readRoutes(app: AdminApp, centre: Centre): void {
  const { statements } = centre.storage

  app.get(
    '/statements',
    { config, schema: { querystring: StatementsQuery, response: { 200: StatementsAnswer } } },
    async (request, reply) => {
      const { cursor, limit: asked } = request.query
      const limit = Number(asked ?? DEFAULT_LIMIT)
      const before = cursor === undefined ? null : BigInt(cursor)
      const found = await statements.page(staffAt(request).scope, before, limit + 1)
      const page = found.slice(0, limit)
      const data = {
        statements: await Promise.all(
          page.map(async (one) => showStatement(one, await statements.counts(one.id), centre.zone)),
        ),
        limit,
        next_cursor: nextAfter(found, page),
      }
      return send(reply, success<StatementsAnswer>(200, { success: true, data }))
    },
  )

  const statementAt = async (
    request: { readonly params: WithId },
    scope: Parameters<typeof statements.statement>[0],
  ): Promise<Statement> => {
    const statement = await statements.statement(scope, BigInt(readId(request.params.id)))
    if (statement === null) throw new Refusal('not_found')
    return statement
  }

  app.get<{ Params: WithId }>(
    '/statements/:id',
    { config, schema: { response: { 200: StatementAnswer } } },
    async (request, reply) => {
      const statement = await statementAt(request, staffAt(request).scope)
      const data = showStatement(statement, await statements.counts(statement.id), centre.zone)
      return send(reply, success<StatementAnswer>(200, { success: true, data }))
    },
  )

  app.get<{ Params: WithId; Querystring: OperationsQuery }>(
    '/statements/:id/operations',
    { config, schema: { querystring: OperationsQuery, response: { 200: OperationsAnswer } } },
    async (request, reply) => {
      const { id } = await statementAt(request, staffAt(request).scope)
      const { cursor, limit: asked, verdict } = request.query
      const limit = Number(asked ?? DEFAULT_LIMIT)
      const after = cursor === undefined ? null : BigInt(cursor)
      const found = await statements.operations(id, verdict ?? null, after, limit + 1)
      const page = found.slice(0, limit)
      const data: OperationsAnswer['data'] = {
        operations: page.map((one) => showOperation(one, centre.zone)),
        limit,
        next_cursor: nextAfter(found, page),
        amount_unit: 'tiyn',
      }
      return send(reply, success<OperationsAnswer>(200, { success: true, data }))
    },
  )

  app.get<{ Params: WithId; Querystring: MissingThereQuery }>(
    '/statements/:id/missing-there',
    { config, schema: { querystring: MissingThereQuery, response: { 200: MissingThereAnswer } } },
    async (request, reply) => {
      const reader = readerAt(request)
      const statement = await statementAt(request, reader.scope)
      const { cursor, limit: asked } = request.query
      const limit = Number(asked ?? DEFAULT_LIMIT)
      const after = cursor === undefined ? null : BigInt(cursor)
      const found = await readMissingThere(centre, reader, statement, after, limit + 1)
      const page = found.slice(0, limit)
      const data = {
        entries: page.map((entry) => showEntry(entry, centre.zone)),
        limit,
        next_cursor: nextAfter(found, page),
      }
      return send(reply, success<MissingThereAnswer>(200, { success: true, data }))
    },
  )
}

function nextAfter(
  found: readonly { readonly id: bigint }[],
  page: readonly { readonly id: bigint }[],
): string | null {
  const last = page.at(-1)
  return found.length > page.length && last !== undefined ? String(last.id) : null
}
