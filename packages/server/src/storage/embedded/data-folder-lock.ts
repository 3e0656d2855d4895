// One centre per data folder. The lock must never outlive its process, nor be mistaken for a dead
// one's.
//
// A pid file cannot tell a living centre from a reused pid, least of all across containers that
// share a volume, and the database server cannot either: it outlives its centre on purpose. So the
// operating system's own file lock is used, which dies with the process. Node reaches it through
// SQLite only: an exclusive transaction on an empty file that is never written.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { EmbeddedDatabaseError, explainFailure } from './embedded-database-error.ts'

export type DataFolderLock = { release(): void }

/** A centre that is being restarted may still be stopping its database: give it this long. */
const WAIT_MS = 3_000
const RETRY_MS = 100

const SQLITE_BUSY = 5

/**
 * Referred to from here so that the garbage collector never closes, and thereby unlocks, one in
 * use.
 */
const held = new Set<DatabaseSync>()

/** Returns nothing when another process holds the folder. */
export function tryLockDataFolder(dataDir: string): DataFolderLock | undefined {
  const file = new DatabaseSync(join(dataDir, 'centre.lock'))
  try {
    file.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch (error) {
    file.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY)
      return undefined
    throw explainFailure(`Не удалось запереть папку данных ${dataDir}.`, String(error))
  }
  // The pid is only for the text of the other centre's error; nothing decides by it.
  try {
    writeFileSync(join(dataDir, 'centre.pid'), `${process.pid}\n`)
  } catch {
    // Whatever prevents it will stop the database too, and is explained there.
  }
  held.add(file)
  return {
    release: () => {
      if (held.delete(file)) file.close()
    },
  }
}

export async function lockDataFolder(dataDir: string, waitMs = WAIT_MS): Promise<DataFolderLock> {
  for (let waitedMs = 0; ; waitedMs += RETRY_MS) {
    const lock = tryLockDataFolder(dataDir)
    if (lock) return lock
    if (waitedMs >= waitMs) throw heldByAnother(dataDir)
    await sleep(RETRY_MS)
  }
}

function heldByAnother(dataDir: string): EmbeddedDatabaseError {
  let pid = ''
  try {
    pid = ` (процесс ${readFileSync(join(dataDir, 'centre.pid'), 'utf8').trim()})`
  } catch {
    // The other centre has not written it yet.
  }
  return new EmbeddedDatabaseError(
    `С папкой данных ${dataDir} уже работает другой центр${pid}. Остановите его или задайте этому ` +
      'центру свою папку в BYFLY_DATA_DIR. Чтобы несколько центров работали с одной базой, задайте им ' +
      'общий DATABASE_URL.',
  )
}
