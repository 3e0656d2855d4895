// Numbers of things in the path and in pages. A text that is no number names nothing that exists.

import type { PageQuery } from '@byfly-pay/contract'
import type { Page } from '../../ports/source-store.ts'
import { Refusal } from '../refusal.ts'

export interface WithId {
  readonly id: string
}

const LONGEST_PAGE = 1_000

/** @throws Refusal not_found */
export function readId(text: string): number {
  if (!/^[1-9][0-9]{0,8}$/.test(text)) throw new Refusal('not_found')
  return Number(text)
}

export function readPage({ limit, after_id: afterId }: PageQuery): Page {
  return { limit: Number(limit ?? LONGEST_PAGE), afterId: Number(afterId ?? 0) }
}
