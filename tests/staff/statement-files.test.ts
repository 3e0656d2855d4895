// Files as banks, spreadsheets and attackers make them: every alphabet and separator read alike, everything
// else refused whole, and the centre as well as before (A16, A20, A22).

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import { writeXlsx } from 'hucre/xlsx'
import { createStatementReader } from '../../packages/server/src/statements/statement-reader.ts'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { loginAs, type TestStaff } from '../support/staff.ts'
import { csvOf, HEADING, type Line, nameColumns, rowOf, upload } from '../support/statement.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const AT = Date.UTC(2025, 5, 4, 15, 52, 31)
const LINES: readonly Line[] = [
  { at: AT, number: '3699352521', tiyn: 123_456, fee: 1_234, product: 'Kaspi Gold' },
  { at: AT + 60_000, number: '3699352522', tiyn: -50_500 },
]

let centre: TestCentre
let staff: TestStaff

before(async () => {
  centre = await startTestCentre({ terminals: 1 })
  staff = await loginAs(centre, 'accountant')
  assert.equal((await nameColumns(staff)).status, 200)
})
after(() => centre.stop())

/** The same operations in another file: another name at its end. */
let made = 0
function marked(text: string): string {
  made += 1
  return `${text}\r\n"Файл ${made}"`
}

const CYRILLIC = new Map(
  Array.from({ length: 64 }, (_, n) => [String.fromCharCode(0x410 + n), 0xc0 + n] as const),
)
function windows1251(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([...text].map((sign) => CYRILLIC.get(sign) ?? sign.charCodeAt(0) & 0xff))
}

function utf16(text: string, isBig: boolean): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
  return new Uint8Array(isBig ? bytes.swap16() : bytes)
}

test('UTF-8, UTF-16 and Windows-1251, semicolons, commas and tabs: one and the same operations', async () => {
  const files = [
    marked(csvOf(LINES)),
    `\ufeff${marked(csvOf(LINES, ','))}`,
    marked(csvOf(LINES, '\t')),
    utf16(marked(csvOf(LINES)), false),
    utf16(marked(csvOf(LINES)), true),
    windows1251(marked(csvOf(LINES))),
  ]
  for (const [n, file] of files.entries()) {
    const { body, status, text } = await upload(centre, staff, file)
    assert.equal(status, 200, `${n}: ${text}`)
    const { operations, repeated } = body.data.statement
    assert.deepEqual([operations, repeated], [2, n === 0 ? 0 : 2], `${n}`)
  }
  const rows = await centre.sql(
    'SELECT move, number, tiyn::integer AS tiyn, from_at FROM bank_operations ORDER BY id',
  )
  assert.deepEqual(rows, [
    { move: 'sale', number: '3699352521', tiyn: 123_456, from_at: new Date(AT) },
    { move: 'refund', number: '3699352522', tiyn: 50_500, from_at: new Date(AT + 60_000) },
  ])
})

test('XLSX: texts, numbers and dates of a sheet come to the same operations', async () => {
  const typed = LINES.map(({ at, fee, number, product, tiyn }) => [
    new Date(at + 5 * 3_600_000),
    Number(number),
    tiyn / 100,
    fee === undefined ? null : fee / 100,
    null,
    product ?? null,
  ])
  const texts = LINES.map(rowOf)
  for (const rows of [typed, texts]) {
    const file = await writeXlsx({
      sheets: [
        {
          name: 'Выписка',
          rows: [['АО «Банк»'], HEADING, ...rows],
          columns: [{ numFmt: 'yyyy-mm-dd hh:mm:ss' }],
        },
      ],
    })
    const { body, status, text } = await upload(centre, staff, new Uint8Array(file), { type: XLSX })
    assert.equal(status, 200, text)
    assert.deepEqual([body.data.statement.operations, body.data.statement.repeated], [2, 2], text)
  }
})

test('a row that cannot be read for certain refuses the file whole, by row and field', async () => {
  const [line] = LINES
  assert.ok(line)
  const good = rowOf(line)
  const wrong = { 1: '3,69935E+09', 2: '=1+1', 3: '1.2.3' }
  for (const [column, text] of Object.entries(wrong)) {
    const bad = good.with(Number(column), text)
    const file = [HEADING, good, bad].map((cells) => `"${cells.join('";"')}"`).join('\n')
    const answer = await upload(centre, staff, file)
    assert.deepEqual([answer.status, answer.body.code], [400, 'statement_unreadable'], answer.text)
    assert.deepEqual(Object.keys(answer.body.errors), ['row 2'])
  }
  const rows = await centre.sql('SELECT FROM bank_operations')
  assert.equal(rows.length, 2)
})

test('what is no table, too large or too long is refused, and the centre goes on', async () => {
  const long = [
    HEADING,
    ...Array.from({ length: 20_001 }, () => rowOf(LINES[0] ?? { at: 0, tiyn: 1 })),
  ]
  const files: readonly (readonly [string | Uint8Array<ArrayBuffer>, string])[] = [
    ['', 'wrong_file_type'],
    ['только слова', 'wrong_file_type'],
    [new Uint8Array(Buffer.from('\u0000\u0001\u0002;\u0000;\u0000')), 'wrong_file_type'],
    [new Uint8Array(Buffer.from('d0cf11e0a1b11ae1', 'hex')), 'wrong_file_type'],
    [new Uint8Array(Buffer.from('504b0304aaaa', 'hex')), 'file_too_large'],
    [csvOf([]), 'wrong_file_type'],
    [long.map((cells) => cells.join(';')).join('\n'), 'file_too_large'],
    [new Uint8Array(21 * 1024 * 1024).fill(0x31), 'file_too_large'],
  ]
  for (const [file, code] of files) {
    const answer = await upload(centre, staff, file)
    assert.deepEqual([answer.status, answer.body.code], [400, code], answer.text)
  }
  const larger = await upload(centre, staff, new Uint8Array(25 * 1024 * 1024))
  assert.deepEqual([larger.status, larger.body.code], [400, 'too_large'])
  const type = await upload(centre, staff, 'x', { type: 'application/pdf' })
  assert.deepEqual([type.status, type.body.code], [400, 'wrong_content_type'])
  assert.equal((await centre.call('GET', '/healthz')).status, 200)
})

interface Part {
  readonly name: string
  readonly text: Buffer
  /** What it says that it unpacks to; the truth unless told otherwise. */
  readonly says?: number
}

/** A zip file by hand, so that it can lie. */
function zipOf(parts: readonly Part[]): Uint8Array<ArrayBuffer> {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, says, text } of parts) {
    const packed = deflateRawSync(text, { level: 9 })
    const size = says ?? text.length
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(8, 8)
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt32LE(size, 22)
    local.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(size, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(at, 42)
    bodies.push(local, Buffer.from(name), packed)
    directory.push(entry, Buffer.from(name))
    at += 30 + name.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(at, 16)
  return new Uint8Array(Buffer.concat([...bodies, ...directory, end]))
}

test('zip bombs: one that says its size, one that hides it, one that lies, entities, thousands of parts', async () => {
  const zeros = Buffer.alloc(250 * 1024 * 1024, 0x30)
  const name = 'xl/sharedStrings.xml'
  const entities = `<!DOCTYPE x [<!ENTITY a "${'a'.repeat(1_000)}">${Array.from(
    { length: 9 },
    (_, n) => `<!ENTITY ${'bcdefghij'[n]} "${`&${'abcdefghi'[n]};`.repeat(10)}">`,
  ).join('')}]><sst>&j;</sst>`
  const bombs = [
    zipOf([{ name, text: zeros }]),
    zipOf([{ name, text: zeros, says: 0 }]),
    zipOf([{ name, text: zeros, says: 100 }]),
    zipOf([{ name, text: Buffer.from(entities) }]),
    zipOf(Array.from({ length: 5_000 }, (_, n) => ({ name: `p${n}`, text: Buffer.from('x') }))),
  ]
  for (const [n, bomb] of bombs.entries()) {
    const answer = await upload(centre, staff, bomb, { type: XLSX })
    assert.equal(answer.status, 400, `${n}: ${answer.text}`)
    assert.match(answer.body.code, /^(file_too_large|wrong_file_type)$/, `${n}`)
  }
})

test('a file that takes too long is given up, and its thread with it', async () => {
  const reader = createStatementReader(1)
  assert.deepEqual(await reader.read(Buffer.from(csvOf(LINES))), { kind: 'too_large' })
})
