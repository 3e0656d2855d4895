// A centre in a process of its own, to be killed. Prints its address when it listens; reads what it
// needs as JSON from its first argument.

import { readConfig } from '../../packages/server/src/config.ts'
import { createLog, startCentre } from '../../packages/server/src/main.ts'
import type { Limits } from '../../packages/server/src/ports/centre.ts'

interface Orders {
  readonly env: Record<string, string>
  readonly limits: Partial<Limits>
}

const { env, limits }: Orders = JSON.parse(process.argv[2] ?? '{}')
const config = readConfig(env)
const url = config.databaseUrl ?? ''
const ownerUrl = config.databaseOwnerUrl ?? url
const database = { url, ownerUrl, stop: async () => {} }
const running = await startCentre(config, database, createLog(config), { limits })
process.stdout.write(`${JSON.stringify({ url: running.url })}\n`)
process.on('SIGTERM', () => void running.stop())
