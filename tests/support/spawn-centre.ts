// A centre in a process of its own beside the one of a test, to be stopped and killed.

import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { QUICK_LIMITS, type TestCentre } from './centre.ts'

export interface Killable {
  readonly url: string
  /** Sends a signal that does not end it. */
  signal(name: NodeJS.Signals): void
  kill(signal: NodeJS.Signals): Promise<void>
}

/** Another instance over the same database, in a process of its own. */
export async function spawnCentre(
  beside: TestCentre,
  env: Readonly<Record<string, string>> = {},
): Promise<Killable> {
  const orders = {
    env: {
      DATABASE_URL: beside.database.url,
      DATABASE_OWNER_URL: beside.database.ownerUrl,
      BYFLY_MODE: 'demo',
      BYFLY_SECRET_KEY: 'a secret key for tests, never for anything real',
      BYFLY_LOG_LEVEL: 'silent',
      PORT: '0',
      ...env,
    },
    limits: QUICK_LIMITS,
  }
  const script = join(import.meta.dirname, 'centre-process.ts')
  const child: ChildProcess = spawn(process.execPath, [script, JSON.stringify(orders)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const { stdout } = child
  assert.ok(stdout)
  const [line] = await once(createInterface(stdout), 'line')
  const kill = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    await exited
  }
  return { url: JSON.parse(line).url, signal: (name) => child.kill(name), kill }
}
