// Sources come to be and get new tokens and secrets. Both are returned once, when made; the database keeps
// a hash of the one and the other sealed (L5, W1).

import { createHash } from 'node:crypto'
import { newWebhookSecret } from '@byfly-pay/contract'
import { DAY_MS, HOUR_MS } from '@byfly-pay/core'
import type { Centre } from '../ports/centre.ts'
import type { SourceStore, SourceTerms } from '../ports/source-store.ts'
import type { Transaction } from '../ports/transaction.ts'
import { audited } from './audited.ts'
import { faultOfTerms, SOURCE_DEFAULTS, type TermsFault, tidyTerms } from './source-terms.ts'
import type { Acting } from './staff.ts'

export interface SourceCredentials {
  readonly id: number
  readonly apiToken: string
  readonly webhookSecret: string
}

export type CreateSourceOutcome =
  | ({ readonly kind: 'created' } & SourceCredentials)
  | { readonly kind: 'refused'; readonly reason: TermsFault }

/** What must be said of a new source; the rest has defaults. */
export type NewSource = Pick<SourceTerms, 'name' | 'type'> & Partial<SourceTerms>

type Keeper = Pick<Centre, 'storage' | 'vault' | 'random' | 'webhooks'>

/** How long a rotated secret goes on signing, and a rotated token is accepted, unless said (W1, L5). */
export const ROTATION_OVERLAP_MS = DAY_MS

/** What is kept of a token; the lookup is by this hash. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

export async function createSource(
  centre: Keeper,
  acting: Acting,
  source: NewSource,
): Promise<CreateSourceOutcome> {
  const { sources } = centre.storage
  const terms = tidyTerms({ ...SOURCE_DEFAULTS, ...source })
  const apiToken = newToken(centre)
  const webhookSecret = newSecret(centre)
  const tokenHash = hashToken(apiToken)
  const sealed = centre.vault.seal(webhookSecret)
  return audited<CreateSourceOutcome>(centre, acting.actor, async (tx) => {
    const known = await sources.ofToken(tx, tokenHash)
    if (known !== null) {
      // An earlier run of this very work was committed, and only its answer was lost.
      return { result: { kind: 'created', id: known, apiToken, webhookSecret }, line: null }
    }
    const reason = await faultOfTerms(centre, tx, acting, null, terms)
    if (reason !== null) return { result: { kind: 'refused', reason }, line: null }
    const id = await sources.add(tx, terms, tokenHash, sealed)
    const { name, type, countryIso, amountUnit } = terms
    return {
      result: { kind: 'created', id, apiToken, webhookSecret },
      line: {
        action: 'source.created',
        target: { kind: 'source', id: String(id) },
        facts: { name, type, countryIso, amountUnit },
      },
    }
  })
}

/** @returns the new token; null when there is no such source. */
export function rotateToken(
  centre: Keeper,
  acting: Acting,
  sourceId: number,
  overlapMs: number,
): Promise<string | null> {
  const token = newToken(centre)
  const hash = hashToken(token)
  return rotate(centre, acting, sourceId, overlapMs, {
    shown: token,
    action: 'source.token_rotated',
    write: (sources, tx) => sources.rotateToken(tx, sourceId, hash, overlapMs),
  })
}

/** @returns the new secret; null when there is no such source. */
export function rotateSecret(
  centre: Keeper,
  acting: Acting,
  sourceId: number,
  overlapMs: number,
): Promise<string | null> {
  const secret = newSecret(centre)
  const sealed = centre.vault.seal(secret)
  return rotate(centre, acting, sourceId, overlapMs, {
    shown: secret,
    action: 'source.secret_rotated',
    write: (sources, tx) => sources.rotateSecret(tx, sourceId, sealed, overlapMs),
  })
}

interface Rotation {
  readonly shown: string
  readonly action: 'source.token_rotated' | 'source.secret_rotated'
  /** @returns whether it was done now, and not by an earlier run. */
  readonly write: (sources: SourceStore, tx: Transaction) => Promise<boolean>
}

function rotate(
  centre: Keeper,
  { actor, scope }: Acting,
  sourceId: number,
  overlapMs: number,
  { shown, action, write }: Rotation,
): Promise<string | null> {
  const { sources } = centre.storage
  return audited(centre, actor, async (tx) => {
    if ((await sources.lock(tx, scope, sourceId)) === null) return { result: null, line: null }
    const target = { kind: 'source', id: String(sourceId) }
    const facts = { overlapHours: overlapMs / HOUR_MS }
    const isDoneNow = await write(sources, tx)
    return { result: shown, line: isDoneNow ? { action, target, facts } : null }
  })
}

function newToken({ random }: Keeper): string {
  return random.bytes(32).toString('hex')
}

function newSecret({ random }: Keeper): string {
  return newWebhookSecret(random.bytes(32))
}
