// The package's own package.json and npm-shrinkwrap.json, made of those of the workspaces: the same
// versions, byte for byte, as the tests have run with. Neither ever names a package for development.

interface Manifest {
  readonly name: string
  readonly version: string
  readonly exports?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
}

interface RootManifest extends Manifest {
  readonly description: string
  readonly allowScripts: Readonly<Record<string, boolean>>
}

interface Locked {
  readonly version?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>
  readonly optional?: boolean
  readonly devOptional?: boolean
}

export interface Workspace {
  /** From the root of the sources. */
  readonly folder: string
  readonly manifest: Manifest
}

const SCOPE = '@byfly-pay/'

/** The console's libraries are inside its build: they come with the package, and nobody installs them. */
const BUILT = `${SCOPE}web`

export type Wanted = 'installed' | 'installed and built in'

export function packageManifest(
  root: RootManifest,
  all: Workspace[],
  wanted: Wanted = 'installed',
) {
  const { name, version, description } = root
  const { node: _, ...allowScripts } = root.allowScripts
  return {
    name,
    version,
    description,
    license: 'MIT',
    // It is handed over as a file; nothing of it belongs in a registry.
    private: true,
    type: 'module',
    engines: { node: '>=24' },
    bin: { byfly: 'packaging/byfly.mjs' },
    imports: importsOf(all),
    dependencies: dependenciesOf(all, wanted),
    // npm runs no library's script that is not named; Node itself is for development.
    allowScripts,
  }
}

/** `@byfly-pay/core` of the sources is `#core` here: one package has no others inside it. */
function importsOf(all: Workspace[]): Record<string, string> {
  const entries = all.flatMap(({ folder, manifest }) =>
    Object.entries(manifest.exports ?? {}).map(([from, to]) => [
      `#${manifest.name.slice(SCOPE.length)}${from.slice(1)}`,
      `./${folder}/${to.slice(2).replace(/\.ts$/, '.js')}`,
    ]),
  )
  return Object.fromEntries(entries)
}

function dependenciesOf(all: Workspace[], wanted: Wanted): Record<string, string> {
  const entries = all
    .filter(({ manifest }) => wanted === 'installed and built in' || manifest.name !== BUILT)
    .flatMap(({ manifest }) => Object.entries(manifest.dependencies ?? {}))
    .filter(([name]) => !name.startsWith(SCOPE))
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The part of package-lock.json that the package's dependencies come to. */
export function shrinkwrap(
  manifest: ReturnType<typeof packageManifest>,
  lock: Readonly<Record<string, Locked>>,
) {
  const { name, version, license, bin, engines, dependencies } = manifest
  const found = new Map<string, Locked>()
  const waiting = Object.keys(dependencies).map((wanted) => ({ wanted, from: '', needed: true }))
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const path = locate(lock, next.wanted, next.from)
    const entry = path === null ? undefined : lock[path]
    if (path === null || entry === undefined) {
      if (!next.needed) continue
      throw new Error(`package-lock.json не знает ${next.wanted} для ${next.from || name}`)
    }
    if (found.has(path)) continue
    found.set(path, entry)
    for (const { wanted, needed } of wantedBy(entry)) waiting.push({ wanted, from: path, needed })
  }
  const packages = [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, entry]) => [path, withoutMarks(entry)])
  return {
    name,
    version,
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': { name, version, license, dependencies, bin, engines },
      ...Object.fromEntries(packages),
    },
  }
}

function wantedBy(entry: Locked): { wanted: string; needed: boolean }[] {
  const peers = Object.keys(entry.peerDependencies ?? {}).map((wanted) => ({
    wanted,
    needed: entry.peerDependenciesMeta?.[wanted]?.optional !== true,
  }))
  const always = Object.keys(entry.dependencies ?? {}).map((wanted) => ({ wanted, needed: true }))
  const perhaps = Object.keys(entry.optionalDependencies ?? {})
  return [...always, ...perhaps.map((wanted) => ({ wanted, needed: false })), ...peers]
}

/** As Node looks: beside the one who asks, then further up. */
function locate(lock: Readonly<Record<string, Locked>>, wanted: string, from: string) {
  for (let folder = from; ; folder = folder.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, '')) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${wanted}`
    if (lock[path] !== undefined) return path
    if (folder === '') return null
  }
}

/** Who wants a package is another matter here than in the sources; only whether it may be absent stays. */
function withoutMarks(entry: Locked): object {
  const { dev, devOptional, peer, optional, ...rest } = entry as Locked & Record<string, unknown>
  return optional === true || devOptional === true ? { ...rest, optional: true } : rest
}
