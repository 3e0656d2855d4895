// POST /api/admin/statements: a file of the bank's as the body itself, whatever its type says; what it is,
// its bytes tell.

import { StatementUploadAnswer, StatementUploadQuery } from '@byfly-pay/contract'
import type { Coverage } from '@byfly-pay/core'
import { lineFault } from '../../payments/customer-fields.ts'
import type { Centre } from '../../ports/centre.ts'
import { timeOfDay } from '../../reconciliation/close-day.ts'
import { type UploadOutcome, uploadStatement } from '../../reconciliation/upload-statement.ts'
import { send, success } from '../answer.ts'
import { Refusal, refuseFaults } from '../refusal.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { staffAt } from './authenticate-staff.ts'
import { showStatement } from './show-statement.ts'

const MEGABYTE = 1024 * 1024
const FILE_BYTES = 20 * MEGABYTE
/** A little more is let in, so that who sends a little too much is told the limit of files. */
const BODY_BYTES = 24 * MEGABYTE
/** Each has a thread and a heap of its own. */
const AT_ONCE_LIMIT = 1

const FILE_TYPES = [
  'text/csv',
  'text/plain',
  'application/octet-stream',
  'application/vnd.ms-excel',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
]

export const statementUploadRoutes: AdminRoutes = async (app, { centre }) => {
  let running = 0
  // Only here: everywhere else a body is JSON.
  app.addContentTypeParser<Buffer>(
    FILE_TYPES,
    { parseAs: 'buffer', bodyLimit: BODY_BYTES },
    (request, bytes, done) => {
      if (request.headers['content-encoding'] !== undefined) {
        done(new Refusal('wrong_content_encoding'))
      } else if (bytes.length > FILE_BYTES) done(new Refusal('file_too_large'))
      else done(null, bytes)
    },
  )

  app.post<{ Querystring: StatementUploadQuery; Body: unknown }>(
    '/statements',
    {
      bodyLimit: BODY_BYTES,
      config: { right: 'books.reconcile' },
      schema: { querystring: StatementUploadQuery, response: { 200: StatementUploadAnswer } },
    },
    async (request, reply) => {
      const { body, query } = request
      if (!Buffer.isBuffer(body) || body.length === 0) throw new Refusal('wrong_file_type')
      const fileName = query.file_name ?? null
      const fault = fileName === null ? null : lineFault(fileName)
      if (fault !== null) return refuseFaults({ file_name: fault })
      if (running >= AT_ONCE_LIMIT) throw new Refusal('uploads_busy')
      running += 1
      try {
        const outcome = await uploadStatement(centre, staffAt(request), {
          system: query.system,
          countryIso: query.country ?? 'KZ',
          fileName,
          file: body,
          covers: coverageOf(query, centre.zone),
        })
        const data = await showOutcome(centre, outcome)
        return send(reply, success<StatementUploadAnswer>(200, { success: true, data }))
      } finally {
        running -= 1
      }
    },
  )
}

/** @throws Refusal when one of the days is missing or does not exist */
function coverageOf(
  { date_from: from, date_to: to }: StatementUploadQuery,
  zone: string,
): Coverage | null {
  if (from === undefined && to === undefined) return null
  const first = from === undefined ? null : timeOfDay(from, zone)
  const last = to === undefined ? null : timeOfDay(to, zone)
  if (first === null || last === null || last.toMs < first.fromMs) {
    const field = first === null ? 'date_from' : 'date_to'
    throw new Refusal('validation', { errors: { [field]: 'Is not the end of a period' } })
  }
  return { fromMs: first.fromMs, toMs: last.toMs }
}

type Data = StatementUploadAnswer['data']

const NOTHING_DONE = {
  statement: null,
  opened: 0,
  explained: 0,
  fees_booked: 0,
  payouts_booked: 0,
  heading: null,
  guess: null,
  sample: null,
} as const

/** @throws Refusal for a file that nothing was read of */
async function showOutcome(centre: Centre, outcome: UploadOutcome): Promise<Data> {
  switch (outcome.kind) {
    case 'read': {
      const { result } = outcome
      return {
        ...NOTHING_DONE,
        state: 'read',
        statement: await shown(centre, outcome.statement),
        opened: result.opened,
        explained: result.explained,
        fees_booked: result.feesBooked,
        payouts_booked: result.payoutsBooked,
      }
    }
    case 'repeated':
      return {
        ...NOTHING_DONE,
        state: 'repeated',
        statement: await shown(centre, outcome.statement),
      }
    case 'needs_columns': {
      const { guess, heading, sample } = outcome
      const shown = {
        rows: sample.rows.map((row) => [...row]),
        words: sample.words.map((words) => [...words]),
      }
      return {
        ...NOTHING_DONE,
        state: 'needs_columns',
        heading: [...heading],
        guess,
        sample: shown,
      }
    }
    case 'faulty':
      throw new Refusal('statement_unreadable', {
        errors: Object.fromEntries(
          outcome.faults.map(({ field, row }) => [`row ${row}`, `Cannot be read: ${field}`]),
        ),
      })
    case 'wrong_period':
      throw new Refusal('validation', {
        errors: { date_from: 'Operations must be within the days, and those within 93' },
      })
    case 'not_found':
      throw new Refusal('not_found')
    case 'not_a_table':
    case 'no_operations':
      throw new Refusal('wrong_file_type')
    case 'too_large':
      throw new Refusal('file_too_large')
  }
}

async function shown(
  { storage, zone }: Centre,
  statement: Extract<UploadOutcome, { kind: 'read' }>['statement'],
) {
  return showStatement(statement, await storage.statements.counts(statement.id), zone)
}
