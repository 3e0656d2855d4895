// A centre reduced to its database: `node hold-embedded-database.ts DATA_DIR` opens it, prints its
// URLs as one JSON line and stays until SIGTERM, at which it stops it. For tests that kill a
// centre.

import { openEmbeddedDatabase } from '../../packages/server/src/storage/embedded/open-embedded-database.ts'
import { quietLog } from './test-server.ts'

const dataDir = process.argv[2]
if (!dataDir) throw new Error('usage: hold-embedded-database.ts DATA_DIR')

try {
  const { stop, ...urls } = await openEmbeddedDatabase({ dataDir, log: quietLog })
  process.stdout.write(`${JSON.stringify(urls)}\n`)
  const staying = setInterval(() => {}, 60_000)
  process.once('SIGTERM', () => {
    clearInterval(staying)
    void stop()
  })
} catch (error) {
  process.stdout.write(`${JSON.stringify({ error: String(error) })}\n`)
  process.exitCode = 1
}
