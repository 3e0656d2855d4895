// `byfly audit verify`: whether anybody has tampered with the audit.

import { verifyAudit } from '../accounts/verify-audit.ts'
import { complain, say } from './output.ts'
import { withCentre } from './with-centre.ts'

const FAULTS = {
  changed: 'её изменили после записи',
  unlinked: 'она не продолжает предыдущую',
  gap: 'строк перед ней не хватает',
} as const

export function verifyAuditNow(): Promise<void> {
  return withCentre(async (centre) => {
    const verdict = await verifyAudit(centre)
    if (verdict.kind === 'whole') {
      say(`Журнал цел: строк ${verdict.lines}.`)
      say(`Хеш последней: ${verdict.head}`)
      say('Храните его отдельно: по нему видно, что конец журнала не отрезан.')
      return
    }
    complain(`Журнал нарушен в строке ${verdict.seq}: ${FAULTS[verdict.fault]}.`)
    process.exitCode = 1
  })
}
