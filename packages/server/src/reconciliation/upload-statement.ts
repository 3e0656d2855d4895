// A file of the bank's comes in: read, kept, and set against the books, all in one transaction and each file
// once. What it shows never changes a payment; it comes to desks, verdicts and postings of fees.

import { createHash } from 'node:crypto'
import { type Coverage, DAY_MS, isInScope, type StatementColumns } from '@byfly-pay/core'
import { audited } from '../accounts/audited.ts'
import type { Acting } from '../accounts/staff.ts'
import type { Centre } from '../ports/centre.ts'
import type { Ledger, NewOperation, Statement } from '../ports/statement-store.ts'
import { refuseArchived } from './archived-period.ts'
import { findHeading } from './heading.ts'
import { type RowFault, readOperations } from './read-operations.ts'
import { type PeriodResult, reconcilePeriod } from './reconcile-period.ts'
import { sampleOf, type TableSample } from './sample.ts'

/** Of one statement: all money of that time is looked at at once. */
const LONGEST_MS = 93 * DAY_MS

export interface Upload extends Ledger {
  readonly fileName: string | null
  readonly file: Uint8Array
  /** What time it speaks for, where that is more than from its first operation to its last. */
  readonly covers: Coverage | null
}

export type UploadOutcome =
  | { readonly kind: 'read'; readonly statement: Statement; readonly result: PeriodResult }
  /** These bytes were read before; nothing was done. */
  | { readonly kind: 'repeated'; readonly statement: Statement }
  | {
      readonly kind: 'needs_columns'
      readonly heading: readonly string[]
      readonly guess: StatementColumns
      readonly sample: TableSample
    }
  | { readonly kind: 'faulty'; readonly faults: readonly RowFault[] }
  | { readonly kind: 'not_found' | 'not_a_table' | 'too_large' | 'no_operations' | 'wrong_period' }

export async function uploadStatement(
  centre: Pick<Centre, 'storage' | 'statements' | 'zone'>,
  acting: Acting,
  upload: Upload,
): Promise<UploadOutcome> {
  const { storage } = centre
  const { countryIso, file, system } = upload
  if (!(await isLedgerOf(centre, acting, upload))) return { kind: 'not_found' }
  const fileHash = createHash('sha256').update(file).digest()
  const table = await centre.statements.read(file)
  if (table.kind !== 'rows') return { kind: table.kind }
  const found = findHeading(table.rows, await storage.statements.headings(system))
  if (found.kind === 'none') return { kind: 'not_a_table' }
  if (found.kind === 'unknown') {
    const { cells: heading, guess, rows } = found
    return { kind: 'needs_columns', heading, guess, sample: sampleOf(rows, heading.length) }
  }
  const read = readOperations(found.rows, found.heading, centre.zone)
  if (read.kind === 'faulty') return read
  const covers = coverageOf(read.operations, upload.covers)
  if (covers === null) return { kind: 'no_operations' }
  if (covers === 'wrong_period') return { kind: covers }
  await refuseArchived(storage, covers)
  const { fileName } = upload
  return keep(centre, acting, { system, countryIso, fileName, fileHash, covers }, read.operations)
}

/** Whether there is such a payment system, and both are theirs (L4). */
export async function isLedgerOf(
  { storage }: Pick<Centre, 'storage'>,
  { scope }: Pick<Acting, 'scope'>,
  { countryIso, system }: Ledger,
): Promise<boolean> {
  if (!isInScope(scope, { countryIso, system, sourceId: null })) return false
  const [systems, countries] = await Promise.all([
    storage.places.paymentSystems(),
    storage.places.countries(),
  ])
  return (
    systems.some(({ code }) => code === system) && countries.some(({ iso }) => iso === countryIso)
  )
}

/** Null for no operations at all. */
function coverageOf(
  operations: readonly NewOperation[],
  said: Coverage | null,
): Coverage | 'wrong_period' | null {
  if (operations.length === 0) return null
  const fromMs = operations.reduce((least, row) => Math.min(least, row.fromMs), Infinity)
  const toMs = operations.reduce((greatest, row) => Math.max(greatest, row.toMs), -Infinity)
  const covers = said ?? { fromMs, toMs }
  const isWithin = covers.fromMs <= fromMs && toMs <= covers.toMs
  return isWithin && covers.toMs - covers.fromMs < LONGEST_MS ? covers : 'wrong_period'
}

interface Kept extends Ledger {
  readonly fileName: string | null
  readonly fileHash: Buffer
  readonly covers: Coverage
}

function keep(
  centre: Pick<Centre, 'storage'>,
  { actor }: Acting,
  kept: Kept,
  operations: readonly NewOperation[],
): Promise<UploadOutcome> {
  const { statements } = centre.storage
  return audited<UploadOutcome>(centre, actor, async (tx) => {
    await statements.lock(tx, kept)
    const before = await statements.byFile(tx, kept, kept.fileHash)
    if (before !== null) return { result: { kind: 'repeated', statement: before }, line: null }
    const statement = await statements.add(
      tx,
      { ...kept, operations: operations.length, uploadedBy: actor.name },
      operations,
    )
    const result = await reconcilePeriod(centre, tx, kept, kept.covers)
    const target = { kind: 'statement', id: String(statement.id) }
    const { fileHash, fileName, system } = kept
    const facts = {
      system,
      file: fileName,
      sha256: fileHash.toString('hex'),
      operations: statement.operations,
      repeated: statement.repeated,
      ...result,
    }
    return {
      result: { kind: 'read', statement, result },
      line: { action: 'statement.uploaded', target, facts },
    }
  })
}
