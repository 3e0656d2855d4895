// Brings an earlier centre over: sources, terminals, payments, history, and then the comparison of both sides.
// Nothing is sent to anybody about what came over.

import { EARLIEST_BOOKS, type HistoryWhat } from '@byfly-pay/core'
import { audited } from '../accounts/audited.ts'
import { addCountry } from '../accounts/change-country.ts'
import type { FormerStep } from '../ports/import-store.ts'
import { bringPayments } from './bring-payments.ts'
import { bringSources } from './bring-sources.ts'
import { bringTerminals } from './bring-terminals.ts'
import type { ImportRun } from './import-run.ts'
import { formerIdOf, LEAVE, readStatus, timesOf } from './map-payment.ts'
import { columnsOf } from './mapping.ts'
import { fieldsOf } from './read-fields.ts'
import { RowFault, readMoment } from './read-values.ts'
import { isSame, Tally, type TallyGroup } from './tally.ts'

export interface ImportReport {
  readonly name: string
  readonly isDryRun: boolean
  readonly tally: Tally
  readonly sources: { readonly brought: number; readonly refused: number }
  readonly terminals: { readonly brought: number; readonly refused: number }
  readonly steps: { readonly read: number; readonly added: number }
  /** Empty for a dry run: nothing is here to be compared. */
  readonly groups: readonly TallyGroup[]
  /** Everything that was to come over is here, to the tiyn. */
  readonly isEqual: boolean
}

export async function bringOver(run: ImportRun): Promise<ImportReport> {
  const { acting, centre, isDryRun, mapping } = run
  const { accounts, imports } = centre.storage
  for (const { dial_code: dialCode, iso, name } of isDryRun ? [] : (mapping.countries ?? [])) {
    await addCountry(centre, acting, { iso, name, dialCode, isActive: true })
  }
  const sources = await bringSources(run)
  const terminals = await bringTerminals(run)
  const tally = new Tally()
  const terms = {
    mapping,
    methods: await accounts.methods(),
    isForbiddenUrl: (url: string) => centre.webhooks.refusalOf(url) !== null,
    nowMs: centre.clock.now(),
  }
  await bringPayments(run, { sources: sources.byKey, terminals, terms, tally })
  const steps = await bringHistory(run)
  const groups = isDryRun ? [] : tally.against(await imports.totals(mapping.name))
  const isEqual =
    groups.every(({ here, there }) => isSame(here, there)) &&
    tally.refused.size + sources.refused + terminals.refused === 0
  const report: ImportReport = {
    name: mapping.name,
    isDryRun,
    tally,
    sources: countsOf(sources),
    terminals: countsOf(terminals),
    steps,
    groups,
    isEqual,
  }
  if (!isDryRun) await note(run, report)
  return report
}

function countsOf({ brought, refused }: ImportReport['sources']): ImportReport['sources'] {
  return { brought, refused }
}

function note({ acting, centre, mapping }: ImportRun, { isEqual, tally }: ImportReport) {
  const { alreadyHere, brought, left, refused, rows } = tally
  return audited<void>(centre, acting.actor, async () => ({
    result: undefined,
    line: {
      action: 'import.finished',
      target: { kind: 'import', id: mapping.name },
      facts: { rows, brought, alreadyHere, left, refusals: refused.size, isEqual },
    },
  }))
}

async function bringHistory(run: ImportRun): Promise<ImportReport['steps']> {
  const { books, centre, isDryRun, mapping } = run
  const table = mapping.history
  let read = 0
  let added = 0
  if (table === undefined) return { read, added }
  for await (const batch of books.rows(table.table, columnsOf(table))) {
    read += batch.length
    const steps: FormerStep[] = []
    for (const row of batch) {
      const fields = fieldsOf(table, row)
      try {
        const step = stepOf(run, fields)
        if (step !== null) steps.push(step)
      } catch (error) {
        if (!(error instanceof RowFault)) throw error
        const { code, detail } = error
        const key = row[String(table.fields.payment)] ?? '?'
        await run.note({ table: 'history', key, what: 'refused', code, detail })
      }
    }
    if (isDryRun || steps.length === 0) continue
    await centre.storage.imports.ensureMonths(steps.map(({ atMs }) => atMs))
    added += await centre.storage.transaction((tx) =>
      centre.storage.imports.addSteps(tx, mapping.name, steps),
    )
  }
  return { read, added }
}

const STEP: HistoryWhat = 'former_status'

function stepOf({ centre, mapping }: ImportRun, fields: ReturnType<typeof fieldsOf>) {
  const status = readStatus(fields)
  if (status === LEAVE) return null
  const atMs = readMoment(fields.needed('at'), timesOf(mapping), 'at')
  if (atMs > centre.clock.now() || atMs < EARLIEST_BOOKS)
    throw new RowFault('time_unreadable', 'at')
  return { formerId: formerIdOf(fields, 'payment'), what: STEP, status, atMs }
}
