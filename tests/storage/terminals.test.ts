// Terminals as they are entered and reached, their tokens under several hands, and their troubles.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { EVERYTHING, HOUR_MS, MINUTE_MS } from '@byfly-pay/core'
import type { DeviceTokens } from '../../packages/server/src/ports/provider.ts'
import type { TerminalChange } from '../../packages/server/src/ports/terminal-store.ts'
import { openWorld, type StorageWorld } from './storage-world.ts'

let world: StorageWorld
before(async () => {
  world = await openWorld()
})
after(() => world.end())

function viewPool() {
  return world.storage.transaction((tx) => world.storage.pool.lockPool(tx, 'kaspi'))
}

function tokens(name: string, lifeMs = 24 * HOUR_MS): DeviceTokens {
  const expiresAtMs = Date.now() + lifeMs
  return { accessToken: `access ${name}`, refreshToken: `refresh ${name}`, expiresAtMs }
}

function keepRegistered(id: number, made: DeviceTokens) {
  const { terminals, transaction } = world.storage
  return transaction((tx) => terminals.keepRegistered(tx, id, 'Центр', made))
}

function change(id: number, what: TerminalChange) {
  return world.storage.transaction((tx) => world.storage.terminals.change(tx, id, what))
}

async function registered(name: string, lifeMs?: number): Promise<number> {
  const id = await world.addTerminal()
  await keepRegistered(id, tokens(name, lifeMs))
  return id
}

function openTasks(terminalId: number) {
  return world.sql<{ kind: string }>(
    'SELECT kind FROM tasks WHERE terminal_id = $1 AND closed_at IS NULL ORDER BY id',
    [terminalId],
  )
}

test('a device is reached with its secrets opened', async () => {
  const id = await registered('a')
  assert.deepEqual(await world.storage.terminals.device(id), {
    terminalId: id,
    system: 'kaspi',
    way: 'terminal',
    scheme: 'http',
    host: '10.0.0.1',
    port: 8080,
    tls: 'strict',
    fingerprint: null,
    apiVersion: 'v2',
    accessToken: 'access a',
    tokenVersion: 1,
    deviceNumber: null,
    canStop: null,
    cameraUrl: 'http://10.0.0.1/camera',
    ownCheque: false,
    pollMs: null,
    account: null,
  })
  assert.equal(await world.storage.terminals.device(999_999), null)
})

test('terminals are listed as they were added, the deleted ones not', async () => {
  const { sql, storage } = world
  const id = await world.addTerminal()
  const listed = await storage.terminals.view(EVERYTHING, id)
  assert.ok(listed)
  assert.ok((await storage.terminals.list(EVERYTHING)).some((terminal) => terminal.id === id))
  const { createdAtMs, nowMs, ...rest } = listed
  assert.ok(createdAtMs <= nowMs)
  assert.deepEqual(rest, {
    id,
    name: 'Касса',
    system: 'kaspi',
    countryIso: 'KZ',
    ipAddress: '10.0.0.1',
    scheme: 'http',
    host: '10.0.0.1',
    port: 8080,
    tls: 'strict',
    apiVersion: 'v2',
    cameraId: null,
    cameraUrl: 'http://10.0.0.1/camera',
    ownCheque: false,
    isActive: true,
    fingerprint: null,
    serial: null,
    registeredName: null,
    tokenExpiresAtMs: null,
    canStop: null,
    trouble: null,
    troubleSinceMs: null,
    quarantineReason: null,
    takenOut: null,
    health: null,
    suspension: null,
    reservedSources: null,
    reservedCountry: null,
    lastSeenAtMs: null,
    holder: null,
    currentPaymentId: null,
    facts: {
      id,
      isActive: true,
      isTakenOut: false,
      hasCamera: true,
      way: 'terminal',
      isHeld: false,
      needsMending: false,
      quarantinedUntilMs: null,
      needsProbe: false,
      offlineUntilMs: null,
      lastReservedAtMs: null,
      isSuspended: false,
      health: 100,
      reservedFor: null,
    },
  })
  await sql('UPDATE terminals SET deleted_at = centre_now() WHERE id = $1', [id])
  assert.equal(await storage.terminals.view(EVERYTHING, id), null)
  assert.ok(!(await storage.terminals.list(EVERYTHING)).some((terminal) => terminal.id === id))
  assert.ok(!(await viewPool()).terminals.some((terminal) => terminal.id === id))
  await change(id, { name: 'Другая' })
  assert.deepEqual(await sql('SELECT name FROM terminals WHERE id = $1', [id]), [{ name: 'Касса' }])
})

test('T5: a change touches only what it names; null takes a camera away', async () => {
  const { terminals } = world.storage
  const id = await world.addTerminal()
  const entered = async () => {
    const view = await terminals.view(EVERYTHING, id)
    assert.ok(view)
    const { facts, nowMs, ...rest } = view
    assert.equal(facts.isActive, rest.isActive)
    assert.equal(facts.hasCamera, rest.cameraUrl !== null)
    return rest
  }
  const before = await entered()
  await change(id, { ownCheque: true, tls: 'pinned' })
  assert.deepEqual(await entered(), { ...before, ownCheque: true, tls: 'pinned' })
  await change(id, { cameraUrl: null, cameraId: 4, isActive: false, apiVersion: 'v1' })
  const after = { ownCheque: true, tls: 'pinned', apiVersion: 'v1', isActive: false }
  assert.deepEqual(await entered(), { ...before, ...after, cameraUrl: null, cameraId: 4 })
})

test('a certificate is pinned by the first of many, and anew only by an operator', async () => {
  const { terminals } = world.storage
  const id = await world.addTerminal()
  const prints = Array.from({ length: 8 }, (_, n) => String(n).repeat(64))
  await Promise.all(prints.map((print) => terminals.pinFirst(id, print)))
  const first = (await terminals.device(id))?.fingerprint ?? ''
  assert.ok(prints.includes(first))
  await terminals.pinFirst(id, 'f'.repeat(64))
  assert.equal((await terminals.device(id))?.fingerprint, first)
  await world.storage.transaction((tx) => terminals.pin(tx, id, 'f'.repeat(64)))
  assert.equal((await terminals.device(id))?.fingerprint, 'f'.repeat(64))
})

test('of 10 who find a token expired one exchanges it, the others take what it brought', async () => {
  const { terminals } = world.storage
  const id = await registered('old')
  const claims = await Promise.all(
    Array.from({ length: 10 }, () => terminals.claimRenewal(id, 1, MINUTE_MS)),
  )
  assert.deepEqual(
    claims.filter(({ kind }) => kind === 'claimed'),
    [{ kind: 'claimed', name: 'Центр', refreshToken: 'refresh old' }],
  )
  assert.equal(claims.filter(({ kind }) => kind === 'blocked').length, 9)
  await terminals.keepRenewed(id, 1, tokens('new'))
  assert.deepEqual(await terminals.claimRenewal(id, 1, MINUTE_MS), { kind: 'renewed' })
  const device = await terminals.device(id)
  assert.deepEqual([device?.accessToken, device?.tokenVersion], ['access new', 2])
})

test('nobody waits for an exchange that was refused', async () => {
  const { terminals } = world.storage
  const id = await registered('refused')
  assert.equal((await terminals.claimRenewal(id, 1, MINUTE_MS)).kind, 'claimed')
  assert.equal((await terminals.claimRenewal(id, 1, MINUTE_MS)).kind, 'blocked')
  await terminals.noteTrouble(id, 'not_registered')
  assert.equal((await terminals.claimRenewal(id, 1, MINUTE_MS)).kind, 'impossible')
  await world.sql('UPDATE terminals SET renewal_blocked_until = centre_now() WHERE id = $1', [id])
  assert.equal((await terminals.claimRenewal(id, 1, MINUTE_MS)).kind, 'claimed')
})

test('both tokens are written together, and an answer that comes too late changes nothing', async () => {
  const { sql, storage } = world
  const id = await registered('one')
  await keepRegistered(id, tokens('two'))
  await storage.terminals.keepRenewed(id, 1, tokens('late'))
  const [row] = await sql<{ access: string; refresh: string; registration: number }>(
    `SELECT convert_from(access_token, 'UTF8') AS access,
       convert_from(refresh_token, 'UTF8') AS refresh, registration
     FROM terminals WHERE id = $1`,
    [id],
  )
  // Rule 7: after a registration process ids may begin anew.
  assert.deepEqual(row, { access: 'access two', refresh: 'refresh two', registration: 3 })
  await assert.rejects(
    sql('UPDATE terminals SET refresh_token = NULL WHERE id = $1', [id]),
    /terminals_tokens_whole/,
  )
})

test('a terminal that was never registered has nothing to exchange', async () => {
  const { terminals } = world.storage
  const id = await world.addTerminal()
  assert.deepEqual(await terminals.claimRenewal(id, 0, MINUTE_MS), { kind: 'impossible' })
  assert.deepEqual(await terminals.claimRenewal(999_999, 0, MINUTE_MS), { kind: 'impossible' })
})

test('tokens are due an hour before their end, not while somebody is at them or has just failed', async () => {
  const { terminals } = world.storage
  const soon = await registered('soon', HOUR_MS - MINUTE_MS)
  const later = await registered('later', HOUR_MS + MINUTE_MS)
  const due = () => terminals.dueForRenewal(HOUR_MS, 1_000)
  assert.ok((await due()).includes(soon))
  assert.ok(!(await due()).includes(later))
  assert.equal((await terminals.claimRenewal(soon, 1, MINUTE_MS)).kind, 'claimed')
  assert.ok(!(await due()).includes(soon))
  await terminals.blockRenewal(soon, 0)
  assert.ok((await due()).includes(soon))
  await terminals.noteTrouble(soon, 'not_registered')
  assert.ok(!(await due()).includes(soon))
})

test('a trouble is news once, has one task, and keeps the terminal out of the pool until it ends', async () => {
  const { terminals } = world.storage
  const id = await world.addTerminal()
  const needsMending = async () =>
    (await viewPool()).terminals.find((terminal) => terminal.id === id)?.needsMending
  assert.equal(await needsMending(), false)
  const news = await Promise.all(
    Array.from({ length: 10 }, () => terminals.noteTrouble(id, 'certificate_changed')),
  )
  assert.equal(news.filter(Boolean).length, 1)
  assert.deepEqual(await openTasks(id), [{ kind: 'certificate_changed' }])
  assert.equal(await needsMending(), true)
  assert.ok((await terminals.troubled(1_000)).includes(id))

  assert.equal(await terminals.noteTrouble(id, 'not_registered'), true)
  assert.deepEqual(await openTasks(id), [{ kind: 'not_registered' }])
  await terminals.endTrouble(id)
  assert.deepEqual(await openTasks(id), [])
  assert.equal(await needsMending(), false)
  assert.ok(!(await terminals.troubled(1_000)).includes(id))
})

test('who a device is: what it leaves unsaid is kept', async () => {
  const { sql, storage } = world
  const id = await world.addTerminal()
  const whole = { serial: 'S1', posNumber: 'P1', deviceNumber: '31104288' }
  await storage.terminals.noteIdentity(id, whole, 'v1')
  const partly = { serial: 'S2', posNumber: null, deviceNumber: null }
  await storage.terminals.noteIdentity(id, partly, 'v1')
  const [row] = await sql(
    'SELECT serial, pos_number, device_number, api_version FROM terminals WHERE id = $1',
    [id],
  )
  const expected = { serial: 'S2', pos_number: 'P1', device_number: '31104288', api_version: 'v1' }
  assert.deepEqual(row, expected)
})
