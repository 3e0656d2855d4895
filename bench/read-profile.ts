// `node bench/read-profile.ts <file.cpuprofile>`: where the processor time of a profile went, by room of the house or library
// and by function, idle time left out.

import { readFileSync } from 'node:fs'

interface Profile {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: {
      readonly functionName: string
      readonly url: string
      readonly lineNumber: number
    }
  }[]
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

const FUNCTIONS_SHOWN = 40
const ROOMS_SHOWN = 25
const IDLE = ['(idle)', '(program)', '(root)']

const profile: Profile = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'))
const selfUs = new Map<number, number>()
for (const [n, id] of profile.samples.entries()) {
  selfUs.set(id, (selfUs.get(id) ?? 0) + (profile.timeDeltas[n] ?? 0))
}

function roomOf(url: string): string {
  if (url === '') return '(engine)'
  if (url.startsWith('node:')) return url.split('/').slice(0, 3).join('/')
  const library = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1]
  return library ?? /(packages\/.+)\/[^/]+$/.exec(url)?.[1] ?? url
}

const byRoom = new Map<string, number>()
const byFunction = new Map<string, number>()
let busyUs = 0
for (const { callFrame, id } of profile.nodes) {
  const { functionName, lineNumber, url } = callFrame
  const us = selfUs.get(id) ?? 0
  if (us === 0 || IDLE.includes(functionName)) continue
  busyUs += us
  const room = functionName === '(garbage collector)' ? functionName : roomOf(url)
  byRoom.set(room, (byRoom.get(room) ?? 0) + us)
  const file = url.replace(/^.*(node_modules|packages)\//, '')
  const name = `${functionName || '(anonymous)'} ${file}:${lineNumber + 1}`
  byFunction.set(name, (byFunction.get(name) ?? 0) + us)
}

function print(title: string, sums: ReadonlyMap<string, number>, shown: number): void {
  process.stdout.write(`\n${title}\n`)
  const sorted = [...sums].sort(([, a], [, b]) => b - a).slice(0, shown)
  for (const [name, us] of sorted) {
    process.stdout.write(`${((100 * us) / busyUs).toFixed(1).padStart(5)} %  ${name}\n`)
  }
}

process.stdout.write(`${(busyUs / 1e6).toFixed(2)} s of processor time\n`)
print('by room', byRoom, ROOMS_SHOWN)
print('by function, itself alone', byFunction, FUNCTIONS_SHOWN)
