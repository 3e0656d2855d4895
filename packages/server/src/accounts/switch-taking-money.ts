// The one switch that stops taking money everywhere (T11). What is under way goes on; nothing new begins.

import type { Centre } from '../ports/centre.ts'
import { audited } from './audited.ts'
import type { Acting } from './staff.ts'

const TARGET = { kind: 'setting', id: 'taking_money' } as const

/** Who turned it last, when and why: the audit is the only place where that is kept. */
export interface LastSwitch {
  readonly byName: string
  readonly atMs: number
  readonly reason: string
}

/** Every instance acts on it within a second. */
export function switchTakingMoney(
  centre: Pick<Centre, 'storage'>,
  { actor }: Acting,
  isOn: boolean,
  reason: string,
): Promise<void> {
  return audited(centre, actor, async (tx) => {
    const isNews = await centre.storage.settings.switchTakingMoney(tx, isOn)
    const action = isOn ? 'setting.switched_on' : 'setting.switched_off'
    return {
      result: undefined,
      line: isNews ? { action, target: TARGET, facts: { reason } } : null,
    }
  })
}

/** Null while nobody ever has. */
export async function lastSwitch({ storage }: Pick<Centre, 'storage'>): Promise<LastSwitch | null> {
  const [line] = await storage.audit.page({
    targetKind: TARGET.kind,
    targetId: TARGET.id,
    adminId: null,
    action: null,
    beforeSeq: null,
    limit: 1,
  })
  if (line === undefined) return null
  return { byName: line.actorName, atMs: line.atMs, reason: String(line.facts['reason'] ?? '') }
}
