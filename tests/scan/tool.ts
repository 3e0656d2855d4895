// Scanners that others wrote, as packages of Debian: installed where they are absent, each run within a time of
// its own. They are only ever pointed at loopback.

import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'

export const TOOLS = ['slowhttptest', 'sqlmap', 'wapiti', 'ffuf'] as const
export type Tool = (typeof TOOLS)[number]

const OUTPUT_LIMIT = 8_000_000

export interface Ran {
  readonly out: string
  /** It did not end by itself. */
  readonly isCut: boolean
}

/** @returns those that are there; the others cannot be had here. */
export function haveTools(say: (line: string) => void): readonly Tool[] {
  const absent = TOOLS.filter((tool) => !isThere(tool))
  if (absent.length > 0 && process.getuid?.() === 0) {
    say(`устанавливаю: ${absent.join(', ')}`)
    try {
      execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...absent], {
        stdio: 'ignore',
      })
    } catch {
      say('apt-get install не удался')
    }
  }
  return TOOLS.filter(isThere)
}

function isThere(tool: Tool): boolean {
  try {
    execFileSync('which', [tool], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

export async function runTool(tool: Tool, words: readonly string[], limitMs: number): Promise<Ran> {
  const child = spawn(tool, words, { stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  let out = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      if (out.length < OUTPUT_LIMIT) out += chunk
    })
  }
  let isCut = false
  const timer = setTimeout(() => {
    isCut = true
    // Its own group: some start others.
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  }, limitMs)
  await once(child, 'close')
  clearTimeout(timer)
  return { out, isCut }
}
