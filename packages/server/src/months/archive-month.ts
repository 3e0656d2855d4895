// Takes a closed month out of the database: sealed, copied to files, read back, detached, dropped. Cut short
// anywhere it is started again from the beginning, and nothing is dropped before its file has been read back.

import { audited } from '../accounts/audited.ts'
import type { Actor } from '../ports/actor.ts'
import type { ArchivedTable, ArchiveFolder, Manifest } from '../ports/archive-folder.ts'
import type { Hindrance, Month, MonthStore, Tally } from '../ports/month-store.ts'
import { OperatorError } from '../ports/operator-error.ts'
import { hindrancesOf } from './list-months.ts'
import { measure } from './measure.ts'
import type { MonthPartsInFolder } from './month-parts.ts'

export interface ArchiveOrder {
  readonly month: Month
  /** The detached tables stay in the database, by themselves. */
  readonly keep: boolean
}

export type ArchiveOutcome =
  | { readonly kind: 'archived'; readonly manifest: Manifest; readonly hash: string }
  /** It was archived before; with `dropped`, what had been kept of it is gone now. */
  | { readonly kind: 'already'; readonly dropped: boolean }
  | { readonly kind: 'refused'; readonly hindrances: readonly Hindrance[] }
  | { readonly kind: 'unknown_month' }
  /** Another process archives or restores. */
  | { readonly kind: 'busy' }

export async function archiveMonth(
  parts: MonthPartsInFolder,
  actor: Actor,
  order: ArchiveOrder,
): Promise<ArchiveOutcome> {
  const outcome = await parts.months.alone(() => archive(parts, actor, order))
  return outcome ?? { kind: 'busy' }
}

async function archive(
  parts: MonthPartsInFolder,
  actor: Actor,
  order: ArchiveOrder,
): Promise<ArchiveOutcome> {
  const { folder, months } = parts
  const { keep, month } = order
  if (!(await months.months()).includes(month)) return { kind: 'unknown_month' }
  const before = await folder.manifest()
  if (before !== null && before.manifest.month !== month) {
    throw new OperatorError(`В этой папке архив другого месяца: ${before.manifest.month}`)
  }
  const archived = await months.archived(month)
  if (archived?.manifestHash != null) return dropKept(parts, actor, order, archived.manifestHash)
  const hindrances = await seal(parts, month)
  if (hindrances.length > 0) return { kind: 'refused', hindrances }
  const manifest = await copyMonth(months, folder, month)
  const hash = await folder.writeManifest(manifest)
  for (const { name } of manifest.tables) await months.detach(month, name)
  await audited({ storage: months }, actor, async (tx) => {
    if (!keep) await months.dropDetached(tx, month)
    await months.finish(tx, month, hash)
    const facts = { manifest_sha256: hash, kept: keep, rows: rowsOf(manifest) }
    const target = { kind: 'month', id: month }
    return { result: null, line: { action: 'month.archived', target, facts } }
  })
  return { kind: 'archived', manifest, hash }
}

/** Asked before, for what takes long, and again under the seal, where the answer stays true. */
async function seal(parts: MonthPartsInFolder, month: Month): Promise<readonly Hindrance[]> {
  const { leastAgeMonths, months } = parts
  const before = await hindrancesOf(parts, month)
  if (before.length > 0) return before
  try {
    await months.transaction(async (tx) => {
      await months.seal(tx, month)
      const hindrances = await months.hindrances(month, leastAgeMonths, tx)
      if (hindrances.length > 0) throw new Hindered(hindrances)
    })
    return []
  } catch (error) {
    if (error instanceof Hindered) return error.hindrances
    throw error
  }
}

/** Takes the seal back with its transaction. */
class Hindered extends Error {
  override readonly name = 'Hindered'
  readonly hindrances: readonly Hindrance[]

  constructor(hindrances: readonly Hindrance[]) {
    super('the month may not be archived')
    this.hindrances = hindrances
  }
}

async function copyMonth(
  months: MonthStore,
  folder: ArchiveFolder,
  month: Month,
): Promise<Manifest> {
  const schemaVersion = await months.schemaVersion()
  const tables: ArchivedTable[] = []
  for (const { name, place } of await months.tables(month)) {
    // A table that the schema gained later has no partition of this month.
    if (place === 'absent') continue
    const columns = await months.columns(month, name)
    const file = await folder.write(name, months.copyOut(month, name, columns))
    const read = await measure(folder.lines(file), columns)
    requireSame(name, read, await months.tally(month, name))
    tables.push({ name, file, columns, ...read })
  }
  return { format: 1, month, schemaVersion, tables }
}

function requireSame(table: string, read: Tally, kept: Tally): void {
  const accounts = new Set([...Object.keys(read.sums), ...Object.keys(kept.sums)])
  const isSame =
    read.rows === kept.rows && [...accounts].every((name) => read.sums[name] === kept.sums[name])
  if (isSame) return
  throw new OperatorError(
    `Файл таблицы ${table} не сошёлся с базой: строк ${read.rows} вместо ${kept.rows}. ` +
      'Из базы ничего не убрано. Проверьте диск и повторите команду.',
  )
}

/** What was kept goes only while the files are still what the archive was made of. */
async function dropKept(
  { folder, months }: MonthPartsInFolder,
  actor: Actor,
  { keep, month }: ArchiveOrder,
  manifestHash: string,
): Promise<ArchiveOutcome> {
  const isHere = (await months.tables(month)).some(({ place }) => place === 'detached')
  if (keep || !isHere) return { kind: 'already', dropped: false }
  const kept = await folder.manifest()
  if (kept?.hash !== manifestHash) throw new OperatorError('В этой папке не тот архив месяца')
  for (const table of kept.manifest.tables) await requireWhole(folder, table)
  await audited({ storage: months }, actor, async (tx) => {
    await months.dropDetached(tx, month)
    const facts = { manifest_sha256: manifestHash }
    return {
      result: null,
      line: { action: 'month.dropped', target: { kind: 'month', id: month }, facts },
    }
  })
  return { kind: 'already', dropped: true }
}

/** @throws OperatorError when the file is not the one that the manifest tells of */
export async function requireWhole(folder: ArchiveFolder, table: ArchivedTable): Promise<void> {
  const read = await measure(folder.lines(table.file), table.columns)
  requireSame(table.name, read, table)
  if (read.sha256 === table.sha256) return
  throw new OperatorError(`Файл ${table.file} изменился после архивации: его sha256 не тот`)
}

function rowsOf({ tables }: Manifest): Readonly<Record<string, number>> {
  return Object.fromEntries(tables.map(({ name, rows }) => [name, rows]))
}
