// BYFLY_SMS and what goes with it, as it is read at the start.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pino } from 'pino'
import { ConfigError, readConfig } from '../../packages/server/src/config.ts'
import { startCentre } from '../../packages/server/src/main.ts'
import { freshDatabase } from '../support/database.ts'

const PRODUCTION = {
  DATABASE_URL: 'postgres://x@localhost/x',
  BYFLY_SECRET_KEY: 'a secret key for tests, never for anything real',
}

test('without a word the demo writes a file, and production sends nothing', () => {
  const demo = readConfig({ BYFLY_DATA_DIR: '/tmp/somewhere' })
  assert.deepEqual(demo.sms, { sender: 'file', path: '/tmp/somewhere/sms.ndjson' })
  assert.deepEqual(readConfig(PRODUCTION).sms, { sender: 'none' })
})

test('a gateway has its own address, and another where one is given', () => {
  const smsc = { BYFLY_SMS: 'smsc', BYFLY_SMSC_LOGIN: 'me', BYFLY_SMSC_PASSWORD: 'secret' }
  assert.deepEqual(readConfig({ ...PRODUCTION, ...smsc }).sms, {
    sender: 'smsc',
    baseUrl: 'https://smsc.kz',
    login: 'me',
    password: 'secret',
    from: null,
  })
  const mobizon = {
    BYFLY_SMS: 'mobizon',
    BYFLY_MOBIZON_KEY: 'key',
    BYFLY_MOBIZON_FROM: 'ByFly',
    BYFLY_MOBIZON_URL: 'http://127.0.0.1:9/sms/',
  }
  assert.deepEqual(readConfig({ ...PRODUCTION, ...mobizon }).sms, {
    sender: 'mobizon',
    baseUrl: 'http://127.0.0.1:9/sms',
    key: 'key',
    from: 'ByFly',
  })
})

test('what is missing or wrong is named with the rest of the faults', () => {
  const faultsOf = (env: Record<string, string>): readonly string[] => {
    try {
      readConfig({ ...PRODUCTION, ...env })
      return []
    } catch (error) {
      assert.ok(error instanceof ConfigError)
      return error.faults
    }
  }
  assert.deepEqual(faultsOf({ BYFLY_SMS: 'pigeon', PORT: 'x' }).length, 2)
  assert.deepEqual(faultsOf({ BYFLY_SMS: 'smsc' }), [
    'BYFLY_SMSC_LOGIN: нужен при BYFLY_SMS=smsc',
    'BYFLY_SMSC_PASSWORD: нужен при BYFLY_SMS=smsc',
  ])
  const wrong = faultsOf({ BYFLY_SMS: 'mobizon', BYFLY_MOBIZON_URL: 'ftp://x' })
  assert.equal(wrong.length, 2)
})

test('a centre that can send nothing starts, and says so to its operator', async () => {
  const database = await freshDatabase()
  const lines: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => lines.push(line) })
  const env = { ...PRODUCTION, DATABASE_URL: database.url, PORT: '0', HOST: '127.0.0.1' }
  const running = await startCentre(readConfig(env), { ...database, stop: async () => {} }, log)
  try {
    assert.equal((await fetch(`${running.url}/readyz`)).status, 200)
    assert.match(
      lines.join(''),
      /SMS не настроены, войти нельзя: выберите шлюз в консоли или задайте BYFLY_SMS/,
    )
  } finally {
    await running.stop()
    await database.drop()
  }
})
