import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { FormerRow } from '../ports/former-books.ts'
import { openCsvBooks } from './csv-books.ts'

describe('openCsvBooks', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'former-books-'))
  })
  after(() => rm(folder, { recursive: true }))

  async function read(text: string, columns: readonly string[], delimiter = ',') {
    await writeFile(join(folder, 'rows.csv'), text)
    const books = openCsvBooks(folder, { delimiter, empty: ['NULL', '\\N'] })
    const batches: (readonly FormerRow[])[] = []
    for await (const batch of books.rows('rows', columns)) batches.push(batch)
    await books.close()
    return batches
  }

  it('reads quotes, lines within cells, a byte order mark, and only the columns asked for', async () => {
    const text =
      '\ufeffid,what,note\r\n1,"Тур, ""море""\nи горы",a\r\n2,,b\r\n3,NULL,c\r\n4,\\N,d\r\n'
    assert.deepEqual(await read(text, ['id', 'what']), [
      [
        { id: '1', what: 'Тур, "море"\nи горы' },
        { id: '2', what: null },
        { id: '3', what: null },
        { id: '4', what: null },
      ],
    ])
    assert.deepEqual(await read('a;b\n1;2', ['b'], ';'), [[{ b: '2' }]])
  })

  it('hands on a bounded number of rows at once', async () => {
    const lines = Array.from({ length: 1_201 }, (_, n) => `${n}`)
    const batches = await read(`id\n${lines.join('\n')}\n`, ['id'])
    assert.deepEqual(
      batches.map(({ length }) => length),
      [500, 500, 201],
    )
  })

  it('says what is not there, and what is no CSV', async () => {
    await assert.rejects(read('id\n1', ['name']), /нет столбца «name»/)
    await assert.rejects(read('id,name\n1,"open', ['id']), /rows\.csv/)
    await assert.rejects(read('id,name\n1', ['id']), /rows\.csv/)
    const books = openCsvBooks(folder, { delimiter: ',', empty: [] })
    await assert.rejects(async () => {
      for await (const _ of books.rows('absent', [])) assert.fail('строки из ниоткуда')
    }, /не читается/)
  })
})
