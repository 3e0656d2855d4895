// Checks side by side: order, one that throws, one that hangs; and where each line turns from well to worse.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DAY_MS, HOUR_MS } from '@byfly-pay/core'
import type { Clock } from '../ports/clock.ts'
import type { Backlog } from '../ports/examination.ts'
import { ok } from '../terminals/check-line.ts'
import { backlogFindings } from './check-backlog.ts'
import { nameLine, roomLine, termLine } from './check-machine.ts'
import { balanceLine } from './check-sending.ts'
import { type Check, examine } from './examine.ts'
import { found } from './finding.ts'

/** Every wait is over at once. */
const hasty: Clock = {
  now: () => 0,
  sleep: () => new Promise((resolve) => setImmediate(resolve)),
  timeout: () => new AbortController().signal,
}

test('one that throws and one that hangs are findings, and stop nobody', async () => {
  const well: Check = { name: 'disk', limitMs: 1, run: async () => [found('disk', ok('да'))] }
  const broken: Check = {
    name: 'sms',
    limitMs: 1,
    run: () => Promise.reject(new Error('обрыв')),
  }
  const hanging: Check = { name: 'names', limitMs: 3_000, run: () => new Promise(() => {}) }
  const findings = await examine([hanging, broken, well], hasty)
  assert.deepEqual(
    findings.map(({ check, message, state }) => [check, state, message]),
    [
      ['names', 'failed', 'Нет ответа за 3 с'],
      ['sms', 'failed', 'Проверить не удалось: обрыв'],
      ['disk', 'ok', 'да'],
    ],
  )
})

test('room on a disk, the term of a certificate, a balance', () => {
  const GIGABYTE = 1024 ** 3
  const room = (gigabytes: number) =>
    roomLine({
      path: '/',
      holds: 'data',
      freeBytes: gigabytes * GIGABYTE,
      totalBytes: 100 * GIGABYTE,
    }).state
  assert.deepEqual([room(0.9), room(1), room(4.9), room(5)], ['failed', 'warning', 'warning', 'ok'])
  const ends = (ms: number) => termLine(0, 100 * DAY_MS, 100 * DAY_MS - ms, 'UTC').state
  assert.deepEqual([ends(0), ends(14 * DAY_MS), ends(14 * DAY_MS + 1)], ['failed', 'warning', 'ok'])
  assert.equal(termLine(DAY_MS, 2 * DAY_MS, 0, 'UTC').state, 'failed')
  const balance = (amount: string) =>
    balanceLine(
      { provider: 'smsc', balance: { kind: 'known', amount, currency: 'KZT' }, lastFault: null },
      1_000,
    ).state
  assert.deepEqual([balance('999.99'), balance('1000')], ['warning', 'ok'])
})

test('a name inside is a warning for the centre and a failure for a receiver', () => {
  assert.deepEqual(
    [nameLine('forbidden', true).state, nameLine('forbidden', false).state],
    ['warning', 'failed'],
  )
  assert.deepEqual(
    [nameLine('unknown', true).state, nameLine('resolves', false).state],
    ['failed', 'ok'],
  )
})

test('a pile is judged by its age, what nobody watches at once', () => {
  const none = { count: 0, oldestMs: null }
  const nowMs = 10 * DAY_MS
  const empty: Backlog = {
    nowMs,
    dueDeliveries: none,
    parkedDeliveries: none,
    unfoldedDeltas: none,
    unknownAttempts: none,
    unwatchedAttempts: none,
    openTasks: none,
    failingEndpoints: [],
  }
  const states = (more: Partial<Backlog>) =>
    backlogFindings({ ...empty, ...more }, 'UTC')
      .map(({ state }) => state)
      .filter((state) => state !== 'ok')
  const since = (ms: number) => ({ count: 3, oldestMs: nowMs - ms })
  assert.deepEqual(states({}), [])
  assert.deepEqual(states({ unfoldedDeltas: since(HOUR_MS) }), [])
  assert.deepEqual(states({ unfoldedDeltas: since(HOUR_MS + 1) }), ['warning'])
  assert.deepEqual(states({ dueDeliveries: since(HOUR_MS) }), ['warning'])
  assert.deepEqual(states({ openTasks: since(2 * DAY_MS) }), [])
  assert.deepEqual(states({ unknownAttempts: since(1) }), ['warning'])
  assert.deepEqual(states({ unwatchedAttempts: since(1) }), ['failed'])
  const endpoint = { sourceId: 1, endpoint: 'https://shop.kz/h', sinceMs: 0, isSwitchedOff: true }
  assert.deepEqual(states({ failingEndpoints: [endpoint] }), ['failed'])
})
