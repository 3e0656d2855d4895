// Which errors mean that the database is away, and which that the program is wrong.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DatabaseUnavailable } from '../../packages/server/src/ports/database-unavailable.ts'
import { openStorage } from '../../packages/server/src/storage/open.ts'
import { freshDatabase } from '../support/database.ts'
import { quietLog } from '../support/test-server.ts'
import { plainVault } from './storage-world.ts'

function open(url: string) {
  return openStorage({ url, log: quietLog, vault: plainVault, poolSize: 1 })
}

const AWAY: Readonly<Record<string, (url: URL) => void>> = {
  'nobody listens on the port': (url) => {
    url.port = '1'
  },
  'nobody listens on any address of the host': (url) => {
    url.hostname = 'localhost'
    url.port = '1'
  },
  'the host has no address': (url) => {
    url.hostname = 'nowhere.invalid'
  },
  'there is no such database': (url) => {
    url.pathname = '/nowhere'
  },
}

for (const [name, change] of Object.entries(AWAY)) {
  test(`${name}: unavailable, by a statement and by a transaction`, async (t) => {
    const database = await freshDatabase()
    t.after(() => database.drop())
    const url = new URL(database.url)
    change(url)
    const opened = open(url.href)
    t.after(() => opened.close())
    await assert.rejects(opened.storage.accounts.isTakingMoney(), DatabaseUnavailable)
    await assert.rejects(
      opened.storage.transaction(async () => {}),
      DatabaseUnavailable,
    )
  })
}

test('a pool with no connection left is unavailable in bounded time', async (t) => {
  const database = await freshDatabase()
  t.after(() => database.drop())
  const opened = open(database.url)
  t.after(() => opened.close())
  await opened.storage.transaction(async () => {
    await assert.rejects(opened.storage.accounts.isTakingMoney(), DatabaseUnavailable)
  })
})

test('a mistake in the data is no outage', async (t) => {
  const database = await freshDatabase()
  t.after(() => database.drop())
  const opened = open(database.url)
  t.after(() => opened.close())
  await assert.rejects(opened.storage.payments.view('not a uuid'), (error) => {
    assert.ok(!(error instanceof DatabaseUnavailable))
    return true
  })
})
