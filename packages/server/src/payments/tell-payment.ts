// One payment's story for a member of staff: what it is and why, what happened and on whose word, what was
// said to the devices, who was told. It only reads.

import type { Language } from '@byfly-pay/core'
import { may, type Staff } from '../accounts/staff.ts'
import type { AuditRow } from '../ports/audit-store.ts'
import type { Centre } from '../ports/centre.ts'
import type { ExchangeLine } from '../ports/exchange-store.ts'
import type { LedgerStory } from '../ports/payment-ledger.ts'
import type { HistoryLine } from '../ports/payment-store.ts'
import type { PaymentLinks } from '../ports/refund-store.ts'
import { auditSentence, historySentence, type Names } from './history-sentences.ts'
import { shownTo } from './list-payments.ts'
import { whyThisStatus } from './why-status.ts'
import type { PaymentWords } from './words/shape.ts'
import { PAYMENT_WORDS } from './words/words.ts'

/** The last so many; a payment that has more was asked about for days. */
const EXCHANGES_LIMIT = 500
const AUDIT_LIMIT = 100

export interface TimelineEntry {
  readonly atMs: number
  /** The history's or the audit's own word. */
  readonly what: string
  readonly sentence: string
  /** Who did it by hand; null for what the centre and the devices did. */
  readonly who: string | null
  readonly attemptId: string | null
  /** Refunds that it is about. */
  readonly refundIds: readonly string[]
  readonly statusBefore: string | null
  readonly statusAfter: string | null
}

export interface PaymentStory extends Omit<LedgerStory, 'history' | 'deliveries'> {
  readonly why: string
  readonly timeline: readonly TimelineEntry[]
  readonly links: PaymentLinks
  readonly exchanges: readonly ExchangeLine[]
  /** Null for those who may not see deliveries. */
  readonly deliveries: LedgerStory['deliveries'] | null
  /** What this member of staff may do with it as it stands. */
  readonly actions: {
    readonly cancel: boolean
    /** Attempts that wait for an operator's word. */
    readonly resolve: readonly string[]
  }
}

/** Null when there is no such payment for them. */
export async function tellPayment(
  { storage }: Pick<Centre, 'storage'>,
  staff: Staff,
  paymentId: string,
  language: Language,
): Promise<PaymentStory | null> {
  const story = await storage.ledger.story(staff.scope, paymentId)
  if (story === null) return null
  const [links, exchanges, audit, methods] = await Promise.all([
    visibleLinks(storage, staff, paymentId),
    storage.exchanges.ofPayment(paymentId, EXCHANGES_LIMIT),
    storage.audit.page({
      targetKind: 'payment',
      targetId: paymentId,
      adminId: null,
      action: null,
      beforeSeq: null,
      limit: AUDIT_LIMIT,
    }),
    storage.accounts.methods(),
  ])
  const names = namesIn(story, methods)
  const words = PAYMENT_WORDS[language]
  const { deliveries, history, ...rest } = story
  return {
    ...rest,
    line: shownTo(staff, story.line),
    why: whyThisStatus(story.line, words),
    timeline: [
      ...history.map((line) => historyEntry(line, names, words)),
      ...audit.map((row) => auditEntry(row, words)),
    ].toSorted((a, b) => a.atMs - b.atMs),
    links,
    exchanges,
    deliveries: may(staff, 'deliveries.read') ? deliveries : null,
    actions: actionsOf(staff, story),
  }
}

/** What a payment took the place of, and what took its: as far as they exist for the reader. */
async function visibleLinks(
  { ledger, refunds, transaction }: Centre['storage'],
  { scope }: Staff,
  paymentId: string,
): Promise<PaymentLinks> {
  const { replacedBy, replaces } = await refunds.linksOf(paymentId)
  const visible = async (id: string | null) =>
    id !== null && (await transaction((tx) => ledger.isInScope(tx, scope, id))) ? id : null
  return { replaces: await visible(replaces), replacedBy: await visible(replacedBy) }
}

function namesIn(
  { attempts }: LedgerStory,
  methods: readonly { readonly code: string; readonly name: string }[],
): Names {
  return {
    terminal: (id) => attempts.find(({ terminal }) => terminal?.id === id)?.terminal?.name ?? null,
    method: (code) => methods.find((method) => method.code === code)?.name ?? code,
  }
}

function historyEntry(line: HistoryLine, names: Names, words: PaymentWords): TimelineEntry {
  const { atMs, attemptId, statusAfter, statusBefore, what } = line
  const sentence = historySentence(line, names, words)
  const refundIds = refundsIn(line.facts)
  return { atMs, what, sentence, who: null, attemptId, refundIds, statusBefore, statusAfter }
}

function auditEntry(row: AuditRow, words: PaymentWords): TimelineEntry {
  const { attempt } = row.facts
  return {
    atMs: row.atMs,
    what: row.action,
    sentence: `${row.actorName}: ${auditSentence(row, words)}`,
    who: row.actorName,
    attemptId: typeof attempt === 'string' ? attempt : null,
    refundIds: refundsIn(row.facts),
    statusBefore: null,
    statusAfter: null,
  }
}

/** One step of a refund names it, the request of several names them all. */
function refundsIn({ refund, refunds }: Readonly<Record<string, unknown>>): readonly string[] {
  const named = Array.isArray(refunds) ? refunds : [refund]
  return named.filter((id) => typeof id === 'string')
}

/** States of an attempt that an operator's word ends. */
export const RESOLVABLE: ReadonlySet<string> = new Set(['unknown', 'lost', 'stray', 'held'])

/** Those that wait for an operator's word, or may be settled by one before their terminal speaks. */
export function attemptsToResolve(attempts: LedgerStory['attempts']): string[] {
  return attempts.filter(({ state }) => RESOLVABLE.has(state)).map(({ id }) => id)
}

function actionsOf(staff: Staff, { attempts, line: { status } }: LedgerStory) {
  return {
    cancel: may(staff, 'payments.cancel') && status !== 'paid' && status !== 'cancelled',
    resolve: may(staff, 'payments.resolve') ? attemptsToResolve(attempts) : [],
  }
}
