// Payments of an earlier centre, a batch in one transaction. What is here already is only compared, so a run
// that was cut short is simply run again.

import type { PaymentStatus } from '@byfly-pay/core'
import type { Source } from '../ports/account-store.ts'
import type { FormerRow } from '../ports/former-books.ts'
import type { BroughtOver, NewFormerPayment } from '../ports/import-store.ts'
import type { Terminals } from './bring-terminals.ts'
import type { ImportRun } from './import-run.ts'
import { formerIdOf, LEAVE, mapPayment, type PaymentTerms, readStatus } from './map-payment.ts'
import { columnsOf } from './mapping.ts'
import { type Fields, fieldsOf } from './read-fields.ts'
import { fault, RowFault, readTiyn } from './read-values.ts'
import type { Tally } from './tally.ts'

/** What every batch works with. */
export interface PaymentParts {
  readonly sources: ReadonlyMap<string, Source>
  readonly terminals: Terminals
  readonly terms: PaymentTerms
  readonly tally: Tally
}

interface ReadRow {
  readonly id: string
  readonly source: Source
  readonly rawStatus: PaymentStatus
  readonly payment: NewFormerPayment
  readonly leftOut: readonly string[]
}

export async function bringPayments(run: ImportRun, parts: PaymentParts): Promise<void> {
  const { books, centre, mapping } = run
  for await (const batch of books.rows(mapping.payments.table, columnsOf(mapping.payments))) {
    parts.tally.rows += batch.length
    const read: ReadRow[] = []
    for (const row of batch) {
      const one = await readRow(run, parts, row)
      if (one !== null) read.push(one)
    }
    const known = await centre.storage.imports.known(read.map(({ id }) => id))
    const fresh = await compare(run, parts, read, known)
    if (fresh.length === 0 || run.isDryRun) {
      parts.tally.brought += fresh.length
      continue
    }
    await centre.storage.imports.ensureMonths(fresh.flatMap(({ payment }) => momentsOf(payment)))
    const refused = await centre.storage.transaction((tx) =>
      centre.storage.imports.add(
        tx,
        mapping.name,
        fresh.map(({ payment }) => payment),
      ),
    )
    for (const one of fresh) {
      const code = refused.get(one.id)
      if (code === undefined) parts.tally.brought += 1
      else await refuse(run, parts, one, code)
    }
  }
}

/** Null for a row that does not come over; why is told by then. */
async function readRow(run: ImportRun, parts: PaymentParts, row: FormerRow) {
  const { mapping, note } = run
  const { sources, tally, terms } = parts
  const fields = fieldsOf(mapping.payments, row)
  let id = '?'
  let source: Source | undefined
  let status: PaymentStatus | null = null
  const refused = async (code: string, detail: string) => {
    const sums = sumsIfReadable(fields, mapping.amounts)
    tally.readThere({ sourceId: source?.id ?? null, status }, sums)
    tally.refuse(code, sums)
    await note({ table: 'payments', key: id, what: 'refused', code, detail })
    return null
  }
  try {
    id = formerIdOf(fields)
    const rawStatus = readStatus(fields)
    if (rawStatus === LEAVE) {
      tally.left += 1
      return null
    }
    status = rawStatus
    const key = fields.needed('source')
    source = sources.get(key)
    if (source === undefined) return await refused('source_unknown', key)
    const mapped = mapPayment(row, source, terms)
    if (mapped.kind === 'refused') return await refused(mapped.reason, '')
    const { leftOut, payment, terminalKey } = mapped
    const terminalId = await terminalOf(parts, payment, terminalKey)
    return { id, source, rawStatus, leftOut, payment: { ...payment, terminalId } }
  } catch (error) {
    if (error instanceof RowFault) return await refused(error.code, error.detail)
    throw error
  }
}

/** Only money has a terminal. */
async function terminalOf(
  { terminals, terms }: PaymentParts,
  { booked, chosen, countryIso }: Omit<NewFormerPayment, 'terminalId'>,
  key: string | null,
): Promise<number | null> {
  if (booked.capture === null) return null
  const system = terms.methods.find(({ code }) => code === chosen?.method)?.system ?? ''
  const id = await terminals.of(key, system, countryIso)
  if (id === null) throw fault('word_unknown', 'terminal', key)
  return id
}

/** @returns those that are not here yet; all others are compared and told */
async function compare(
  run: ImportRun,
  parts: PaymentParts,
  read: readonly ReadRow[],
  known: ReadonlyMap<string, BroughtOver>,
): Promise<ReadRow[]> {
  const { tally } = parts
  const fresh = new Map<string, ReadRow>()
  for (const one of read) {
    const key = one.id.toUpperCase()
    const here = known.get(key)
    const { originalTiyn, paidTiyn } = one.payment
    const status = here !== undefined && isSameStory(one, here) ? here.status : null
    tally.readThere(
      { sourceId: one.source.id, status: status ?? one.payment.booked.status },
      { originalTiyn, paidTiyn },
    )
    if (here === undefined && !fresh.has(key)) {
      fresh.set(key, one)
      await tellLeftOut(run, parts, one)
    } else if (here === undefined) {
      await refuse(run, parts, one, 'id_repeated')
    } else if (here.import !== run.mapping.name || here.sourceId !== one.source.id) {
      await refuse(run, parts, one, 'id_taken')
    } else if (status === null) {
      await refuse(run, parts, one, 'changed_since_import')
    } else {
      tally.alreadyHere += 1
    }
  }
  return [...fresh.values()]
}

/** A payment that waited when it came over may have run out of time since (S2). */
function isSameStory({ payment, rawStatus }: ReadRow, here: BroughtOver): boolean {
  const isUnpaid = rawStatus === 'pending' || rawStatus === 'failed'
  const isSameStatus =
    here.status === payment.booked.status || (isUnpaid && here.status === rawStatus)
  return (
    isSameStatus && here.originalTiyn === payment.originalTiyn && here.paidTiyn === payment.paidTiyn
  )
}

async function refuse(
  { note }: ImportRun,
  { tally }: PaymentParts,
  { id, payment }: ReadRow,
  code: string,
): Promise<void> {
  const { externalId, originalTiyn, paidTiyn } = payment
  tally.refuse(code, { originalTiyn, paidTiyn })
  const detail = code === 'external_id_taken' ? `external_id: ${externalId}` : ''
  await note({ table: 'payments', key: id, what: 'refused', code, detail })
}

async function tellLeftOut(
  { note }: ImportRun,
  { tally }: PaymentParts,
  { id, leftOut }: ReadRow,
): Promise<void> {
  for (const field of leftOut) {
    tally.leaveOut(field)
    await note({ table: 'payments', key: id, what: 'left_out', code: field, detail: '' })
  }
}

function sumsIfReadable(fields: Fields, unit: PaymentTerms['mapping']['amounts']) {
  const sum = (name: string) => {
    try {
      return fields.read(name, (text) => readTiyn(text, unit, name)) ?? 0n
    } catch {
      return 0n
    }
  }
  return { originalTiyn: sum('original_amount'), paidTiyn: sum('paid_amount') }
}

function momentsOf({ booked, createdAtMs }: NewFormerPayment): number[] {
  return [createdAtMs, booked.capture?.atMs ?? createdAtMs]
}
