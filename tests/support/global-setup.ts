// Run once around the whole test run (`node --test --test-global-setup`): one server and one
// migrated template. It must never leave a server or a folder behind, not even when the run is
// killed.

import { type RunningTestServer, startTestServer } from './test-server.ts'

let running: RunningTestServer | undefined

export async function globalSetup(): Promise<void> {
  running = await startTestServer()
  // Each test file is a process of its own that inherits the environment.
  process.env['BYFLY_TEST_SERVER'] = JSON.stringify(running.server)
}

export async function globalTeardown(): Promise<void> {
  await running?.stop()
}
