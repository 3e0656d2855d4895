// Connections to Kaspi QR API at the command line: secrets come from files, faults are named at once, and each
// act is in the audit under the name of the account.

import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { BANK_ACCOUNT, type BankServer, startBank } from '../../packages/simulator/src/index.ts'
import { byfly } from '../support/byfly.ts'
import { startTestCentre, type TestCentre } from '../support/centre.ts'
import { newScratchFolder } from '../support/scratch-folder.ts'

let bank: BankServer
let centre: TestCentre

before(async () => {
  bank = await startBank()
  centre = await startTestCentre({ terminals: 1 })
})
after(async () => {
  await centre.stop()
  await bank.close()
})

const qrApi = (...words: string[]) => byfly(centre.database, ['qr-api', ...words])

test('added from a key in a file, registered, changed, removed, each in the audit', async () => {
  const keyFile = join(newScratchFolder('key'), 'api-key')
  await writeFile(keyFile, `${BANK_ACCOUNT.apiKey}\n`)
  const needed = await qrApi(
    'add',
    'Банк',
    'bank.example.kz',
    '--scheme',
    'r3',
    '--trade-point',
    '1',
  )
  assert.equal(needed.code, 1)
  assert.match(needed.out, /--certificate: этой схеме без него нельзя\n--bin: этой схеме без него/)
  const point = String(BANK_ACCOUNT.tradePointId)
  const added = await qrApi(
    ...['add', 'Банк', bank.url, '--scheme', 'r1', '--trade-point', point],
    ...['--api-key-file', keyFile],
  )
  assert.equal(added.code, 0, added.out)
  const id = /Подключение (\d+)/.exec(added.out)?.[1] ?? ''
  for (const words of [
    ['register', id],
    ['set', id, '--form', 'link', '--no-enabled'],
    ['remove', id],
  ]) {
    const { code, out } = await qrApi(...words)
    assert.equal(code, 0, out)
  }
  const lines = await centre.sql(
    'SELECT action, actor_kind, facts::text AS facts FROM audit_log WHERE target_id = $1 ORDER BY seq',
    [id],
  )
  assert.deepEqual(
    lines.map(({ action }) => action),
    [
      'qr_connection.created',
      'terminal.registered',
      'qr_connection.changed',
      'qr_connection.deleted',
    ],
  )
  assert.ok(lines.every(({ actor_kind: kind }) => kind === 'cli'))
  assert.ok(!JSON.stringify(lines).includes(BANK_ACCOUNT.apiKey))
  assert.equal(bank.calls.at(-1)?.path, '/r1/v01/device/delete')
})
