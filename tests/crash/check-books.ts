// The one judge of crashes, chaos and drills: the books against the terminals' journals, against what
// the client was told and what the shop received. It reads as a superuser and trusts no figure of the
// centre's own.

import type { Journal } from '../../packages/simulator/src/index.ts'
import { moneyRules } from './money-rules.ts'
import type { ReceivedWebhook } from './receiver.ts'
import type { Told } from './shop-client.ts'
import { storyRules } from './story-rules.ts'
import { toldRules } from './told-rules.ts'

export interface Evidence {
  // biome-ignore lint/suspicious/noExplicitAny: a row has whatever columns the rule asks for
  sql(text: string, values?: readonly unknown[]): Promise<any[]>
  readonly journal: Pick<Journal, 'entries' | 'operations' | 'overlaps'>
  readonly told: readonly Told[]
  readonly received: readonly ReceivedWebhook[]
}

/** What is wrong, a sentence each, beginning with the invariant; nothing when it holds. */
export type Rule = (evidence: Evidence) => Promise<readonly string[]>

/** The named invariants that a look from outside can show once everything is at rest. */
export async function checkBooks(evidence: Evidence): Promise<string[]> {
  const wrong: string[] = []
  for (const rule of [...moneyRules, ...storyRules, ...toldRules]) {
    wrong.push(...(await rule(evidence)))
  }
  return wrong
}
