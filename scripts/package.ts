// `npm run package [-- folder]`: the package into dist-release/, or into the folder that is named.

import { join, resolve } from 'node:path'
import { pack } from '../packaging/pack.ts'

const ROOT = join(import.meta.dirname, '..')

const tarball = pack(ROOT, resolve(process.argv[2] ?? join(ROOT, 'dist-release')))
process.stdout.write(`${tarball}\n`)
