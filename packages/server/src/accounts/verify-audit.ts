// Checks the audit's chain from its first line: every hash, every link, every number. A changed, missing
// or inserted line breaks it at that line (A26).

import { createHash } from 'node:crypto'
import type { AuditLink } from '../ports/audit-store.ts'
import type { Centre } from '../ports/centre.ts'

export type AuditVerdict =
  /** `head` is the last hash: kept elsewhere, it also shows that the end was not cut off. */
  | { readonly kind: 'whole'; readonly lines: bigint; readonly head: string }
  | { readonly kind: 'broken'; readonly seq: bigint; readonly fault: AuditFault }

export type AuditFault =
  /** The line does not say what its hash is of. */
  | 'changed'
  /** It does not follow the line before it. */
  | 'unlinked'
  /** Lines before it are gone. */
  | 'gap'

const BATCH = 1_000
const FIRST_HASH = Buffer.alloc(32)

export async function verifyAudit({ storage }: Pick<Centre, 'storage'>): Promise<AuditVerdict> {
  let seq = 0n
  let head: Buffer = FIRST_HASH
  for (;;) {
    const links = await storage.audit.links(seq, BATCH)
    if (links.length === 0) return { kind: 'whole', lines: seq, head: head.toString('hex') }
    for (const link of links) {
      const fault = faultOf(link, seq, head)
      if (fault !== null) return { kind: 'broken', seq: link.seq, fault }
      seq = link.seq
      head = link.hash
    }
  }
}

function faultOf(link: AuditLink, before: bigint, head: Buffer): AuditFault | null {
  if (link.seq !== before + 1n) return 'gap'
  if (!link.prevHash.equals(head)) return 'unlinked'
  return createHash('sha256').update(link.text).digest().equals(link.hash) ? null : 'changed'
}
