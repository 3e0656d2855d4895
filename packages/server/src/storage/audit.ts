// The audit's rows. They are numbered, dated and chained by the database itself; here they are added and
// read, and there is no way to do anything else with them.

import type { Actor } from '../ports/actor.ts'
import type { AuditRow, AuditStore } from '../ports/audit-store.ts'
import { type Session, type Statement, sessionOf } from './session.ts'

const APPEND: Statement = {
  name: 'audit_append',
  text: `
    INSERT INTO audit_log (actor_kind, admin_id, actor_name, ip, action, target_kind, target_id, facts)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
}

const PAGE: Statement = {
  name: 'audit_page',
  text: `
    SELECT seq, at, actor_kind, admin_id, actor_name, ip, action, target_kind, target_id, facts
    FROM audit_log
    WHERE ($1::text IS NULL OR target_kind = $1) AND ($2::text IS NULL OR target_id = $2)
      AND ($3::integer IS NULL OR admin_id = $3) AND ($4::text IS NULL OR action = $4)
      AND ($5::bigint IS NULL OR seq < $5)
    ORDER BY seq DESC LIMIT $6`,
}

const LINKS: Statement = {
  name: 'audit_links',
  text: `
    SELECT seq, audit_text(line) AS text, prev_hash, hash
    FROM audit_log AS line WHERE seq > $1 ORDER BY seq LIMIT $2`,
}

interface Row {
  readonly seq: bigint
  readonly at: number
  readonly actor_kind: Actor['kind']
  readonly admin_id: number | null
  readonly actor_name: string
  readonly ip: string | null
  readonly action: AuditRow['action']
  readonly target_kind: string
  readonly target_id: string | null
  readonly facts: Readonly<Record<string, unknown>>
}

export function auditStore(session: Session): AuditStore {
  return {
    async append(tx, actor, { action, target, facts }) {
      await sessionOf(tx).rows(APPEND, [
        actor.kind,
        actor.kind === 'admin' ? actor.adminId : null,
        actor.name,
        actor.kind === 'admin' ? actor.ip : null,
        action,
        target.kind,
        target.id,
        JSON.stringify(facts),
      ])
    },
    async page({ targetKind, targetId, adminId, action, beforeSeq, limit }) {
      const values = [targetKind, targetId, adminId, action, beforeSeq, limit]
      return (await session.rows<Row>(PAGE, values)).map(rowOf)
    },
    async links(afterSeq, limit) {
      interface LinkRow {
        readonly seq: bigint
        readonly text: string
        readonly prev_hash: Buffer
        readonly hash: Buffer
      }
      const rows = await session.rows<LinkRow>(LINKS, [afterSeq, limit])
      return rows.map(({ seq, text, prev_hash: prevHash, hash }) => ({ seq, text, prevHash, hash }))
    },
  }
}

function rowOf(row: Row): AuditRow {
  return {
    seq: row.seq,
    atMs: row.at,
    actorKind: row.actor_kind,
    adminId: row.admin_id,
    actorName: row.actor_name,
    ip: row.ip,
    action: row.action,
    target: { kind: row.target_kind, id: row.target_id },
    facts: row.facts,
  }
}
