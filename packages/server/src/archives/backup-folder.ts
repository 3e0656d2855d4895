// A backup as a folder: zstd of each table's COPY text, a manifest, and the manifest's own hash. Until it is
// whole and on the disk it has another name, so that a half one is never taken for a backup.

import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createZstdCompress, createZstdDecompress } from 'node:zlib'
import type { BackupManifest, BackupReader, BackupWriter } from '../ports/backup-folder.ts'
import { OperatorError } from '../ports/operator-error.ts'
import { syncFolder } from './sync-folder.ts'

const MANIFEST = 'manifest.json'
/** As `sha256sum -c` reads it. */
const MANIFEST_HASH = 'manifest.sha256'
const MODE = 0o600

/** @throws OperatorError when the name is taken */
export async function newBackupFolder(path: string): Promise<BackupWriter> {
  if (existsSync(path)) {
    throw new OperatorError(`${path} уже есть. Назовите новую папку: копии не пишутся поверх копий`)
  }
  const parent = dirname(path)
  await mkdir(parent, { recursive: true, mode: 0o700 })
  const part = await mkdtemp(join(parent, `${basename(path)}.part-`))
  return {
    async write(table, lines) {
      const file = `${table}.copy.zst`
      const target = createWriteStream(join(part, file), { flags: 'wx', mode: MODE, flush: true })
      await pipeline(Readable.from(lines), createZstdCompress(), target)
      return file
    },
    lines: (file) => linesOf(part, file),
    async finish(manifest) {
      const text = `${JSON.stringify(manifest, null, 2)}\n`
      const hash = hashOf(text)
      const options = { mode: MODE, flush: true }
      await writeFile(join(part, MANIFEST), text, options)
      await writeFile(join(part, MANIFEST_HASH), `${hash}  ${MANIFEST}\n`, options)
      await syncFolder(part)
      await rename(part, path)
      await syncFolder(parent)
      return hash
    },
    discard: () => rm(part, { recursive: true, force: true }),
  }
}

export function backupFolder(path: string): BackupReader {
  return {
    async manifest() {
      const text = await textOf(path, MANIFEST)
      const [hash] = (await textOf(path, MANIFEST_HASH)).split(' ')
      if (hash !== hashOf(text)) {
        throw new OperatorError(`Копия в ${path} повреждена: ${MANIFEST} не тот, что был записан`)
      }
      return parse(text, path)
    },
    lines: (file) => linesOf(path, file),
  }
}

async function textOf(path: string, file: string): Promise<string> {
  try {
    return await readFile(join(path, file), 'utf8')
  } catch (error) {
    throw new OperatorError(`В ${path} нет копии базы: ${file} не читается`, { cause: error })
  }
}

async function* linesOf(path: string, file: string): AsyncIterable<Buffer> {
  const text = createZstdDecompress()
  const read = createReadStream(join(path, file))
  read.on('error', (error) => text.destroy(error))
  try {
    yield* read.pipe(text)
  } catch (error) {
    throw new OperatorError(`Копия повреждена: ${file} не читается (${(error as Error).message})`, {
      cause: error,
    })
  } finally {
    read.destroy()
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** The hash says that it is what was written; the form says by whom. */
function parse(text: string, path: string): BackupManifest {
  const manifest = JSON.parse(text) as BackupManifest
  if (manifest.format !== 1 || !manifest.tables.every(isNamedSafely)) {
    throw new OperatorError(`Копия в ${path} другого вида: её сделала более новая версия ByFly Pay`)
  }
  return manifest
}

/** Files are named by the manifest, which must not lead out of its folder. */
function isNamedSafely({ file, name }: BackupManifest['tables'][number]): boolean {
  return /^[a-z0-9_]+$/.test(name) && file === `${name}.copy.zst`
}
