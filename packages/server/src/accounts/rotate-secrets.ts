// Seals everything under the current secret key, a bounded batch at a time. Killed at any moment it leaves
// whole rows, each under one key or the other; run again it goes on with what is left.

import type { Actor } from '../ports/actor.ts'
import type { Centre } from '../ports/centre.ts'
import { SEALED_KINDS, type SealedKind } from '../ports/sealed-store.ts'
import { audited } from './audited.ts'

const BATCH_ROWS = 200

export interface RotatedKind {
  readonly kind: SealedKind
  /** Sealed anew by this run. */
  readonly rows: number
  /** No key at hand opens them. */
  readonly unopened: number
}

type Keeper = Pick<Centre, 'storage'>

export async function rotateSecrets(centre: Keeper, actor: Actor): Promise<RotatedKind[]> {
  const rotated: RotatedKind[] = []
  for (const kind of SEALED_KINDS) rotated.push(await rotateKind(centre, actor, kind))
  return rotated
}

/** What is not under the current key, by kind. */
export function staleSecrets({ storage }: Keeper): Promise<Readonly<Record<SealedKind, number>>> {
  return storage.sealed.stale()
}

async function rotateKind(centre: Keeper, actor: Actor, kind: SealedKind): Promise<RotatedKind> {
  let after: string | null = null
  let rows = 0
  let unopened = 0
  do {
    const from: string | null = after
    const batch = await audited(centre, actor, async (tx) => {
      const result = await centre.storage.sealed.reseal(tx, kind, from, BATCH_ROWS)
      const facts = { rows: result.rows }
      const line = {
        action: 'secrets.rotated',
        target: { kind: 'secrets', id: kind },
        facts,
      } as const
      return { result, line: result.rows === 0 ? null : line }
    })
    rows += batch.rows
    unopened += batch.unopened
    after = batch.next
  } while (after !== null)
  return { kind, rows, unopened }
}
