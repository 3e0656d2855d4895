// Everything that is looked at once the database is there and its schema is this program's.

import { SECOND_MS } from '@byfly-pay/core'
import type { Acting } from '../accounts/staff.ts'
import type { Centre } from '../ports/centre.ts'
import type { Examination, MachineExamination } from '../ports/examination.ts'
import type { SourceRecord } from '../ports/source-store.ts'
import { backlogCheck } from './check-backlog.ts'
import { type NamedUrl, namesCheck } from './check-machine.ts'
import { everySource, receiverChecks, secretFinding, textCheck } from './check-sending.ts'
import { terminalFindings } from './check-terminals.ts'
import { type Check, examine } from './examine.ts'
import type { Finding } from './finding.ts'

const SECRETS_MS = 10 * SECOND_MS

export interface CentreParts {
  readonly centre: Centre
  readonly acting: Acting
  readonly examination: Pick<Examination, 'backlog'>
  readonly machine: Pick<MachineExamination, 'resolve'>
  /** Null where none is configured. */
  readonly publicUrl: string | null
  /** Whether receivers are sent marked test events. */
  readonly calls: boolean
}

export async function examineCentre(parts: CentreParts): Promise<Finding[]> {
  const { acting, calls, centre, examination, machine, publicUrl } = parts
  const sources = await everySource(centre)
  const checks: Check[] = [
    {
      name: 'secrets',
      limitMs: SECRETS_MS,
      run: async () => [await secretFinding(centre, sources)],
    },
    namesCheck(machine, namesOf(publicUrl, sources)),
    textCheck(centre),
    ...(calls ? receiverChecks(centre, acting, sources) : []),
    backlogCheck(examination, centre.zone),
  ]
  // Terminals have limits of their own, one each.
  const [terminals, others] = await Promise.all([
    terminalFindings(centre),
    examine(checks, centre.clock),
  ])
  return [...others, ...terminals]
}

/** Each host once. */
function namesOf(publicUrl: string | null, sources: readonly SourceRecord[]): NamedUrl[] {
  const own = publicUrl === null ? [] : [{ url: publicUrl, isOwn: true }]
  const receivers = sources.flatMap(({ defaultWebhookUrl: url }) =>
    url === null || !URL.canParse(url) ? [] : [{ url, isOwn: false }],
  )
  const byHost = Map.groupBy([...own, ...receivers], ({ url }) => new URL(url).host)
  return [...byHost.values()].flatMap(([first]) => (first === undefined ? [] : [first]))
}
