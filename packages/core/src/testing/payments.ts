// Payments and inputs for the tests of the rules: the documented methods, one payment of 10 000 ₸, and
// short words for everything that can happen to it. Nothing outside tests imports this.

import { assert } from '../assert.ts'
import type { Presence } from '../payment/attempt.ts'
import { decide } from '../payment/decide.ts'
import type { Applied, Decision, Effect, HistoryEntry } from '../payment/effect.ts'
import type { MethodTerms, PaymentInput, Resolution } from '../payment/input.ts'
import type { EventKind, Payment } from '../payment/state.ts'
import type { Observation, StartRefusal, Success } from '../provider/observation.ts'
import { MINUTE_MS, type Moment } from '../time.ts'

/** The moment at which a test begins. */
export const NOW: Moment = Date.UTC(2026, 0, 15, 10, 0, 0)

export function tenge(whole: number, tiyn = 0): bigint {
  return BigInt(whole) * 100n + BigInt(tiyn)
}

/** The five documented methods and the two rows beside them, in basis points (M11). */
export const RATES: Readonly<Record<string, number>> = {
  kaspi_gold: 100,
  kaspi_red: 100,
  kaspi_credit: 1400,
  kaspi_installment_12: 1400,
  kaspi_installment_24: 1400,
  card: 150,
  alaqan: 100,
}

export function terms(method: string, changes: Partial<MethodTerms> = {}): MethodTerms {
  return {
    method,
    mode: 'markup',
    rateBp: RATES[method] ?? 0,
    stepTiyn: 100n,
    minTiyn: tenge(10),
    maxTiyn: tenge(100_000_000),
    currency: 'KZT',
    rates: RATES,
    ...changes,
  }
}

export const GOLD = terms('kaspi_gold')
export const RED = terms('kaspi_red')
export const LOAN = terms('kaspi_credit')

/** 10 000 ₸, nothing done yet, 60 minutes to live. */
export function newPayment(changes: Partial<Payment> = {}): Payment {
  return {
    id: '019b0000-0000-7000-8000-00000000000a',
    currency: 'KZT',
    originalTiyn: tenge(10_000),
    toleranceTiyn: tenge(1),
    overpaidPolicy: 'task',
    expiresAtMs: NOW + 60 * MINUTE_MS,
    chosen: null,
    paidTiyn: 0n,
    creditedTiyn: 0n,
    overpaidTiyn: 0n,
    refundedTiyn: 0n,
    withheldTiyn: 0n,
    forgivenTiyn: 0n,
    paidAtMs: null,
    late: false,
    cancelReason: null,
    failureReason: null,
    qr: null,
    sequence: 0,
    told: null,
    attempts: [],
    captures: [],
    refunds: [],
    ...changes,
  }
}

export interface StartChanges {
  readonly terms?: MethodTerms
  readonly partTiyn?: bigint
  readonly presence?: Presence
  readonly terminalId?: number
}

export function reserve(attemptId: string, changes: StartChanges = {}): PaymentInput {
  return {
    kind: 'reserve',
    attemptId,
    terminalId: changes.terminalId ?? 1,
    request: {
      terms: changes.terms ?? GOLD,
      partTiyn: changes.partTiyn ?? null,
      presence: changes.presence ?? 'remote',
    },
  }
}

export function markCalling(attemptId: string): PaymentInput {
  return { kind: 'mark_calling', attemptId }
}

export function accepted(attemptId: string, processId = `process-${attemptId}`): PaymentInput {
  return { kind: 'start_accepted', attemptId, processId }
}

export function refused(attemptId: string, reason: StartRefusal = 'not_connected'): PaymentInput {
  return { kind: 'start_refused', attemptId, reason }
}

export function lost(attemptId: string): PaymentInput {
  return { kind: 'start_lost', attemptId }
}

/** Everything from a free terminal to a live operation. */
export function live(attemptId: string, changes: StartChanges = {}): PaymentInput[] {
  return [reserve(attemptId, changes), markCalling(attemptId), accepted(attemptId)]
}

/** Everything from a free terminal to a start of which nobody knows anything. */
export function lostStart(attemptId: string, changes: StartChanges = {}): PaymentInput[] {
  return [reserve(attemptId, changes), markCalling(attemptId), lost(attemptId)]
}

export function qrRead(attemptId: string): PaymentInput {
  const token = `https://qr.kaspi.kz/${attemptId}`
  const url = `https://pay.kaspi.kz/pay/${attemptId}`
  return { kind: 'qr_read', attemptId, qr: { text: token, url, expiresAtMs: NOW + 180_000 } }
}

export function success<Gross extends bigint | null>(
  grossTiyn: Gross,
  methodCode: string | null = 'kaspi_gold',
  word = methodCode ?? 'Platinum',
): Success & { readonly grossTiyn: Gross } {
  const product = { methodCode, word }
  return { grossTiyn, moneyKind: 'qr', providerTransactionId: '3699352521', product }
}

export function observed(
  attemptId: string,
  observation: Observation,
  duplicate = false,
): PaymentInput {
  return { kind: 'observed', attemptId, observation, duplicate }
}

/** The terminal says that money moved. */
export function took(
  attemptId: string,
  grossTiyn: bigint | null,
  methodCode: string | null = 'kaspi_gold',
): PaymentInput {
  return observed(attemptId, { kind: 'succeeded', success: success(grossTiyn, methodCode) })
}

/** The terminal says that no money moved. */
export function declined(attemptId: string): PaymentInput {
  return observed(attemptId, { kind: 'failed', reason: 'declined' })
}

export function resolve(attemptId: string, resolution: Resolution): PaymentInput {
  return { kind: 'resolve', attemptId, resolution }
}

export const CANCEL: PaymentInput = { kind: 'cancel' }
export const EXPIRE: PaymentInput = { kind: 'expire' }

/** A payment after a row of inputs, with everything that they left behind. */
export interface Story {
  readonly payment: Payment
  readonly effects: readonly Effect[]
  readonly history: readonly HistoryEntry[]
}

/** Applies each input at `now`; every one must be taken. */
export function tell(payment: Payment, inputs: readonly PaymentInput[], now: Moment = NOW): Story {
  let story: Story = { payment, effects: [], history: [] }
  for (const input of inputs) {
    const step = mustApply(decide(story.payment, input, now), input)
    story = {
      payment: step.payment,
      effects: [...story.effects, ...step.effects],
      history: [...story.history, step.history],
    }
  }
  return story
}

function mustApply(decision: Decision, input: PaymentInput): Applied {
  const came = decision.kind === 'rejected' ? decision.code : decision.kind
  assert(decision.kind === 'applied', `«${input.kind}» ожидался принятым, а вышло ${came}`)
  return decision
}

/** The events of a story in order, a held one in brackets. */
export function eventsOf({ effects }: Pick<Story, 'effects'>): string[] {
  return effects.flatMap((effect) => {
    switch (effect.kind) {
      case 'event':
        return [effect.held ? `(${effect.event})` : effect.event]
      case 'held_events':
        return [effect.verdict]
      default:
        return []
    }
  })
}

export function tasksOf({ effects }: Pick<Story, 'effects'>): string[] {
  return effects.flatMap((effect) => (effect.kind === 'task' ? [effect.task] : []))
}

/** How often an event was told, held or not. */
export function timesTold({ effects }: Pick<Story, 'effects'>, event: EventKind): number {
  return effects.filter((effect) => effect.kind === 'event' && effect.event === event).length
}

/** Σ of the postings of a story, by account; accounts that nothing touched are absent. */
export function balancesOf({ effects }: Pick<Story, 'effects'>): Record<string, bigint> {
  const balances: Record<string, bigint> = {}
  for (const effect of effects) {
    if (effect.kind !== 'posted') continue
    for (const { account, tiyn } of effect.set.postings) {
      balances[account] = (balances[account] ?? 0n) + tiyn
    }
  }
  return balances
}
