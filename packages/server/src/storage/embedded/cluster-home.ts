// Decides where the cluster's files lie. Inside the data folder whenever the account can reach it;
// it must never move or delete a cluster that exists.

import { createHash, randomBytes } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  realpathSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import type { Log } from '../../ports/log.ts'
import { type Account, canEnter } from './account.ts'
import { SHARED_FOLDER } from './binaries.ts'
import { EmbeddedDatabaseError, explainFailure } from './embedded-database-error.ts'

/** Makes the data folder when it is missing and returns its real path. */
export function openDataFolder(dataDir: string): string {
  const folder = resolve(dataDir)
  // Root's folder lets others pass through (not list it), else the borrowed account cannot reach
  // the cluster inside; every file in it that holds a secret is 0600.
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700
  try {
    mkdirSync(folder, { recursive: true, mode })
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    return realpathSync(folder)
  } catch (error) {
    throw new EmbeddedDatabaseError(
      `Папка данных ${folder} недоступна для записи (${String(error)}). Дайте на неё права ` +
        `пользователю, от которого запускается центр, или задайте другую в BYFLY_DATA_DIR.`,
    )
  }
}

/** Where a new cluster goes. */
export function chooseClusterHome(dataDir: string, account: Account, log: Log): string {
  if (canEnter(account, dataDir)) return join(dataDir, 'postgres')
  // The random end keeps a data folder that was deleted and made anew from meeting its old cluster,
  // whose passwords are gone.
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 12)
  const home = join(SHARED_FOLDER, `${name}-${randomBytes(3).toString('hex')}`)
  log.warn(
    { dataDir, home, account: account.name },
    `Учётная запись ${account.name}, от которой работает PostgreSQL, не может войти в ${dataDir}, ` +
      `поэтому файлы базы лежат в ${home}. Включите эту папку в резервное копирование.`,
  )
  return home
}

/** Makes the home folder and gives it to the account. */
export function makeClusterHome(home: string, account: Account): void {
  try {
    if (home.startsWith(`${SHARED_FOLDER}/`)) {
      mkdirSync(SHARED_FOLDER, { recursive: true, mode: 0o755 })
      chmodSync(SHARED_FOLDER, 0o755)
    }
    mkdirSync(home, { recursive: true, mode: 0o700 })
    chmodSync(home, 0o700)
    if ('uid' in account.ids) chownSync(home, account.ids.uid, account.ids.gid)
  } catch (error) {
    throw explainFailure(`Не удалось создать папку базы ${home}.`, String(error))
  }
}

export function clusterFolder(home: string): string {
  return join(home, 'cluster')
}

export function clusterExists(home: string): boolean {
  return existsSync(join(clusterFolder(home), 'PG_VERSION'))
}
