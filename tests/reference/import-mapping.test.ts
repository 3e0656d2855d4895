// The published schema of mapping files is the one that they are checked by, and the example is one of them.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { mappingSchema, readMapping } from '../../packages/server/src/imports/mapping.ts'

const DOCS = join(import.meta.dirname, '../../docs')
const example = () => readFile(join(DOCS, 'examples/import/mapping.json'), 'utf8')

test('the schema that is published is the schema that is used', async () => {
  const published = await readFile(join(DOCS, 'reference/import-mapping.schema.json'), 'utf8')
  const used = JSON.parse(JSON.stringify(mappingSchema()))
  assert.deepEqual(JSON.parse(published), used, 'node scripts/write-import-schema.ts')
})

test('the example is a mapping, and every fault of another is named by its place', async () => {
  assert.equal(readMapping(await example()).name, 'former')
  const broken = JSON.parse(await example())
  broken.amounts = 'cents'
  broken.payments.fields.id = 7
  broken.payments.fields.colour = 'colour'
  delete broken.sources.fields.name
  assert.throws(
    () => readMapping(JSON.stringify(broken)),
    ({ message }: Error) =>
      /\/amounts/.test(message) &&
      /\/payments\/fields/.test(message) &&
      /\/sources\/fields/.test(message),
  )
  assert.throws(() => readMapping('{'), /не JSON/)
  const nowhere = { ...JSON.parse(await example()), zone: 'Mars/Base' }
  assert.throws(() => readMapping(JSON.stringify(nowhere)), /нет пояса/)
})
