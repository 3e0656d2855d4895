// The journal on disk: one JSON object a line, appended at once, so that a killed simulator loses no
// payment that a customer has made. It must never rewrite what was written.
import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'
import type { JournalLine } from './journal.ts'

export interface JournalFile {
  /** What earlier runs wrote. */
  readonly lines: readonly JournalLine[]
  append(line: JournalLine): void
  close(): void
}

export function openJournalFile(path: string): JournalFile {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
  // A kill may leave half a line behind. It is cut off, or the next line would be glued to it.
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  const file = openSync(path, 'a')
  if (whole.length < text.length) ftruncateSync(file, Buffer.byteLength(whole))
  let open = true
  return {
    lines: whole
      .split('\n')
      .filter((line) => line !== '')
      .map((line): JournalLine => JSON.parse(line)),
    append(line) {
      if (open) writeSync(file, `${JSON.stringify(line)}\n`)
    },
    close() {
      if (open) closeSync(file)
      open = false
    },
  }
}
