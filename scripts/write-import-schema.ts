// Writes docs/reference/import-mapping.schema.json: what a mapping file of `byfly import` is checked by.

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { mappingSchema } from '../packages/server/src/imports/mapping.ts'

const FILE = join(import.meta.dirname, '../docs/reference/import-mapping.schema.json')

await writeFile(FILE, `${JSON.stringify(mappingSchema(), null, 2)}\n`)
