// The embedded database of one data folder: found running, or started, or made. The order below is
// the whole story; each step has its file. It must never hand out a server that did not prove to be
// ours.

import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../../ports/log.ts'
import { type Account, canEnter, chooseAccount } from './account.ts'
import { type Binaries, findBinaries } from './binaries.ts'
import {
  chooseClusterHome,
  clusterExists,
  clusterFolder,
  makeClusterHome,
  openDataFolder,
} from './cluster-home.ts'
import {
  type ClusterRecord,
  newClusterRecord,
  readClusterRecord,
  writeClusterRecord,
} from './cluster-record.ts'
import { lockDataFolder } from './data-folder-lock.ts'
import { EmbeddedDatabaseError, explainFailure } from './embedded-database-error.ts'
import { chooseFreePort, isPortFree } from './free-port.ts'
import { checkClusterVersion, initialiseCluster } from './initialise-cluster.ts'
import {
  findPostmaster,
  type Postmaster,
  removeStalePidFile,
  startPostmaster,
  stopPostmaster,
} from './postmaster.ts'
import { APP_ROLE, DATABASE, ensureRolesAndDatabase, OWNER_ROLE } from './roles.ts'
import { roleUrl, superuserUrl, waitUntilReady } from './server-ready.ts'
import { PRODUCTION_TUNING, type ServerTuning } from './server-settings.ts'
import { watchServer } from './watch-server.ts'

export type EmbeddedDatabase = {
  /** For migrations: the role that owns the schema. */
  readonly ownerUrl: string
  /** For everything else: a role that owns nothing. */
  readonly url: string
  /** For tests, backups and repair only. */
  readonly superuserUrl: string
  stop(): Promise<void>
}

export type EmbeddedDatabaseOptions = {
  readonly dataDir: string
  readonly log: Log
  /** Never set outside tests: see ServerTuning. */
  readonly testTuning?: ServerTuning
}

/** How long crash recovery, or the last backends of a killed server, are waited for. */
const READY_MS = 60_000
const RETRY_MS = 250
const PORT_FREE_MS = 2_000

export async function openEmbeddedDatabase(
  options: EmbeddedDatabaseOptions,
): Promise<EmbeddedDatabase> {
  const dataDir = openDataFolder(options.dataDir)
  const lock = await lockDataFolder(dataDir)
  try {
    const cluster = await prepareCluster(dataDir, options)
    await bringUp(cluster, 'may_move')
    await ensureRolesAndDatabase(cluster.record)
    const watch = watchServer(cluster.record.home, options.log, () => bringUp(cluster, 'stays'))
    const stop = async () => {
      await watch.end()
      await stopServer(cluster.record.home, options.log)
      lock.release()
    }
    return { ...urlsOf(cluster.record), stop }
  } catch (error) {
    lock.release()
    if (error instanceof EmbeddedDatabaseError) throw error
    throw explainFailure('Встроенная база не открылась.', String(error))
  }
}

export function urlsOf(record: ClusterRecord): Omit<EmbeddedDatabase, 'stop'> {
  return {
    ownerUrl: roleUrl(OWNER_ROLE, record.ownerPassword, record.port, DATABASE),
    url: roleUrl(APP_ROLE, record.appPassword, record.port, DATABASE),
    superuserUrl: superuserUrl(record, DATABASE),
  }
}

type Cluster = {
  readonly dataDir: string
  record: ClusterRecord
  readonly binaries: Binaries
  readonly account: Account
  readonly tuning: ServerTuning
  readonly log: Log
}

async function prepareCluster(dataDir: string, options: EmbeddedDatabaseOptions): Promise<Cluster> {
  const { log, testTuning: tuning = PRODUCTION_TUNING } = options
  const remembered = readClusterRecord(dataDir)
  const account = chooseAccount(remembered?.home)
  const binaries = findBinaries(account, log)
  const record = remembered ?? (await newClusterRecord(chooseClusterHome(dataDir, account, log)))
  const { home } = record
  if (!remembered && clusterExists(home)) {
    throw new EmbeddedDatabaseError(
      `В ${home} есть база, но файла ${dataDir}/postgres.json с её паролями нет. Верните его из ` +
        'резервной копии; если данные не нужны, переименуйте эту папку.',
    )
  }
  // Remembered before the cluster is made: a cluster without its passwords would be lost.
  if (!remembered) writeClusterRecord(dataDir, record)
  makeClusterHome(home, account)
  if (!canEnter(account, dirname(home))) {
    throw new EmbeddedDatabaseError(
      `PostgreSQL (${account.name}) больше не может войти в ${dirname(home)}. Верните права на вход ` +
        `в неё и в папки над ней: chmod a+x.`,
    )
  }
  checkClusterVersion(home, binaries)
  if (!clusterExists(home)) {
    log.info({ home, account: account.name }, 'Создаётся встроенная база данных PostgreSQL…')
    await initialiseCluster(record, binaries, account, tuning.isFsyncOn)
  }
  return { dataDir, record, binaries, account, tuning, log }
}

/** Whether the server may answer on another port than it did: not once its address has been handed out. */
type Address = 'may_move' | 'stays'

/** Ends with a server that answers to our password, adopted or started. */
async function bringUp(cluster: Cluster, address: Address): Promise<void> {
  const startedAt = performance.now()
  let lastOutput = ''
  while (performance.now() - startedAt < READY_MS) {
    const { home } = cluster.record
    const running = findPostmaster(home)
    if (running) {
      if (await adopt(cluster, running)) return
      continue
    }
    if (!(await hasPort(cluster))) {
      if (address === 'stays') throw portTaken(cluster.record.port)
      await movePort(cluster)
    }
    removeStalePidFile(home)
    const started = startPostmaster({ ...cluster, home, port: cluster.record.port })
    const readiness = await waitUntilReady(
      cluster.record,
      clusterFolder(home),
      started.hasExited,
      READY_MS,
    )
    if (readiness === 'ready') {
      cluster.log.info({ port: cluster.record.port, pid: started.pid }, 'Встроенная база запущена.')
      return
    }
    lastOutput = started.output()
    if (readiness === 'not_yet') break
    // Of the causes to exit at once these two pass: the backends of a killed server are still
    // ending, or somebody took the port between our look and the server's.
    if (!/is still in use|Address already in use/.test(lastOutput)) {
      throw explainFailure('Встроенная база не запустилась.', lastOutput)
    }
    await sleep(RETRY_MS)
  }
  throw explainFailure(
    `Встроенная база не ответила за ${READY_MS / 1000} с: вероятно, она восстанавливается после ` +
      'сбоя. Восстановление продолжается; подождите минуту и запустите снова.',
    lastOutput,
  )
}

/** True when the running server is ours and ready; false when it ended meanwhile. */
async function adopt(cluster: Cluster, running: Postmaster): Promise<boolean> {
  const { home } = cluster.record
  if (running.port !== 0 && running.port !== cluster.record.port) {
    cluster.record = { ...cluster.record, port: running.port }
    writeClusterRecord(cluster.dataDir, cluster.record)
  }
  const readiness = await waitUntilReady(
    cluster.record,
    clusterFolder(home),
    () => findPostmaster(home)?.pid !== running.pid,
    READY_MS,
  )
  if (readiness !== 'ready') return false
  cluster.log.info(running, 'Встроенная база уже работала: подключаемся к ней.')
  return true
}

/**
 * A process that a killed server was just beginning holds its port for some milliseconds more; whoever
 * holds it longer is a stranger.
 */
async function hasPort({ record }: Cluster): Promise<boolean> {
  const startedAt = performance.now()
  while (!(await isPortFree(record.port))) {
    if (performance.now() - startedAt > PORT_FREE_MS) return false
    await sleep(RETRY_MS)
  }
  return true
}

function portTaken(port: number): EmbeddedDatabaseError {
  return new EmbeddedDatabaseError(
    `Порт ${port}, на котором работала встроенная база, занял другой процесс. Остановите его: ` +
      'база запустится снова сама.',
  )
}

async function movePort(cluster: Cluster): Promise<void> {
  const taken = cluster.record.port
  cluster.record = { ...cluster.record, port: await chooseFreePort() }
  writeClusterRecord(cluster.dataDir, cluster.record)
  cluster.log.warn(
    { taken, port: cluster.record.port },
    `Порт ${taken} занял другой процесс; встроенная база переходит на порт ${cluster.record.port}.`,
  )
}

async function stopServer(home: string, log: Log): Promise<void> {
  const outcome = await stopPostmaster(home)
  if (outcome === 'stopped') log.info({ home }, 'Встроенная база остановлена.')
  else if (outcome === 'killed') {
    log.warn({ home }, 'Встроенная база не остановилась сама и была прервана; данные целы.')
  } else
    log.error({ home }, 'Встроенная база не остановилась. Остановите процесс postgres вручную.')
}
