// For the command line: works beside a running centre on its database, or opens the database for
// the length of one command. It must never stop a server that a living centre uses.

import { clusterFolder, openDataFolder } from './cluster-home.ts'
import { readClusterRecord } from './cluster-record.ts'
import { tryLockDataFolder } from './data-folder-lock.ts'
import { EmbeddedDatabaseError } from './embedded-database-error.ts'
import {
  type EmbeddedDatabase,
  type EmbeddedDatabaseOptions,
  openEmbeddedDatabase,
  urlsOf,
} from './open-embedded-database.ts'
import { waitUntilReady } from './server-ready.ts'

/** A centre that is just starting may still be making its database. */
const CENTRE_START_MS = 15_000

/** `stop()` stops the server only if this call started or adopted it. */
export async function joinEmbeddedDatabase(
  options: EmbeddedDatabaseOptions,
): Promise<EmbeddedDatabase> {
  const dataDir = openDataFolder(options.dataDir)
  const lock = tryLockDataFolder(dataDir)
  if (lock) {
    lock.release()
    return openEmbeddedDatabase(options)
  }
  const record = readClusterRecord(dataDir)
  const cluster = record && clusterFolder(record.home)
  if (!record || !cluster) throw stillStarting(dataDir)
  const readiness = await waitUntilReady(record, cluster, () => false, CENTRE_START_MS)
  if (readiness !== 'ready') throw stillStarting(dataDir)
  return { ...urlsOf(record), stop: async () => {} }
}

function stillStarting(dataDir: string): EmbeddedDatabaseError {
  return new EmbeddedDatabaseError(
    `Центр с папкой данных ${dataDir} ещё запускается или останавливается. Повторите команду, когда он ` +
      'сообщит, что готов.',
  )
}
