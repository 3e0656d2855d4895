// Makes the package: byfly-pay-x.y.z.tgz, the one thing that is installed, by npx, systemd and Docker
// alike. The same sources give the same bytes, whoever packs them, and nothing but what contents.ts lists.

import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { compile, compiledName, pathsNamedBy } from './compile.ts'
import { listContents } from './contents.ts'
import { packageManifest, shrinkwrap, type Wanted, type Workspace } from './manifest.ts'

const PACK_LIMIT_MS = 120_000

/** Packs the sources under `root` into `folder`. @returns the path of the package */
export function pack(root: string, folder: string): string {
  return withScratch((stage) => {
    fillStage(root, stage)
    mkdirSync(folder, { recursive: true })
    return join(folder, runNpmPack(stage, folder))
  })
}

/** Lends a folder with only a package.json and a lockfile of all that the package brings with it. */
export function withBrought<Result>(root: string, work: (folder: string) => Result): Result {
  return withScratch((folder) => {
    putManifests(root, folder, 'installed and built in')
    return work(folder)
  })
}

function withScratch<Result>(work: (folder: string) => Result): Result {
  const scratch = mkdtempSync(join(tmpdir(), 'byfly-package-'))
  // npm names what it describes after its folder.
  const folder = join(scratch, 'byfly-pay')
  try {
    mkdirSync(folder)
    return work(folder)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

function fillStage(root: string, stage: string): void {
  const manifest = putManifests(root, stage, 'installed')
  for (const file of listContents(root)) {
    const bytes = readFileSync(join(root, file))
    if (file.endsWith('.ts')) put(stage, compiledName(file), compile(bytes.toString('utf8')))
    else put(stage, file, bytes, file === manifest.bin.byfly ? 0o755 : 0o644)
  }
  refuseDangling(stage)
}

function putManifests(root: string, folder: string, wanted: Wanted) {
  const manifest = packageManifest(readJson(join(root, 'package.json')), workspacesOf(root), wanted)
  const { packages } = readJson(join(root, 'package-lock.json'))
  put(folder, 'package.json', asJson(manifest))
  put(folder, 'npm-shrinkwrap.json', asJson(shrinkwrap(manifest, packages)))
  return manifest
}

function workspacesOf(root: string): Workspace[] {
  return readdirSync(join(root, 'packages'))
    .sort()
    .map((name) => `packages/${name}`)
    .map((folder) => ({ folder, manifest: readJson(join(root, folder, 'package.json')) }))
}

/** The rights are part of the bytes, so no umask may have a say in them. */
function put(stage: string, file: string, bytes: string | Buffer, rights = 0o644): void {
  const path = join(stage, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, bytes)
  chmodSync(path, rights)
}

/** A file that was left out is found here, not by whoever runs the package. */
function refuseDangling(stage: string): void {
  const code = readdirSync(join(stage, 'packages'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js') && !name.startsWith('web/'))
    .map((name) => join(stage, 'packages', name))
  const dangling = code.flatMap((file) =>
    pathsNamedBy(readFileSync(file, 'utf8'))
      .filter((named) => !existsSync(resolve(dirname(file), named)))
      .map((named) => `${file.slice(stage.length + 1)} → ${named}`),
  )
  if (dangling.length > 0)
    throw new Error(`В пакете нет того, что он зовёт:\n${dangling.join('\n')}`)
}

function runNpmPack(stage: string, folder: string): string {
  const packed = spawnSync('npm', ['pack', '--json', '--offline', '--pack-destination', folder], {
    cwd: stage,
    encoding: 'utf8',
    timeout: PACK_LIMIT_MS,
  })
  if (packed.status !== 0) throw new Error(`npm pack: ${packed.stderr || packed.error}`)
  const [{ filename }]: [{ filename: string }] = JSON.parse(packed.stdout)
  return filename
}

function asJson(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

function readJson(path: string) {
  return JSON.parse(readFileSync(path, 'utf8'))
}
