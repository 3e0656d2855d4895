// Opens the centre's parts for the length of one command, beside a running centre or alone.

import { parseStaffPhone } from '../accounts/admin-terms.ts'
import { type Config, readConfig } from '../config.ts'
import { createLog, type Database, joinDatabase, openCentre } from '../main.ts'
import type { Centre } from '../ports/centre.ts'
import { OperatorError } from '../ports/operator-error.ts'

/** What a person at the command line did wrong; printed without a stack. */
export class CommandError extends OperatorError {
  override readonly name = 'CommandError'
}

export async function withCentre(
  work: (centre: Centre, config: Config, database: Database) => Promise<void>,
): Promise<void> {
  const config = readConfig(process.env)
  const log = createLog({ ...config, logLevel: 'error' })
  const database = await joinDatabase(config, log)
  try {
    const publicUrl = config.publicUrl ?? `http://127.0.0.1:${config.port}`
    const opened = await openCentre(config, database, log, () => publicUrl)
    try {
      await work(opened.centre, config, database)
    } finally {
      await opened.close()
    }
  } finally {
    await database.stop()
  }
}

/** @throws CommandError when the text is not a whole number above 0 */
export function parseNumber(text: string, what: string): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : 0
  if (number < 1) throw new CommandError(`${what}: нужно целое число больше нуля, а не «${text}»`)
  return number
}

/** @throws CommandError when the text is none of the words */
export function oneOf<Word extends string>(
  words: readonly Word[],
  text: string,
  what: string,
): Word {
  const word = words.find((known) => known === text)
  if (word === undefined) throw new CommandError(`${what}: ${words.join(', ')}, а не «${text}»`)
  return word
}

/** @throws CommandError when the text is no phone number */
export function readPhone(text: string): string {
  const phone = parseStaffPhone(text)
  if (phone === null) throw new CommandError(`«${text}» не телефон: нужен вид +77001234567`)
  return phone
}

/** Words between commas; none in an empty text. */
export function parseList(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
}
