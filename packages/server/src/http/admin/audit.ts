// GET /api/admin/audit: who changed what, the newest first; for super admins.

import { AuditAnswer, type AuditLineData, AuditQuery } from '@byfly-pay/contract'
import { localTime, utcTime } from '@byfly-pay/core'
import type { AuditRow } from '../../ports/audit-store.ts'
import { send, success } from '../answer.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { refuseUnshowable } from './showable.ts'

const DEFAULT_LIMIT = 100

export const auditRoutes: AdminRoutes = async (app, { centre }) => {
  app.get(
    '/audit',
    {
      config: { right: 'audit.read' },
      schema: { querystring: AuditQuery, response: { 200: AuditAnswer } },
    },
    async (request, reply) => {
      const { query } = request
      const { action, target_id, target_kind } = query
      refuseUnshowable({ action, target_id, target_kind })
      const limit = Number(query.limit ?? DEFAULT_LIMIT)
      const rows = await centre.storage.audit.page({
        targetKind: query.target_kind ?? null,
        targetId: query.target_id ?? null,
        adminId: query.admin_id === undefined ? null : Number(query.admin_id),
        action: query.action ?? null,
        beforeSeq: query.cursor === undefined ? null : BigInt(query.cursor),
        limit,
      })
      const last = rows.at(-1)
      const data = {
        lines: rows.map((row) => showLine(row, centre.zone)),
        limit,
        next_cursor: rows.length < limit || last === undefined ? null : String(last.seq),
      }
      return send(reply, success<AuditAnswer>(200, { success: true, data }))
    },
  )
}

function showLine(row: AuditRow, zone: string): AuditLineData {
  return {
    seq: Number(row.seq),
    at: localTime(row.atMs, zone),
    at_utc: utcTime(row.atMs),
    actor: row.actorKind,
    admin_id: row.adminId,
    actor_name: row.actorName,
    ip: row.ip,
    action: row.action,
    target_kind: row.target.kind,
    target_id: row.target.id,
    facts: row.facts,
  }
}
