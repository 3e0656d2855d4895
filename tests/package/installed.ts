// The package as it lies in an empty folder after `npm install`, without the registry: its own files
// unpacked, and beside them exactly those libraries that it says it needs.

import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'

const LIBRARIES = join(import.meta.dirname, '../../node_modules')

/** @returns the folder of the package inside `folder` */
export function installWithoutRegistry(tarball: string, folder: string): string {
  const modules = join(folder, 'node_modules')
  const own = join(modules, 'byfly-pay')
  mkdirSync(own, { recursive: true })
  execFileSync('tar', ['-xzf', tarball, '-C', own, '--strip-components=1'])
  const { bin, dependencies } = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8'))
  for (const name of Object.keys(dependencies)) {
    const link = join(modules, name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(join(LIBRARIES, name), link)
  }
  mkdirSync(join(modules, '.bin'))
  symlinkSync(join(own, bin.byfly), join(modules, '.bin', 'byfly'))
  return own
}
