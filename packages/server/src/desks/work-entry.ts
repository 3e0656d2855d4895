// What staff do with an entry: take it, give it, note, close it with a reason. Each is a line of the audit
// beside its write; the cause itself is dealt with elsewhere, by the doors it has.

import { deskOf, hasRight, isClosableByHand, rightAtDesk, scopeOf } from '@byfly-pay/core'
import { audited } from '../accounts/audited.ts'
import type { Acting } from '../accounts/staff.ts'
import type { Centre } from '../ports/centre.ts'
import type { DeskEntry } from '../ports/desk-store.ts'
import type { Transaction } from '../ports/transaction.ts'
import { type HasRight, isAttemptOpen } from './read-desk.ts'

export type WorkOutcome =
  | 'done'
  | 'not_found'
  /** They may see the desk and not work at it. */
  | 'forbidden'
  | 'already_closed'
  /** It ends with its cause, or hides an attempt that waits for a word. */
  | 'not_closable'
  /** No such member of staff works at this desk. */
  | 'no_such_admin'

export type Work =
  | { readonly kind: 'assign'; readonly adminId: number | null }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'close'; readonly reason: string }

export function workEntry(
  centre: Pick<Centre, 'storage'>,
  { actor, scope }: Acting,
  has: HasRight,
  id: bigint,
  work: Work,
): Promise<WorkOutcome> {
  const { desks } = centre.storage
  return audited<WorkOutcome>(centre, actor, async (tx) => {
    const entry = await desks.lock(tx, scope, id)
    if (entry === null) return { result: 'not_found', line: null }
    if (!has(rightAtDesk(deskOf(entry.kind)))) return { result: 'forbidden', line: null }
    const refusal = await refusalOf(centre, tx, entry, work)
    if (refusal !== null) return { result: refusal, line: null }
    const target = { kind: 'desk_entry', id: String(id) }
    switch (work.kind) {
      case 'assign': {
        if (entry.assignee?.id === (work.adminId ?? undefined))
          return { result: 'done', line: null }
        await desks.assign(tx, id, work.adminId)
        const facts = { assignee: { before: entry.assignee?.id ?? null, after: work.adminId } }
        return { result: 'done', line: { action: 'desk_entry.assigned', target, facts } }
      }
      case 'note':
        return {
          result: 'done',
          line: { action: 'desk_entry.noted', target, facts: { note: work.text } },
        }
      case 'close': {
        await desks.close(tx, id, actor.name, work.reason)
        const facts = { reason: work.reason, kind: entry.kind }
        return { result: 'done', line: { action: 'desk_entry.closed', target, facts } }
      }
    }
  })
}

async function refusalOf(
  { storage }: Pick<Centre, 'storage'>,
  tx: Transaction,
  entry: DeskEntry,
  work: Work,
): Promise<WorkOutcome | null> {
  if (work.kind === 'note') return null
  const { closedAtMs, kind } = entry
  if (closedAtMs !== null) return 'already_closed'
  if (work.kind === 'close') {
    const standing = { kind, isClosed: false, isAttemptOpen: isAttemptOpen(entry) }
    return isClosableByHand(standing) ? null : 'not_closable'
  }
  if (work.adminId === null) return null
  const admin = await storage.staff.adminIn(tx, work.adminId)
  if (admin?.isActive !== true || !hasRight(admin.role, rightAtDesk(deskOf(kind)))) {
    return 'no_such_admin'
  }
  // What does not exist for them cannot be theirs to do.
  const seen = await storage.desks.lock(tx, scopeOf(admin.role, admin), entry.id)
  return seen === null ? 'no_such_admin' : null
}
