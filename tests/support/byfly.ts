// The command line as an operator runs it: a process of its own beside a running centre, over its database.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const BYFLY = join(import.meta.dirname, '../../packages/server/src/cli/byfly.ts')

export interface Ran {
  /** What the process ended with; null for a signal. */
  readonly code: number | null
  /** What it printed, results and complaints, in their order. */
  readonly out: string
}

export interface Running {
  kill(signal: NodeJS.Signals): void
  readonly ended: Promise<Ran>
}

interface Where {
  readonly url: string
  readonly ownerUrl: string
}

export function byfly(
  database: Where,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  return startByfly(database, words, env).ended
}

/** Nothing of this process's own environment but the path is handed down. */
export function startByfly(
  database: Where,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Running {
  const child = spawn(process.execPath, [BYFLY, ...words], {
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: database.url,
      DATABASE_OWNER_URL: database.ownerUrl,
      BYFLY_MODE: 'demo',
      BYFLY_SECRET_KEY: 'a secret key for tests, never for anything real',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      out += chunk
    })
  }
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, out }))
  return { kill: (signal) => void child.kill(signal), ended }
}
