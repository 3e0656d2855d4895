// Sources as an operator makes them. Tokens and secrets are returned once, when made; the database
// keeps a hash of the one and the other sealed (L5, W1).

import { createHash } from 'node:crypto'
import { newWebhookSecret } from '@byfly-pay/contract'
import { DAY_MS } from '@byfly-pay/core'
import type { NewSource } from '../ports/account-store.ts'
import type { Centre } from '../ports/centre.ts'

export type SourceTerms = Omit<NewSource, 'tokenHash' | 'sealedSecret'>

export interface SourceCredentials {
  readonly id: number
  readonly apiToken: string
  readonly webhookSecret: string
}

type Keeper = Pick<Centre, 'storage' | 'vault' | 'random'>

/** How long a rotated secret goes on signing, and a rotated token is accepted. */
export const ROTATION_OVERLAP_MS = DAY_MS

/** What is kept of a token; the lookup is by this hash. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

export async function createSource(centre: Keeper, terms: SourceTerms): Promise<SourceCredentials> {
  const apiToken = newToken(centre)
  const webhookSecret = newWebhookSecret(centre.random.bytes(32))
  const id = await centre.storage.accounts.addSource({
    ...terms,
    tokenHash: hashToken(apiToken),
    sealedSecret: centre.vault.seal(webhookSecret),
  })
  return { id, apiToken, webhookSecret }
}

/** @returns the new token, or null when there is no such source. */
export async function rotateToken(
  centre: Keeper,
  sourceId: number,
  overlapMs: number,
): Promise<string | null> {
  const token = newToken(centre)
  const { accounts } = centre.storage
  return (await accounts.rotateToken(sourceId, hashToken(token), overlapMs)) ? token : null
}

/** @returns the new secret, or null when there is no such source. */
export async function rotateSecret(
  centre: Keeper,
  sourceId: number,
  overlapMs: number,
): Promise<string | null> {
  const secret = newWebhookSecret(centre.random.bytes(32))
  const { accounts } = centre.storage
  return (await accounts.rotateSecret(sourceId, centre.vault.seal(secret), overlapMs))
    ? secret
    : null
}

function newToken({ random }: Keeper): string {
  return random.bytes(32).toString('hex')
}
