// `byfly payment cancel | resolve`: what staff do over the API, when there is only a terminal at hand.

import { EVERYTHING, parseTransactionId } from '@byfly-pay/core'
import { cancelByStaff } from '../payments/cancel-by-staff.ts'
import { type ResolveCall, resolveAttempt, type Verdict } from '../payments/resolve-attempt.ts'
import { attemptsToResolve } from '../payments/tell-payment.ts'
import type { Centre } from '../ports/centre.ts'
import { cliActor } from './actor.ts'
import { say } from './output.ts'
import { paymentIdOf } from './payment.ts'
import { CommandError, withCentre } from './with-centre.ts'

export interface ResolveFlags {
  readonly outcome: string
  readonly attempt?: string
  readonly amount?: string
  readonly method?: string
  readonly transaction?: string
  readonly evidence: string
  readonly reason: string
}

export function cancelNow(text: string): Promise<void> {
  const id = paymentIdOf(text)
  return withCentre(async (centre) => {
    const outcome = await cancelByStaff(centre, by(), id)
    if (outcome.kind === 'not_found') throw new CommandError(`Платежа ${text} нет`)
    if (outcome.kind === 'rejected') throw new CommandError(`Отменить нельзя: ${outcome.code}`)
    say('Платёж отменён. Если терминал ещё занят им, последнее слово за терминалом.')
  })
}

export function resolveNow(text: string, flags: ResolveFlags): Promise<void> {
  const id = paymentIdOf(text)
  const verdict = verdictOf(flags)
  const { evidence, reason } = flags
  return withCentre(async (centre) => {
    const attemptId = await attemptOf(centre, id, flags.attempt)
    const call: ResolveCall = { paymentId: id, attemptId, verdict, evidence, reason }
    const outcome = await resolveAttempt(centre, by(), call)
    if (outcome.kind === 'resolved') return say('Решение записано.')
    throw new CommandError(
      `Не принято: ${outcome.kind === 'rejected' ? outcome.code : outcome.kind}`,
    )
  })
}

function by() {
  return { actor: cliActor(), scope: EVERYTHING }
}

function verdictOf({ amount, method, outcome, transaction }: ResolveFlags): Verdict {
  if (outcome === 'not_paid') return { kind: 'not_paid' }
  if (outcome !== 'paid') throw new CommandError('--outcome: paid или not_paid')
  if (amount === undefined || !/^[1-9]\d{0,14}$/.test(amount)) {
    throw new CommandError('--amount: сколько взял терминал, целое число тиынов')
  }
  if (method === undefined) throw new CommandError('--method: чем заплатили')
  const providerTransactionId = transaction ?? null
  return { kind: 'paid', grossTiyn: BigInt(amount), method, providerTransactionId }
}

/** The one that waits for a word, unless it is named. */
async function attemptOf({ storage }: Centre, id: string, named?: string): Promise<string> {
  if (named !== undefined) {
    const attemptId = parseTransactionId(named.replaceAll('-', ''))
    if (attemptId === null) throw new CommandError(`--attempt: «${named}» не номер попытки`)
    return attemptId
  }
  const story = await storage.ledger.story(EVERYTHING, id)
  if (story === null) throw new CommandError('Такого платежа нет')
  const [only, ...others] = attemptsToResolve(story.attempts)
  if (only === undefined) throw new CommandError('Ни одна попытка не ждёт решения')
  if (others.length > 0) {
    throw new CommandError(`Назовите попытку, --attempt: ${[only, ...others].join(', ')}`)
  }
  return only
}
