// What the package brings with it, installed or built in, as CycloneDX: npm's own reading of the lockfile. Its
// number and time are made of its contents and its commit, so that the same release is the same bytes.

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { withBrought } from './pack.ts'

const SBOM_LIMIT_MS = 60_000

interface Bom {
  readonly serialNumber: string
  readonly metadata: { readonly timestamp: string }
}

/** Of the package of the sources under `root`. `madeAt` in ISO 8601. */
export function describe(root: string, madeAt: string): string {
  return settled(withBrought(root, runNpmSbom), madeAt)
}

function runNpmSbom(folder: string): Bom {
  const flags = ['--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only']
  const ran = spawnSync('npm', ['sbom', ...flags], {
    cwd: folder,
    encoding: 'utf8',
    timeout: SBOM_LIMIT_MS,
    maxBuffer: 64 * 1024 ** 2,
  })
  if (ran.status !== 0) throw new Error(`npm sbom: ${ran.stderr || ran.error}`)
  return JSON.parse(ran.stdout)
}

function settled(told: Bom, madeAt: string): string {
  const bom = { ...told, serialNumber: '', metadata: { ...told.metadata, timestamp: madeAt } }
  const hash = createHash('sha256').update(JSON.stringify(bom)).digest('hex')
  const serialNumber = `urn:uuid:${uuidOf(hash)}`
  return `${JSON.stringify({ ...bom, serialNumber }, null, 2)}\n`
}

/** Version 8 of RFC 9562: the bits are the maker's own. */
function uuidOf(hash: string): string {
  const [a, b, c, d] = [hash.slice(0, 8), hash.slice(8, 12), hash.slice(13, 16), hash.slice(17, 20)]
  return `${a}-${b}-8${c}-8${d}-${hash.slice(20, 32)}`
}
