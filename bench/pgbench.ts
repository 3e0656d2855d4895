// What the database alone can do: PostgreSQL's own pgbench running the very statement of the centre,
// prepared. Debian's pgbench when it is there.

import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const DEBIAN = '/usr/lib/postgresql'

/** Path of pgbench, or null when the machine has none. */
export function findPgbench(): string | null {
  if (!existsSync(DEBIAN)) return null
  const found = readdirSync(DEBIAN).map((version) => join(DEBIAN, version, 'bin/pgbench'))
  return found.findLast((path) => existsSync(path)) ?? null
}

export interface PgbenchRun {
  readonly pgbench: string
  readonly databaseUrl: string
  /** With `$1`, `$2`, …; each gets its value from `values`, sent as a parameter. */
  readonly statement: string
  readonly values: readonly (string | number | null)[]
  readonly clients: number
  readonly seconds: number
}

export async function pgbenchPerSecond(run: PgbenchRun): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'byfly-pgbench-'))
  try {
    const script = join(folder, 'statement.sql')
    // pgbench has no NULL variable, so a null is written into the text; the plan is the same.
    const text = run.statement.replace(/\$(\d+)/g, (_, digits: string) => {
      const value = run.values[Number(digits) - 1]
      return value === null || value === undefined ? 'NULL' : `:v${digits}`
    })
    writeFileSync(script, `${text.replace(/--.*$/gm, '').replace(/\s+/g, ' ').trim()};\n`)
    const variables = run.values.flatMap((value, index) =>
      value === null ? [] : ['-D', `v${index + 1}=${value}`],
    )
    const { stdout } = await promisify(execFile)(run.pgbench, [
      '-n',
      '-M',
      'prepared',
      '-c',
      String(run.clients),
      '-j',
      '2',
      '-T',
      String(run.seconds),
      '-f',
      script,
      ...variables,
      run.databaseUrl,
    ])
    const tps = /tps = ([\d.]+)/.exec(stdout)?.[1]
    if (tps === undefined) throw new Error(`pgbench: ${stdout}`)
    return Number(tps)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
