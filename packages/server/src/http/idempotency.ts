// A repeated request with the same Idempotency-Key has one effect and one answer (T9). Its key is bound
// to caller, route, payment and body; the effect commits with the key's row, so that after a crash
// the answer is built again from what was done, never by doing it again.

import { hash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Centre } from '../ports/centre.ts'
import type {
  ClaimResult,
  IdempotencyClaim,
  IdempotencyStore,
  KeyRequest,
} from '../ports/idempotency-store.ts'
import type { Answer } from './answer.ts'
import { clientGone } from './client-gone.ts'
import { Refusal } from './refusal.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** SHA-256 of the body's bytes, when the request carries an Idempotency-Key. */
    bodyHash: Buffer | null
  }
}

/** Any printable ASCII; one header must not be two. */
const KEY = /^[\x20-\x7e]{1,255}$/

const EMPTY_BODY = hash('sha256', '', 'buffer')

/** How soon a waiter looks again; the first answer usually comes at once. */
const FIRST_LOOK_MS = 50
const LATER_LOOK_MS = 500

export interface KeyedRoute {
  readonly name: 'init' | 'kaspi' | 'cancel' | 'refund' | 'desk' | 'staff_refund'
  /** The payment in the path, null where one is created. */
  readonly target: string | null
  /** Longer than one call of this route may take; after it the key is another call's to take. */
  readonly callMs: number
}

/** What the work is told: the key it works under, and what an earlier call under it brought about. */
export interface Turn {
  readonly claim: IdempotencyClaim | null
  readonly effectId: string | null
}

const NO_KEY: Turn = { claim: null, effectId: null }

/** @throws Refusal when the header is no key */
export function keyOf(request: FastifyRequest): string | null {
  const key = request.headers['idempotency-key']
  if (key === undefined) return null
  if (typeof key === 'string' && KEY.test(key)) return key
  const errors = { 'Idempotency-Key': 'Must be 1 to 255 printable ASCII characters' }
  throw new Refusal('validation', { errors })
}

export interface KeyedCall {
  readonly centre: Centre
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  /** Of sources, or of staff. */
  readonly keys: IdempotencyStore
  readonly callerId: number
  readonly route: KeyedRoute
  /** How long to wait for another call with the same key. */
  readonly waitMs: number
}

/**
 * Runs `work` at most once at a time for its key, or repeats the kept answer.
 *
 * @throws Refusal idempotency_mismatch, idempotency_in_progress, or what `work` throws
 */
export async function answerOnce(
  call: KeyedCall,
  work: (turn: Turn) => Promise<Answer>,
): Promise<Answer> {
  const key = keyOf(call.request)
  if (key === null) return work(NO_KEY)
  const { callerId } = call
  const claim: IdempotencyClaim = { callerId, key }
  const claimed = await claimOrWait(call, key)
  switch (claimed.kind) {
    case 'replay':
      return { ...claimed.reply, isKept: true, retryAfterSeconds: null, isReplay: true }
    case 'mismatch':
      throw new Refusal('idempotency_mismatch')
    case 'busy':
      throw new Refusal('idempotency_in_progress')
    case 'claimed':
      return doAndKeep(call, claim, () => work({ claim, effectId: claimed.effectId }))
  }
}

async function claimOrWait(call: KeyedCall, key: string): Promise<ClaimResult> {
  const { callerId, centre, keys, request, reply, route, waitMs } = call
  const { clock } = centre
  const keyed: KeyRequest = {
    callerId,
    key,
    route: route.name,
    target: route.target,
    bodyHash: request.bodyHash ?? EMPTY_BODY,
  }
  const gone = clientGone(reply)
  const deadline = clock.now() + waitMs
  let lookAgainMs = FIRST_LOOK_MS
  for (;;) {
    const claimed = await keys.claim(keyed, route.callMs)
    if (claimed.kind !== 'busy' || gone.aborted || clock.now() >= deadline) return claimed
    await clock.sleep(lookAgainMs, gone)
    lookAgainMs = Math.min(lookAgainMs * 2, LATER_LOOK_MS)
  }
}

async function doAndKeep(
  call: KeyedCall,
  claim: IdempotencyClaim,
  work: () => Promise<Answer>,
): Promise<Answer> {
  let answer: Answer | null = null
  try {
    answer = await work()
    return answer
  } finally {
    await letGo(call, claim, answer)
  }
}

/** What was done is done: an answer that cannot be kept is still given, and can be built again. */
async function letGo(
  { centre, keys, route }: KeyedCall,
  claim: IdempotencyClaim,
  answer: Answer | null,
): Promise<void> {
  try {
    if (answer?.isKept === true) {
      const { httpStatus, body } = answer
      await keys.finish(claim, { httpStatus, body })
    } else {
      await keys.release(claim)
    }
  } catch (error) {
    centre.log.warn(
      { caller: claim.callerId, route: route.name, error: nameOf(error) },
      'Ответ не сохранён под ключом',
    )
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown'
}
