// Brings an archived month back: files checked, loaded beside the books, read back, attached all at once.
// Until then nobody sees any of it; cut short anywhere it is started again from the beginning.

import { audited } from '../accounts/audited.ts'
import type { Actor } from '../ports/actor.ts'
import type { ArchivedTable, Manifest } from '../ports/archive-folder.ts'
import type { Month, MonthStore, MonthTable } from '../ports/month-store.ts'
import { OperatorError } from '../ports/operator-error.ts'
import { requireWhole } from './archive-month.ts'
import { measure } from './measure.ts'
import type { MonthParts, MonthPartsInFolder } from './month-parts.ts'

export type RestoreOutcome =
  | { readonly kind: 'restored'; readonly manifest: Manifest }
  /** Its archiving was cut short: to be finished, or given up by `reopenMonth`. */
  | { readonly kind: 'unfinished'; readonly month: Month }
  | { readonly kind: 'not_archived'; readonly month: Month }
  | { readonly kind: 'no_archive' }
  | { readonly kind: 'busy' }

export async function restoreMonth(
  parts: MonthPartsInFolder,
  actor: Actor,
): Promise<RestoreOutcome> {
  const outcome = await parts.months.alone(() => restore(parts, actor))
  return outcome ?? { kind: 'busy' }
}

async function restore(parts: MonthPartsInFolder, actor: Actor): Promise<RestoreOutcome> {
  const { folder, months } = parts
  const found = await folder.manifest()
  if (found === null) return { kind: 'no_archive' }
  const { hash, manifest } = found
  const { month } = manifest
  const archived = await months.archived(month)
  if (archived === null) return { kind: 'not_archived', month }
  if (archived.manifestHash === null) return { kind: 'unfinished', month }
  if (archived.manifestHash !== hash) {
    throw new OperatorError(`Это не тот архив: манифест ${month} изменился или из другой базы`)
  }
  await loadAll(parts, manifest)
  await putBack(months, actor, month, 'month.restored', { manifest_sha256: hash })
  return { kind: 'restored', manifest }
}

export type ReopenOutcome = 'reopened' | 'not_on_its_way' | 'busy'

/** Gives up an archiving that is not finished. Until then nothing is dropped, so every table is still here. */
export async function reopenMonth(
  { months }: Pick<MonthParts, 'months'>,
  actor: Actor,
  month: Month,
): Promise<ReopenOutcome> {
  const outcome = await months.alone(async (): Promise<ReopenOutcome> => {
    const archived = await months.archived(month)
    if (archived === null || archived.manifestHash !== null) return 'not_on_its_way'
    await putBack(months, actor, month, 'month.reopened', {})
    return 'reopened'
  })
  return outcome ?? 'busy'
}

async function loadAll(parts: MonthPartsInFolder, manifest: Manifest): Promise<void> {
  const { folder, months } = parts
  const { month } = manifest
  const schemaVersion = await months.schemaVersion()
  if (manifest.schemaVersion > schemaVersion) {
    throw new OperatorError(
      `Архив сделан более новой версией: его схема ${manifest.schemaVersion}, здесь ${schemaVersion}`,
    )
  }
  const here = await months.tables(month)
  const isSameSchema = manifest.schemaVersion === schemaVersion
  for (const table of manifest.tables) {
    await requireWhole(folder, table)
    if (!here.some(({ name }) => name === table.name)) {
      throw new OperatorError(`В этой версии нет таблицы ${table.name}: её строки некуда вернуть`)
    }
    const isLoaded = isDetached(here, table.name)
    if (isLoaded) await requireLoaded(months, month, table)
    // One that was kept over a change of the schema lacks what the change added.
    if (!isLoaded || !isSameSchema) {
      await months.load(month, table.name, table.columns, folder.lines(table.file))
      await requireLoaded(months, month, table)
    }
  }
}

function isDetached(tables: readonly MonthTable[], table: string): boolean {
  return tables.some(({ name, place }) => name === table && place === 'detached')
}

/** The same bytes go out again as came in. */
async function requireLoaded(
  months: MonthStore,
  month: Month,
  { columns, name, sha256 }: ArchivedTable,
): Promise<void> {
  const loaded = await measure(months.copyOut(month, name, columns), columns)
  if (loaded.sha256 === sha256) return
  throw new OperatorError(`Таблица ${name} в базе не такая, как в архиве; она оставлена как есть`)
}

async function putBack(
  months: MonthStore,
  actor: Actor,
  month: Month,
  action: 'month.restored' | 'month.reopened',
  facts: Readonly<Record<string, unknown>>,
): Promise<void> {
  // What a kill left half detached is finished first: only a whole table can be attached.
  for (const { name, place } of await months.tables(month)) {
    if (place === 'detaching') await months.detach(month, name)
  }
  await audited({ storage: months }, actor, async (tx) => {
    await months.attach(tx, month)
    await months.forget(tx, month)
    return { result: null, line: { action, target: { kind: 'month', id: month }, facts } }
  })
}
