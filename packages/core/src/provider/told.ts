// What a terminal said, as facts of the history, where its word is kept for a person and books nothing.

import type { HistoryEntry } from '../payment/effect.ts'
import type { FinalWord } from './observation.ts'

/** Sums in tiyn as text; null where the terminal named none. */
export function toldOf(word: FinalWord): HistoryEntry['facts'] {
  if (word.kind === 'failed') return { told: 'failed', why: word.reason }
  const { grossTiyn, providerTransactionId, refundTiyn = grossTiyn } = word.success
  return {
    told: 'succeeded',
    told_tiyn: refundTiyn?.toString() ?? null,
    told_number: providerTransactionId,
  }
}
