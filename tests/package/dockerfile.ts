// The Dockerfile as steps that a machine without a container engine can take. An instruction that it does not
// know stops it: nothing of the Dockerfile may pass unread.

import { type Copy, DockerfileParser, type Env, type From, type Instruction } from 'dockerfile-ast'

export type Step =
  | { readonly kind: 'run'; readonly command: string }
  | {
      readonly kind: 'copy'
      readonly from: string | null
      readonly sources: readonly string[]
      readonly target: string
    }
  | { readonly kind: 'env'; readonly name: string; readonly value: string }
  | { readonly kind: 'workdir'; readonly path: string }
  | { readonly kind: 'user'; readonly user: string }

export interface Stage {
  readonly name: string | null
  readonly base: string
  readonly steps: readonly Step[]
  readonly entrypoint: readonly string[]
  readonly command: readonly string[]
  readonly healthcheck: readonly string[]
  readonly stopSignal: string | null
}

/** They say something to whoever runs the image, and change nothing in it. */
const NOTES = ['ARG', 'LABEL', 'EXPOSE', 'VOLUME']

export function readStages(text: string): Stage[] {
  const stages: Stage[] = []
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    const keyword = instruction.getKeyword()
    const last = stages.at(-1)
    if (keyword === 'FROM') stages.push(begun(instruction as From))
    else if (last !== undefined) stages[stages.length - 1] = continued(last, keyword, instruction)
    else if (keyword !== 'ARG') throw new Error(`${keyword} до первого FROM`)
  }
  return stages
}

function begun(from: From): Stage {
  return {
    name: from.getBuildStage(),
    base: from.getImage() ?? '',
    steps: [],
    entrypoint: [],
    command: [],
    healthcheck: [],
    stopSignal: null,
  }
}

function continued(stage: Stage, keyword: string, instruction: Instruction): Stage {
  const content = instruction.getArgumentsContent() ?? ''
  const then = (...steps: Step[]) => ({ ...stage, steps: [...stage.steps, ...steps] })
  switch (keyword) {
    case 'RUN':
      // Mounts keep what was downloaded for the next build; without them the same is downloaded.
      return then({ kind: 'run', command: content.replace(/^(--\S+\s+(\\\n\s*)?)+/, '') })
    case 'COPY':
      return then(copyOf(instruction as Copy))
    case 'ENV':
      return then(
        ...(instruction as Env).getProperties().map((property) => ({
          kind: 'env' as const,
          name: property.getName(),
          value: property.getValue() ?? '',
        })),
      )
    case 'WORKDIR':
      return then({ kind: 'workdir', path: content })
    case 'USER':
      return then({ kind: 'user', user: content })
    case 'ENTRYPOINT':
      return { ...stage, entrypoint: wordsOf(content) }
    case 'CMD':
      return { ...stage, command: wordsOf(content) }
    case 'HEALTHCHECK':
      return { ...stage, healthcheck: wordsOf(content.slice(content.indexOf('['))) }
    case 'STOPSIGNAL':
      return { ...stage, stopSignal: content }
    default:
      if (!NOTES.includes(keyword)) throw new Error(`Dockerfile: незнакомая инструкция ${keyword}`)
      return stage
  }
}

function copyOf(copy: Copy): Step {
  const flags = new Map(copy.getFlags().map((flag) => [flag.getName(), flag.getValue()]))
  const words = copy.getArguments().map((argument) => argument.getValue())
  return {
    kind: 'copy',
    from: flags.get('from') ?? null,
    sources: words.slice(0, -1),
    target: words.at(-1) ?? '',
  }
}

/** Only the form without a shell: its process is then the one that is told to stop. */
function wordsOf(json: string): string[] {
  return JSON.parse(json)
}
