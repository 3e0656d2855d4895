// GET /api/admin/texts and /sms: what became of SMS to staff, and how the sending stands.

import { SmsAnswer, type TextData, TextsAnswer, TextsQuery } from '@byfly-pay/contract'
import { type Language, localTime, utcTime } from '@byfly-pay/core'
import { senderStanding } from '../../notices/sender-standing.ts'
import { TEXT_ADVICE } from '../../notices/text-advice.ts'
import type { TextRow } from '../../ports/text-store.ts'
import { send, success } from '../answer.ts'
import { languageOf } from '../language.ts'
import type { AdminRoutes } from './admin-routes.ts'

const DEFAULT_LIMIT = 100

const config = { right: 'texts.read' } as const

export const textRoutes: AdminRoutes = async (app, { centre }) => {
  app.get(
    '/texts',
    {
      config,
      schema: {
        querystring: TextsQuery,
        response: { 200: TextsAnswer },
      },
    },
    async (request, reply) => {
      const { cursor = null, limit: wanted } = request.query
      const limit = Number(wanted ?? DEFAULT_LIMIT)
      const rows = await centre.storage.texts.page(cursor, limit)
      const last = rows.at(-1)
      const data = {
        texts: rows.map((row) => showText(row, centre.zone, languageOf(request))),
        limit,
        next_cursor: rows.length < limit || last === undefined ? null : last.id,
      }
      return send(reply, success<TextsAnswer>(200, { success: true, data }))
    },
  )

  app.get(
    '/sms',
    {
      config,
      schema: {
        response: { 200: SmsAnswer },
      },
    },
    async (request, reply) => {
      const language = languageOf(request)
      const { balance, lastFault, provider } = await senderStanding(centre)
      const fault = balance.kind === 'failed' ? balance.fault : null
      const data = {
        provider,
        is_fixed: centre.textSenders.isFixed,
        balance: balance.kind === 'known' ? balance.amount : null,
        currency: balance.kind === 'known' ? balance.currency : null,
        balance_fault: fault,
        advice: fault === null ? null : TEXT_ADVICE[language][fault],
        last_fault: lastFault === null ? null : showText(lastFault, centre.zone, language),
      }
      return send(reply, success<SmsAnswer>(200, { success: true, data }))
    },
  )
}

function showText(row: TextRow, zone: string, language: Language): TextData {
  const { createdAtMs, endedAtMs, fault } = row
  return {
    id: row.id,
    kind: row.kind,
    admin_id: row.adminId,
    phone: row.maskedTo,
    state: row.state,
    tries: row.tries,
    provider: row.provider,
    provider_id: row.providerId,
    reason: fault,
    advice: fault === null ? null : TEXT_ADVICE[language][fault],
    provider_word: row.word,
    created_at: localTime(createdAtMs, zone),
    created_at_utc: utcTime(createdAtMs),
    ended_at: endedAtMs === null ? null : localTime(endedAtMs, zone),
    ended_at_utc: endedAtMs === null ? null : utcTime(endedAtMs),
  }
}
