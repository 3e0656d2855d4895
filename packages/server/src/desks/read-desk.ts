// Desks as a member of staff opens them: how much lies on each, what, since when, and what they may do about
// it. It only reads.

import {
  actionsOn,
  DESKS,
  type Desk,
  type DeskAction,
  deskOf,
  hasRight,
  kindsOn,
  type Language,
  type Moment,
  type Right,
} from '@byfly-pay/core'
import type { Staff } from '../accounts/staff.ts'
import { taskTitle } from '../payments/history-sentences.ts'
import { RESOLVABLE } from '../payments/tell-payment.ts'
import { PAYMENT_WORDS } from '../payments/words/words.ts'
import type { AuditRow } from '../ports/audit-store.ts'
import type { Centre } from '../ports/centre.ts'
import type { DeskEntry, DeskFilter } from '../ports/desk-store.ts'
import type { Statement } from '../ports/statement-store.ts'
import { entrySentences } from './entry-sentences.ts'

const HISTORY_LIMIT = 200

export interface DeskCount {
  readonly desk: Desk
  readonly open: number
  readonly unassigned: number
  /** Of the oldest open entry; null on an empty desk. */
  readonly oldestMs: Moment | null
}

export async function countDesks(
  { storage }: Pick<Centre, 'storage'>,
  { scope }: Pick<Staff, 'scope'>,
): Promise<DeskCount[]> {
  const counts = await storage.desks.counts(scope)
  return DESKS.map((desk) => {
    const kinds: readonly string[] = kindsOn(desk)
    const own = counts.filter(({ kind }) => kinds.includes(kind))
    return {
      desk,
      open: own.reduce((sum, { open }) => sum + Number(open), 0),
      unassigned: own.reduce((sum, { unassigned }) => sum + Number(unassigned), 0),
      oldestMs: own.length === 0 ? null : Math.min(...own.map(({ oldestMs }) => oldestMs)),
    }
  })
}

export interface ToldEntry extends DeskEntry {
  readonly desk: Desk
  readonly title: string
  readonly known: readonly string[]
  readonly actions: readonly DeskAction[]
}

/** Whose rights count; the command line has all. */
export type HasRight = (right: Right) => boolean

/** Who reads, and in which language they are told. */
export interface Reader extends Pick<Staff, 'scope'> {
  readonly has: HasRight
  readonly language: Language
}

export function rightsAt({ admin }: Staff): HasRight {
  return (right) => hasRight(admin.role, right)
}

export async function readDesk(
  { storage, zone }: Pick<Centre, 'storage' | 'zone'>,
  reader: Reader,
  desk: Desk,
  filter: Omit<DeskFilter, 'kinds'>,
): Promise<ToldEntry[]> {
  const entries = await storage.desks.page(reader.scope, { ...filter, kinds: kindsOn(desk) })
  return entries.map((entry) => tellEntry(entry, reader, zone))
}

/** Money of the time of a statement that no statement shows. */
export async function readMissingThere(
  { storage, zone }: Pick<Centre, 'storage' | 'zone'>,
  reader: Reader,
  of: Pick<Statement, 'system' | 'countryIso' | 'covers'>,
  after: bigint | null,
  limit: number,
): Promise<ToldEntry[]> {
  const entries = await storage.desks.missingThere(reader.scope, of, after, limit)
  return entries.map((entry) => tellEntry(entry, reader, zone))
}

export interface EntryStory extends ToldEntry {
  /** What was done with it by hand, oldest first. */
  readonly history: readonly AuditRow[]
}

/** Null when there is no such entry for them. */
export async function readEntry(
  { storage, zone }: Pick<Centre, 'storage' | 'zone'>,
  reader: Reader,
  id: bigint,
): Promise<EntryStory | null> {
  const entry = await storage.desks.entry(reader.scope, id)
  if (entry === null) return null
  const history = await storage.audit.page({
    targetKind: 'desk_entry',
    targetId: String(id),
    adminId: null,
    action: null,
    beforeSeq: null,
    limit: HISTORY_LIMIT,
  })
  return { ...tellEntry(entry, reader, zone), history: history.toReversed() }
}

export function isAttemptOpen({ attempt }: DeskEntry): boolean {
  return attempt !== null && RESOLVABLE.has(attempt.state)
}

function tellEntry(entry: DeskEntry, { has, language }: Reader, zone: string): ToldEntry {
  const { closedAtMs, kind } = entry
  const standing = { kind, isClosed: closedAtMs !== null, isAttemptOpen: isAttemptOpen(entry) }
  return {
    ...entry,
    desk: deskOf(kind),
    title: taskTitle(kind, PAYMENT_WORDS[language]),
    known: entrySentences(entry, zone, language),
    actions: actionsOn(standing, has),
  }
}
