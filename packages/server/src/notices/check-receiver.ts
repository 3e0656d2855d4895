// The doctor of webhooks: marked test events through the very sender of the real ones, so under the same
// rules of destinations, redirects and time. It writes no delivery, knows no payment, and touches no books.

import { newWebhookSecret, signWebhook } from '@byfly-pay/contract'
import {
  DOCTOR_CASES,
  type DoctorCase,
  diagnose,
  HOUR_MS,
  LATE_BY_SECONDS,
  MINUTE_MS,
  NOT_TRIED,
  testWebhookBody,
  UNKNOWN_EVENT,
} from '@byfly-pay/core'
import { audited } from '../accounts/audited.ts'
import type { Acting } from '../accounts/staff.ts'
import type { Centre } from '../ports/centre.ts'
import type { CheckedCase, ReceiverCheck } from '../ports/receiver-check-store.ts'
import type { SourceRecord } from '../ports/source-store.ts'
import type { WebhookCall } from '../ports/webhook-sender.ts'

/** Enough for a day of mending, too little for a flood at somebody's address. */
const RUNS_AN_HOUR = 20
/** All cases at their slowest, and a little; one that was killed holds nobody up for longer. */
const RUN_MAX_MS = 2 * MINUTE_MS

export type CheckOutcome =
  | { readonly kind: 'checked'; readonly check: ReceiverCheck }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'no_url' }
  | { readonly kind: 'forbidden_url' }
  | { readonly kind: 'too_often'; readonly waitMs: number }

/** @param url where to, when not to the source's own address */
export async function checkReceiver(
  centre: Centre,
  acting: Acting,
  sourceId: number,
  url: string | null,
): Promise<CheckOutcome> {
  const begun = await begin(centre, acting, sourceId, url)
  if (begun.kind !== 'begun') return begun
  const { receiverChecks } = centre.storage
  const cases: CheckedCase[] = []
  // Whoever asked may go: what was begun is done, and kept for them.
  const signal = centre.clock.timeout(RUN_MAX_MS)
  const exam = examOf(centre, begun.source, begun.url, begun.secrets)
  for (const doctorCase of DOCTOR_CASES) {
    const isWorthIt = cases.every(({ case: done, verdict }) => done !== 'good' || verdict !== 'bad')
    cases.push(isWorthIt ? await tryCase(centre, exam, doctorCase, signal) : untried(doctorCase))
    await receiverChecks.save(begun.id, cases, cases.length === DOCTOR_CASES.length)
  }
  const [check] = (await receiverChecks.list(sourceId, RUNS_AN_HOUR)).filter(
    ({ id }) => id === begun.id,
  )
  return check === undefined ? { kind: 'not_found' } : { kind: 'checked', check }
}

interface Begun {
  readonly kind: 'begun'
  readonly id: string
  readonly url: string
  readonly source: SourceRecord
  readonly secrets: readonly string[]
}

type NotBegun = Exclude<CheckOutcome, { readonly kind: 'checked' }>

async function begin(
  centre: Centre,
  { actor, scope }: Acting,
  sourceId: number,
  wanted: string | null,
): Promise<Begun | NotBegun> {
  const { accounts, receiverChecks, sources } = centre.storage
  const sealed = await accounts.sealedSecrets(sourceId)
  return audited<Begun | NotBegun>(centre, actor, async (tx) => {
    const refused = (result: NotBegun) => ({ result, line: null })
    const source = await sources.lock(tx, scope, sourceId)
    if (source === null) return refused({ kind: 'not_found' })
    const url = wanted ?? source.defaultWebhookUrl
    if (url === null) return refused({ kind: 'no_url' })
    if (centre.webhooks.refusalOf(url) !== null) return refused({ kind: 'forbidden_url' })
    const runs = await receiverChecks.recent(tx, sourceId, HOUR_MS)
    const waitMs = waitOf(runs)
    if (waitMs > 0) return refused({ kind: 'too_often', waitMs })
    const { origin, pathname } = new URL(url)
    const endpoint = `${origin}${pathname}`
    const id = await receiverChecks.begin(tx, { sourceId, endpoint, askedBy: actor.name })
    const secrets = sealed.map((secret) => centre.vault.open(secret))
    return {
      result: { kind: 'begun', id, url, source, secrets },
      line: {
        action: 'webhooks.checked',
        target: { kind: 'source', id: String(sourceId) },
        facts: { check: id, endpoint },
      },
    }
  })
}

function waitOf(runs: readonly { readonly agoMs: number; readonly hasEnded: boolean }[]): number {
  const going = runs.find(({ agoMs, hasEnded }) => !hasEnded && agoMs < RUN_MAX_MS)
  if (going !== undefined) return RUN_MAX_MS - going.agoMs
  const oldest = runs[RUNS_AN_HOUR - 1]
  return oldest === undefined ? 0 : Math.max(HOUR_MS - oldest.agoMs, 1)
}

interface Exam {
  /** The good one, sent again as it was. */
  readonly good: Pick<WebhookCall, 'id' | 'body'>
  readonly fresh: (event?: typeof UNKNOWN_EVENT) => Pick<WebhookCall, 'id' | 'body'>
  readonly url: string
  readonly secrets: readonly string[]
}

function examOf(
  { clock, random, zone }: Centre,
  { amountUnit: unit }: SourceRecord,
  url: string,
  secrets: readonly string[],
): Exam {
  const fresh = (event: 'paid' | typeof UNKNOWN_EVENT = 'paid') => ({
    id: `evt_test_${random.bytes(16).toString('hex')}`,
    body: testWebhookBody({
      transactionId: random.bytes(16).toString('hex').toUpperCase(),
      event,
      unit,
      zone,
      atMs: clock.now(),
    }),
  })
  return { good: fresh(), fresh, url, secrets }
}

function callOf({ clock, random }: Centre, exam: Exam, doctorCase: DoctorCase): WebhookCall {
  const timestampSeconds = Math.floor(clock.now() / 1000)
  const { secrets, url } = exam
  const rest = { url, secrets, timestampSeconds, isTest: true } as const
  switch (doctorCase) {
    case 'good':
    case 'duplicate':
      return { ...rest, ...exam.good }
    case 'forged':
      return { ...rest, ...exam.fresh(), secrets: [newWebhookSecret(random.bytes(32))] }
    case 'late':
      return { ...rest, ...exam.fresh(), timestampSeconds: timestampSeconds - LATE_BY_SECONDS }
    case 'unknown_event':
      return { ...rest, ...exam.fresh(UNKNOWN_EVENT) }
  }
}

async function tryCase(
  centre: Centre,
  exam: Exam,
  doctorCase: DoctorCase,
  signal: AbortSignal,
): Promise<CheckedCase> {
  const call = callOf(centre, exam, doctorCase)
  const atMs = centre.clock.now()
  const outcome = await centre.webhooks.send(call, signal)
  const tookMs = Math.max(0, centre.clock.now() - atMs)
  const { httpStatus } = outcome
  return {
    case: doctorCase,
    ...diagnose(doctorCase, { httpStatus, tookMs }),
    sent: { headers: { ...signWebhook(call), 'X-Webhook-Test': 'true' }, body: call.body, atMs },
    httpStatus,
    reason: outcome.kind === 'failed' && httpStatus === null ? outcome.reason : null,
    answer: outcome.answer ?? null,
    tookMs,
  }
}

function untried(doctorCase: DoctorCase): CheckedCase {
  const nothing = { sent: null, httpStatus: null, reason: null, answer: null, tookMs: null }
  return { case: doctorCase, ...NOT_TRIED, ...nothing }
}
