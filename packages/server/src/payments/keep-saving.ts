// For what was learned outside and exists nowhere but in this process's memory: a process id, a
// receiver's answer. A database that is away is waited for; saving twice must be harmless.

import type { Centre } from '../ports/centre.ts'
import { DatabaseUnavailable } from '../ports/database-unavailable.ts'

const SAVE_TRIES = 120
const SAVE_AGAIN_MS = 500

/** Runs `save` again while the database cannot take it, for about a minute; then throws. */
export async function keepSaving(
  { clock, log }: Centre,
  fields: Readonly<Record<string, unknown>>,
  save: () => Promise<unknown>,
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await save()
      return
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable) || tries >= SAVE_TRIES) throw error
      log.error({ ...fields, tries }, 'База данных не приняла запись, повторяем')
      await clock.sleep(SAVE_AGAIN_MS)
    }
  }
}
