// Takes the Dockerfile's own steps on this machine, a scratch root for each stage, and comes to what the image would
// hold. Needs mounts of its own and the registry.

import { cpSync, globSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { copyBuildContext } from './build-context.ts'
import { readStages, type Stage, type Step } from './dockerfile.ts'
import { type Environment, layBase, runInside } from './scratch-root.ts'

export interface BuiltImage {
  /** The last stage's root on this machine. */
  readonly root: string
  readonly stage: Stage
  readonly env: Environment
  readonly user: string
  readonly workdir: string
}

export interface BuildOptions {
  readonly sources: string
  /** An empty folder for the roots. */
  readonly folder: string
  readonly node: string
  /** What only the build is told: where the registry is. */
  readonly buildEnv: Environment
  readonly say: (line: string) => void
}

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

export function buildImage(options: BuildOptions): BuiltImage {
  const { sources, folder } = options
  const context = join(folder, 'context')
  copyBuildContext(sources, context)
  const built = new Map<string, BuiltImage>()
  let last: BuiltImage | undefined
  for (const stage of readStages(readFileSync(join(sources, 'Dockerfile'), 'utf8'))) {
    const root = stageRoot(folder, stage.name)
    layBase(root, options.node)
    last = { root, stage, env: { PATH, HOME: '/root' }, user: '0:0', workdir: '/' }
    for (const step of stage.steps) {
      last = takeStep(
        last,
        step,
        (name) => (name === null ? context : rootOf(built, name)),
        options,
      )
    }
    if (stage.name !== null) built.set(stage.name, last)
  }
  if (last === undefined) throw new Error('Dockerfile: ни одной стадии')
  return last
}

/** Where a stage of the Dockerfile was built; null for the last, which has no name. */
export function stageRoot(folder: string, name: string | null): string {
  return join(folder, name ?? 'last')
}

function rootOf(built: ReadonlyMap<string, BuiltImage>, name: string): string {
  const image = built.get(name)
  if (image === undefined) throw new Error(`COPY --from=${name}: такой стадии нет выше`)
  return image.root
}

function takeStep(
  image: BuiltImage,
  step: Step,
  sourceOf: (stage: string | null) => string,
  { buildEnv, say }: BuildOptions,
): BuiltImage {
  switch (step.kind) {
    case 'workdir':
      mkdirSync(join(image.root, step.path), { recursive: true })
      return { ...image, workdir: step.path }
    case 'user':
      return { ...image, user: step.user }
    case 'env':
      return { ...image, env: { ...image.env, [step.name]: expanded(step.value, image.env) } }
    case 'copy':
      for (const source of step.sources) {
        copyInto(image, join(sourceOf(step.from), source), step.target)
      }
      return image
    case 'run':
      say(`  RUN ${step.command.replace(/\s*\\\n\s*/g, ' ')}`)
      runInside(image.root, step.command, image.workdir, { ...image.env, ...buildEnv })
      return image
  }
}

/** A folder's contents, as COPY does, or each file that fits. */
function copyInto(image: BuiltImage, source: string, target: string): void {
  const into = join(image.root, target.startsWith('/') ? target : join(image.workdir, target))
  mkdirSync(into, { recursive: true })
  for (const found of globSync(source)) {
    const to = statSync(found).isDirectory() ? into : join(into, basename(found))
    cpSync(found, to, { recursive: true, verbatimSymlinks: true })
  }
}

function expanded(value: string, env: Environment): string {
  return value.replace(/\$\{?(\w+)\}?/g, (_all, name: string) => env[name] ?? '')
}
