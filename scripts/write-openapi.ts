// `npm run openapi`: writes docs/reference/openapi.json, the document that `/docs/openapi.json` serves. It
// needs no database: nothing of a centre is asked but its routes.

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildApp } from '../packages/server/src/http/app.ts'
import { fakeCentre } from '../tests/api/fake-centre.ts'

const FILE = join(import.meta.dirname, '../docs/reference/openapi.json')

const app = buildApp(fakeCentre().centre, { isReady: async () => true })
const { statusCode, body } = await app.inject('/docs/openapi.json')
if (statusCode !== 200) throw new Error(`/docs/openapi.json: ${statusCode} ${body}`)
await writeFile(FILE, `${body}\n`)
await app.close()
