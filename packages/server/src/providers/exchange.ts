// Tells of a call to a device once its answer is understood: what it was taken for, and a cleaned copy.

import type { Observation, StartResult } from '@byfly-pay/core'
import type { Clock } from '../ports/clock.ts'
import type { ExchangeCall, Hear } from '../ports/exchange-store.ts'
import { saidOf } from './said.ts'
import type { CallResult } from './transport.ts'

/** To be made as the call begins; nothing is worked out when nobody hears. */
export function telling(clock: Clock, call: ExchangeCall, hear: Hear | undefined) {
  const startedAtMs = clock.now()
  return (result: CallResult, outcome: string): void => {
    if (hear === undefined) return
    hear({
      call,
      startedAtMs,
      tookMs: Math.max(0, clock.now() - startedAtMs),
      httpStatus: result.kind === 'answered' ? result.httpStatus : null,
      outcome: result.kind === 'answered' ? outcome : `${outcome} ${result.cause}`,
      said: result.kind === 'answered' ? saidOf(result.body) : null,
    })
  }
}

/** Stable words: the kind, and what tells it from others of its kind. */
export function outcomeOf(understood: Observation | StartResult): string {
  switch (understood.kind) {
    case 'waiting':
      return `waiting ${understood.phase}`
    case 'failed':
    case 'refused':
      return `${understood.kind} ${understood.reason}`
    case 'accepted':
    case 'succeeded':
    case 'unknown':
    case 'not_found':
    case 'no_answer':
    case 'lost':
      return understood.kind
  }
}
