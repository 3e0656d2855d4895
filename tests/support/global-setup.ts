// Run once around the whole test run (`node --test --test-global-setup`): one server and one
// migrated template. It must never leave a server or a folder behind, not even when the run is
// killed.

import { join } from 'node:path'
import { type RunningTestServer, startTestServer } from './test-server.ts'

// Hundreds of processes read the same sources: what one of them has compiled, the others need not.
const COMPILED = join(import.meta.dirname, '../../node_modules/.cache/compiled')

let running: RunningTestServer | undefined

export async function globalSetup(): Promise<void> {
  process.env['NODE_COMPILE_CACHE'] ??= COMPILED
  running = await startTestServer()
  // Each test file is a process of its own that inherits the environment.
  process.env['BYFLY_TEST_SERVER'] = JSON.stringify(running.server)
}

export async function globalTeardown(): Promise<void> {
  await running?.stop()
}
