// Sources with their tokens and secrets, methods with their rates, and what limits count.

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { EVERYTHING } from '@byfly-pay/core'
import { openWorld, type StorageWorld } from './storage-world.ts'

let world: StorageWorld
before(async () => {
  world = await openWorld()
})
after(() => world.end())

async function addSource(tokenHash = randomBytes(32)): Promise<number> {
  const terms = { amountUnit: 'tenge', defaultWebhookUrl: 'https://shop.kz/hook' } as const
  return world.addSource(terms, tokenHash, Buffer.from('first'))
}

function rotateToken(id: number, hash: Buffer, overlapMs: number): Promise<boolean> {
  const { sources, transaction } = world.storage
  return transaction((tx) => sources.rotateToken(tx, id, hash, overlapMs))
}

function rotateSecret(id: number, sealed: string, overlapMs: number): Promise<boolean> {
  const { sources, transaction } = world.storage
  return transaction((tx) => sources.rotateSecret(tx, id, Buffer.from(sealed), overlapMs))
}

test('a source is found by its token: as it stands, and not once it is deleted', async () => {
  const { accounts } = world.storage
  const hash = randomBytes(32)
  const id = await addSource(hash)
  const source = await accounts.sourceByToken(hash)
  assert.deepEqual(source, {
    id,
    name: 'Магазин',
    countryIso: 'KZ',
    isActive: true,
    amountUnit: 'tenge',
    ceilingTiyn: 10_000_000_000n,
    toleranceTiyn: 100n,
    lifetimeSeconds: 3600,
    addCommissionToAmount: null,
    overpaidPolicy: 'task',
    defaultWebhookUrl: 'https://shop.kz/hook',
    dailyLimitTiyn: null,
    phoneHourlyLimit: null,
    openAttemptsLimit: null,
    allowedIps: [],
    refundsAllowed: false,
    refundCommission: 'source',
    refundApprovalAboveTiyn: null,
  })
  assert.deepEqual(await accounts.sourceById(id), source)
  assert.equal(await accounts.sourceByToken(randomBytes(32)), null)
  await world.sql('UPDATE sources SET is_active = false WHERE id = $1', [id])
  assert.equal((await accounts.sourceByToken(hash))?.isActive, false)
  await world.sql('UPDATE sources SET deleted_at = centre_now() WHERE id = $1', [id])
  assert.equal(await accounts.sourceByToken(hash), null)
  const { sources, transaction } = world.storage
  assert.equal(await transaction((tx) => sources.lock(tx, EVERYTHING, id)), null)
})

test('L5: a rotated token lives on for its overlap, at once dead when there is none', async () => {
  const { accounts } = world.storage
  const [first, second, third] = [randomBytes(32), randomBytes(32), randomBytes(32)]
  const id = await addSource(first)
  assert.equal(await rotateToken(id, second, 60_000), true)
  assert.equal((await accounts.sourceByToken(first))?.id, id)
  assert.equal((await accounts.sourceByToken(second))?.id, id)
  assert.equal(await rotateToken(id, second, 0), false)
  assert.equal((await accounts.sourceByToken(first))?.id, id)
  assert.equal(await rotateToken(id, third, 0), true)
  assert.equal(await accounts.sourceByToken(first), null)
  assert.equal(await accounts.sourceByToken(second), null)
  assert.equal((await accounts.sourceByToken(third))?.id, id)
})

test('W1: secrets that still sign, the current one first', async () => {
  const { accounts } = world.storage
  const id = await addSource()
  await rotateSecret(id, 'second', 60_000)
  const texts = async () => (await accounts.sealedSecrets(id)).map(String)
  assert.deepEqual(await texts(), ['second', 'first'])
  await rotateSecret(id, 'third', 0)
  assert.deepEqual(await texts(), ['third'])
})

test('a source must be whole or not at all', async () => {
  const hash = randomBytes(32)
  await addSource(hash)
  const all = () => world.storage.sources.list(EVERYTHING, { afterId: 0, limit: 100 })
  const before = (await all()).length
  await assert.rejects(addSource(hash))
  await assert.rejects(addSource(Buffer.from('short')))
  assert.equal((await all()).length, before)
})

test('N2, M11: the documented methods in their order, at the rates valid now', async () => {
  const { accounts } = world.storage
  const methods = await accounts.methods()
  assert.deepEqual(
    methods.map(({ code, id, rateBp }) => `${id} ${code} ${rateBp}`),
    [
      '1 kaspi_gold 100',
      '2 kaspi_red 100',
      '3 kaspi_credit 1400',
      '4 kaspi_installment_12 1400',
      '5 kaspi_installment_24 1400',
      '6 card 100',
      '7 alaqan 100',
    ],
  )
  // Rates of the past, which nobody may add.
  await world.sql(`
    SET session_replication_role = replica;
    INSERT INTO method_rates VALUES
      (1, centre_now() - interval '1 hour', 95), (1, centre_now() + interval '1 hour', 80),
      (2, centre_now() - interval '2 days', 90);
    RESET session_replication_role`)
  await world.sql('UPDATE payment_methods SET is_active = false WHERE id = 7')
  const changed = await accounts.methods()
  assert.deepEqual(
    changed.map(({ rateBp }) => rateBp),
    [95, 90, 1400, 1400, 1400, 100],
  )
})

test('T11: what a source did today, and how often a phone asked within the hour', async () => {
  const { accounts } = world.storage
  const sourceId = await addSource()
  const more = { sourceId, customerPhone: '+77010000000' }
  await world.create(more)
  await world.create({ ...more, customerPhone: '+77020000000' })
  const cancelled = await world.create(more)
  await world.sql(
    `UPDATE payments SET status = 'cancelled', cancel_reason = 'expired' WHERE id = $1`,
    [cancelled],
  )
  assert.deepEqual(await accounts.use(sourceId, '+77010000000', 'Asia/Almaty'), {
    todayTiyn: 2_000_000n,
    phonePaymentsLastHour: 2,
  })
  assert.deepEqual(await accounts.use(sourceId, null, 'Asia/Almaty'), {
    todayTiyn: 2_000_000n,
    phonePaymentsLastHour: 0,
  })
})

test('the switch that stops taking money', async () => {
  const { accounts } = world.storage
  assert.equal(await accounts.isTakingMoney(), true)
  await world.sql(`UPDATE settings SET value = 'false' WHERE name = 'taking_money'`)
  assert.equal(await accounts.isTakingMoney(), false)
  await world.sql(`DELETE FROM settings WHERE name = 'taking_money'`)
  assert.equal(await accounts.isTakingMoney(), false)
})
