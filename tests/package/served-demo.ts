// A demonstration served by somebody else's command, seen as a newcomer sees it: when it has written where
// everything is, one payment is taken through its API, and a signal ends it.

import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DemoFile } from '../../packages/server/src/demo/demo.ts'
import { client } from '../support/centre.ts'

const READY_MS = 90_000
const PAID_MS = 30_000
const LOOK_AGAIN_MS = 100

export interface ServedDemo {
  readonly demo: DemoFile
  readonly child: ChildProcess
}

export interface ServeOptions {
  readonly program: string
  readonly words: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly cwd: string
  /** The data folder's `demo.json`, as this process sees it. */
  readonly demoFile: string
}

/** @throws when it has not said within a minute and a half that it works */
export async function serveDemo(options: ServeOptions): Promise<ServedDemo> {
  const { program, words, env, cwd, demoFile } = options
  const child = spawn(program, words, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk
    })
  }
  const deadline = Date.now() + READY_MS
  while (!said.includes('ByFly Pay работает') || !existsSync(demoFile)) {
    assert.ok(Date.now() < deadline && child.exitCode === null, `не запустился: ${said}`)
    await sleep(LOOK_AGAIN_MS)
  }
  return { demo: JSON.parse(readFileSync(demoFile, 'utf8')), child }
}

/** Created, shown by a terminal, read by its camera, paid by the phone. */
export async function payOnce({ base_url, api_token, simulator_url }: DemoFile): Promise<void> {
  const shop = client(base_url, api_token)
  const id = await shop.init(1_000_000)
  const started = await shop.kaspi(id)
  assert.equal(started.status, 200, started.text)
  const body = JSON.stringify({ qr: started.body.data.qr_code, product: 'Gold', after_ms: 100 })
  const scanned = await fetch(`${simulator_url}/phone/scan`, { method: 'POST', body })
  assert.equal(scanned.status, 200)
  const deadline = Date.now() + PAID_MS
  while ((await shop.status(id)).status !== 'paid') {
    assert.ok(Date.now() < deadline, 'платёж не стал paid')
    await sleep(LOOK_AGAIN_MS)
  }
}

/** Asks it to end, as systemd and Docker do. @returns the code it ended with */
export async function endByTerm(child: ChildProcess, pid = child.pid): Promise<number | null> {
  assert.ok(pid)
  const exited = once(child, 'exit')
  process.kill(pid, 'SIGTERM')
  const [code] = await exited
  return code
}
