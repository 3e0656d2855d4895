// `npm run package:check`: everything that installs the centre, tried on this machine as root: the package by npx
// from the registry, the image by the Dockerfile's own steps, the service by its unit. Each is run by an ordinary
// account that can write nothing but its data, takes a payment and ends when it is told.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { pack } from '../../packaging/pack.ts'
import { buildImage, stageRoot } from './build-image.ts'
import { checkImage } from './check-image.ts'
import { checkNpx } from './check-npx.ts'
import { checkService } from './check-service.ts'
import { examineUnit } from './unit.ts'

const ROOT = join(import.meta.dirname, '../..')
const INSIDE = 'BYFLY_PACKAGE_CHECK_FOLDER'

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/**
 * Mounts and processes of one's own vanish with it, whatever becomes of it; only then, from where none of them was
 * ever seen, is the folder removed.
 */
function runApart(): number {
  if (process.getuid?.() !== 0) {
    say('npm run package:check нужен root: он собирает корень контейнера из mount и chroot.')
    return 1
  }
  const folder = mkdtempSync(join(tmpdir(), 'byfly-package-check-'))
  chmodSync(folder, 0o755)
  const apart = [
    '--mount',
    '--propagation=private',
    '--pid',
    '--fork',
    '--kill-child',
    '--mount-proc',
  ]
  const again = [process.execPath, ...process.execArgv, import.meta.filename]
  const ran = spawnSync('unshare', [...apart, ...again], {
    env: { ...process.env, [INSIDE]: folder },
    stdio: 'inherit',
  })
  rmSync(folder, { recursive: true, force: true })
  return ran.status ?? 1
}

/** Where npm inside a scratch root finds the registry that it finds outside. */
function registryEnvironment(): Record<string, string> {
  const registry = spawnSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8', cwd: '/' })
  const { NODE_EXTRA_CA_CERTS: authorities } = process.env
  return {
    npm_config_registry: registry.stdout.trim(),
    npm_config_update_notifier: 'false',
    ...(authorities === undefined ? {} : { NODE_EXTRA_CA_CERTS: authorities }),
  }
}

async function check(folder: string): Promise<void> {
  const parts = { node: process.execPath, buildEnv: registryEnvironment(), say }
  const made = (name: string) => {
    const path = join(folder, name)
    mkdirSync(path)
    return path
  }
  say('Пакет')
  const tarball = pack(ROOT, made('package'))
  await checkNpx({ ...parts, tarball, folder: made('npx') })
  say('Образ')
  const stages = made('image')
  const image = buildImage({ ...parts, sources: ROOT, folder: stages })
  const again = join(stageRoot(stages, 'packed'), 'packed', basename(tarball))
  assert.ok(readFileSync(again).equals(readFileSync(tarball)), 'пакет образа — другие байты')
  say('  пакет, собранный в образе с нуля, — те же байты')
  await checkImage(image, { sources: ROOT, folder: made('run'), say })
  say('Служба')
  const unit = join(ROOT, 'packaging/byfly-pay.service')
  await checkService({ ...parts, tarball, unit, folder: made('service') })
  examineUnit(unit, process.execPath)
  say('  systemd-analyze verify и security — без замечаний')
  say('Всё работает.')
}

const inside = process.env[INSIDE]
if (inside === undefined) process.exitCode = runApart()
else await check(inside)
