// The sum above which a second person approves a refund, where a source has none of its own.

import type { Centre } from '../ports/centre.ts'
import { audited } from './audited.ts'
import type { Acting } from './staff.ts'

/** `aboveTiyn` null: nobody has to approve anything. What was asked for before stays as it is. */
export function setRefundApproval(
  { storage }: Pick<Centre, 'storage'>,
  { actor }: Acting,
  aboveTiyn: bigint | null,
): Promise<void> {
  return audited({ storage }, actor, async (tx) => {
    const before = await storage.settings.refundApprovalAboveTiyn()
    const isNews = await storage.settings.setRefundApproval(tx, aboveTiyn)
    const target = { kind: 'setting', id: 'refund_approval_above_tiyn' }
    const facts = { before: before?.toString() ?? null, after: aboveTiyn?.toString() ?? null }
    return {
      result: undefined,
      line: isNews ? { action: 'setting.changed' as const, target, facts } : null,
    }
  })
}
