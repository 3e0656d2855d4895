// A month's archive as files on a disk: COPY's text of each table and a manifest of them. A file is there
// whole or not at all, and on the disk before its name is given away.

import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { ArchiveFolder, Manifest } from '../ports/archive-folder.ts'
import { OperatorError } from '../ports/operator-error.ts'
import { syncFolder } from './sync-folder.ts'

const MANIFEST = 'manifest.json'
const MODE = 0o600

export function monthFolder(path: string): ArchiveFolder {
  return {
    async write(table, lines) {
      const file = `${table}.copy`
      await writeWhole(path, file, lines)
      return file
    },
    lines: (file) => linesOf(path, file),
    async manifest() {
      const text = await readFile(join(path, MANIFEST), 'utf8').catch(absent)
      return text === null ? null : { manifest: parse(text, path), hash: hashOf(text) }
    },
    async writeManifest(manifest) {
      const text = `${JSON.stringify(manifest, null, 2)}\n`
      await writeWhole(path, MANIFEST, [Buffer.from(text)])
      return hashOf(text)
    },
  }
}

async function* linesOf(path: string, file: string): AsyncIterable<Buffer> {
  try {
    yield* createReadStream(join(path, file))
  } catch (error) {
    throw new OperatorError(
      `Файл ${file} в папке ${path} не читается: ${(error as Error).message}`,
      {
        cause: error,
      },
    )
  }
}

async function writeWhole(
  path: string,
  file: string,
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 })
  const name = join(path, file)
  const part = await open(`${name}.part`, 'w', MODE)
  try {
    for await (const chunk of chunks) await part.writeFile(chunk)
    await part.sync()
  } finally {
    await part.close()
  }
  await rename(`${name}.part`, name)
  await syncFolder(path)
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function parse(text: string, path: string): Manifest {
  try {
    const manifest = JSON.parse(text) as Manifest
    if (manifest.format === 1 && isNamedSafely(manifest)) return manifest
  } catch {
    // Told below, like any other text that is no manifest.
  }
  throw new OperatorError(`В папке ${path} нет архива месяца: ${MANIFEST} не читается`)
}

/** Files are named by the manifest, which must not lead out of its folder. */
function isNamedSafely({ month, tables }: Manifest): boolean {
  return (
    /^\d{4}-\d{2}$/.test(month) &&
    tables.every(({ file, name }) => /^[a-z_]+$/.test(name) && file === `${name}.copy`)
  )
}
