// A second embedded server in a folder of its own, which goes with everything in it. What a killed one left is
// cleared first; it must never touch a folder that somebody else is using.

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Log } from '../../ports/log.ts'
import { OperatorError } from '../../ports/operator-error.ts'
import { openDataFolder } from './cluster-home.ts'
import { readClusterRecord } from './cluster-record.ts'
import { tryLockDataFolder } from './data-folder-lock.ts'
import { type EmbeddedDatabase, openEmbeddedDatabase } from './open-embedded-database.ts'
import { stopPostmaster } from './postmaster.ts'

export async function openThrowaway(path: string, log: Log): Promise<EmbeddedDatabase> {
  const folder = openDataFolder(path)
  const lock = tryLockDataFolder(folder)
  if (lock === undefined) {
    throw new OperatorError(`В ${folder} уже идёт другая репетиция: дождитесь её конца`)
  }
  const dataDir = join(folder, 'data')
  const clear = async () => {
    await removeServer(openDataFolder(dataDir))
    lock.release()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await removeServer(openDataFolder(dataDir))
    const opened = await openEmbeddedDatabase({ dataDir, log })
    const stop = async () => {
      await opened.stop()
      await clear()
    }
    return { ...opened, stop }
  } catch (error) {
    await clear()
    throw error
  }
}

/** Its files may lie elsewhere, where the account of PostgreSQL can reach them. */
async function removeServer(dataDir: string): Promise<void> {
  const home = readClusterRecord(dataDir)?.home
  if (home !== undefined) {
    await stopPostmaster(home)
    rmSync(home, { recursive: true, force: true })
  }
  rmSync(dataDir, { recursive: true, force: true })
}
