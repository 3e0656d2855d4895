// `npm run schema`: writes storage/schema.sql, the schema as a freshly migrated database tells it, on
// the embedded server or on the one of BYFLY_TEST_DATABASE_URL. Every supported version tells the same.

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dumpSchema } from '../packages/server/src/storage/schema-dump.ts'
import { asSuperuser, startTestServer, withDatabase } from '../tests/support/test-server.ts'

const FILE = join(import.meta.dirname, '../packages/server/src/storage/schema.sql')

const { server, stop } = await startTestServer()
try {
  const url = withDatabase(server.superuserUrl, server.template)
  await writeFile(FILE, await asSuperuser(url, dumpSchema))
} finally {
  await stop()
}
