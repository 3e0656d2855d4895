// Terminals of an earlier centre. They come switched off: until the move is done the earlier centre may be at
// work on them. Money whose terminal did not come over stands on one that is deleted and takes nothing.

import { EVERYTHING } from '@byfly-pay/core'
import { audited } from '../accounts/audited.ts'
import type { FormerRow } from '../ports/former-books.ts'
import { addTerminal, type NewEntry } from '../terminals/add-terminal.ts'
import type { ImportRun } from './import-run.ts'
import { columnsOf } from './mapping.ts'
import { fieldsOf } from './read-fields.ts'
import { fault, RowFault } from './read-values.ts'

/** Where a payment's money stands: by its terminal's key, or by system and country. */
export interface Terminals {
  /** @returns null when the books have no terminal of that key */
  of(key: string | null, system: string, countryIso: string): Promise<number | null>
  readonly brought: number
  readonly refused: number
}

export async function bringTerminals(run: ImportRun): Promise<Terminals> {
  const { books, mapping } = run
  const table = mapping.terminals
  const ids = new Map<string, number>()
  let brought = 0
  let refused = 0
  if (table !== undefined) {
    for await (const batch of books.rows(table.table, columnsOf(table))) {
      for (const row of batch) {
        const outcome = await bringTerminal(run, row)
        if (outcome === null) refused += 1
        else ids.set(outcome.key, outcome.id)
        if (outcome?.isNew === true) brought += 1
      }
    }
  }
  const before = new Map<string, number>()
  return {
    brought,
    refused,
    async of(key, system, countryIso) {
      if (key !== null && table !== undefined) return ids.get(key) ?? null
      const name = `- ${system} ${countryIso}`
      const id = before.get(name) ?? (await terminalOfBefore(run, name, system, countryIso))
      before.set(name, id)
      return id
    },
  }
}

/** The id of what a dry run does not write. */
const PRETENDED = -1

async function bringTerminal(run: ImportRun, row: FormerRow) {
  const { centre, isDryRun, mapping, note } = run
  const { terminals } = mapping
  if (terminals === undefined) return null
  const fields = fieldsOf(terminals, row)
  let key = '?'
  try {
    key = fields.needed('key')
    const known = await centre.storage.imports.keyOf('terminal', mapping.name, key)
    if (known !== null) return { key, id: known, isNew: false }
    const number = (name: string) =>
      fields.read(name, (text) => {
        if (!/^\d{1,5}$/.test(text)) throw fault('word_unknown', name, text)
        return Number(text)
      })
    const entry = {
      name: fields.needed('name').slice(0, 200),
      ipAddress: fields.needed('address'),
      port: number('port') ?? undefined,
      cameraId: number('camera_id'),
      cameraUrl: fields.text('camera_url'),
      countryIso: fields.text('country') ?? undefined,
      isActive: false,
    }
    if (isDryRun) return { key, id: PRETENDED, isNew: true }
    const id = await idOf(run, entry)
    await centre.storage.transaction((tx) =>
      centre.storage.imports.noteKey(tx, 'terminal', mapping.name, key, id),
    )
    return { key, id, isNew: true }
  } catch (error) {
    if (!(error instanceof RowFault)) throw error
    const { code, detail } = error
    await note({ table: 'terminals', key, what: 'refused', code, detail })
    return null
  }
}

/** One that stands at this address already is that terminal, whoever entered it. */
async function idOf({ acting, centre }: ImportRun, entry: NewEntry): Promise<number> {
  const here = await centre.storage.terminals.list(EVERYTHING)
  const same = here.find(
    ({ ipAddress, port }) => ipAddress === entry.ipAddress && port === (entry.port ?? port),
  )
  if (same !== undefined) return same.id
  const outcome = await addTerminal(centre, acting, entry)
  if (outcome.kind === 'added') return outcome.id
  const [field = '', reason = ''] = Object.entries(outcome.faults)[0] ?? []
  throw fault('word_unknown', field, reason)
}

async function terminalOfBefore(
  { acting, centre, isDryRun, mapping }: ImportRun,
  key: string,
  system: string,
  countryIso: string,
): Promise<number> {
  const { imports } = centre.storage
  const known = await imports.keyOf('terminal', mapping.name, key)
  if (known !== null || isDryRun) return known ?? PRETENDED
  return audited<number>(centre, acting.actor, async (tx) => {
    const id = await imports.terminalOfBefore(tx, system, countryIso)
    if (!(await imports.noteKey(tx, 'terminal', mapping.name, key, id))) {
      throw new Error('Этот перенос уже идёт: дождитесь его конца')
    }
    const target = { kind: 'terminal', id: String(id) }
    const facts = { import: mapping.name, system, countryIso }
    return { result: id, line: { action: 'terminal.stands_for_former', target, facts } }
  })
}
