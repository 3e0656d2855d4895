import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DAY_MS, MINUTE_MS } from '@byfly-pay/core'
import type { ConnectionLook, DeviceCheck, SightHint } from '../ports/provider.ts'
import type { TerminalView } from '../ports/terminal-store.ts'
import type { Seen } from './check-line.ts'
import { CHECKS, checklistOf } from './checklist.ts'
import { TERMINAL_WORDS } from './words/words.ts'

const NOW = Date.UTC(2026, 10, 25, 4, 0, 0)
const PRINT = 'ab'.repeat(32)

const TERMINAL: TerminalView = {
  id: 1,
  name: 'Касса',
  system: 'kaspi',
  countryIso: 'KZ',
  ipAddress: 'https://10.0.0.1',
  scheme: 'https',
  host: '10.0.0.1',
  port: 8080,
  tls: 'pinned',
  apiVersion: 'v2',
  cameraId: null,
  cameraUrl: 'http://10.0.0.2/',
  ownCheque: false,
  isActive: true,
  fingerprint: PRINT,
  serial: '1',
  canStop: null,
  registeredName: 'ByFly Pay',
  tokenExpiresAtMs: NOW + DAY_MS,
  trouble: null,
  troubleSinceMs: null,
  quarantineReason: null,
  takenOut: null,
  health: null,
  suspension: null,
  reservedSources: null,
  reservedCountry: null,
  lastSeenAtMs: null,
  createdAtMs: NOW,
  facts: {
    id: 1,
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
  holder: null,
  currentPaymentId: null,
  nowMs: NOW,
}

const CHECK: DeviceCheck = {
  finding: 'well',
  reachable: true,
  latencyMs: 12,
  identity: { serial: '1', posNumber: null, deviceNumber: null },
  apiVersion: 'v2',
  clockAheadMs: null,
  camera: 'ok',
  screen: { kind: 'nothing', hint: null },
}

function connected(expiresAtMs: number | null, connectMs = 12): ConnectionLook {
  const certificate = { fingerprint: PRINT, expiresAtMs, isVouchedFor: false }
  return { kind: 'connected', connectMs, certificate }
}

function line(check: (typeof CHECKS)[number], seen: Partial<Seen> = {}) {
  const whole: Seen = {
    before: TERMINAL,
    after: TERMINAL,
    connection: connected(NOW + 365 * DAY_MS),
    check: CHECK,
    screen: CHECK.screen,
    zone: 'Asia/Almaty',
    words: TERMINAL_WORDS.ru,
    ...seen,
  }
  const found = checklistOf(whole).find((one) => one.check === check)
  assert.ok(found)
  return found
}

test('every hint of the camera has its cure', () => {
  const rows: [SightHint, string, RegExp][] = [
    ['too_dark', 'warning', /света/],
    ['too_bright', 'ok', /^$/],
    ['blurred', 'warning', /объектив/],
    ['no_code', 'ok', /^$/],
  ]
  for (const [hint, state, cure] of rows) {
    const camera = line('camera', { screen: { kind: 'nothing', hint } })
    assert.equal(camera.state, state)
    assert.match(camera.cure ?? '', cure)
    assert.equal(line('qr', { screen: { kind: 'nothing', hint } }).state, 'skipped')
  }
})

test('a certificate that ends within a fortnight is told ahead', () => {
  assert.equal(line('tls', { connection: connected(NOW + 15 * DAY_MS) }).state, 'ok')
  const soon = line('tls', { connection: connected(NOW + 13 * DAY_MS) })
  assert.equal(soon.state, 'warning')
  assert.match(soon.message, /действует до 08\.12\.2026, 09:00$/)
  assert.equal(line('tls', { connection: connected(null) }).state, 'ok')
})

test('a clock is told to be wrong beyond two minutes, and which way', () => {
  const clock = (clockAheadMs: number | null) =>
    line('clock', { check: { ...CHECK, clockAheadMs } })
  assert.equal(clock(null).state, 'skipped')
  assert.equal(clock(2 * MINUTE_MS).state, 'ok')
  assert.match(clock(7 * MINUTE_MS).message, /спешат на 7 мин/)
  assert.match(clock(-3 * MINUTE_MS).message, /отстают на 3 мин/)
})

test('a slow connection is a warning', () => {
  assert.equal(line('network', { connection: connected(null, 1_500) }).state, 'ok')
  assert.equal(line('network', { connection: connected(null, 1_501) }).state, 'warning')
})

test('a token that ran out while the terminal is away waits for it', () => {
  const after = { ...TERMINAL, tokenExpiresAtMs: NOW - 1 }
  const check: DeviceCheck = { ...CHECK, finding: 'unreachable' }
  assert.equal(line('token', { after, before: after, check }).state, 'warning')
})

test('there is a line for every check, whatever was found', () => {
  const findings: DeviceCheck['finding'][] = [
    'well',
    'no_internet',
    'failing',
    'token_expired',
    'not_registered',
    'certificate_changed',
    'stranger',
    'certificate_untrusted',
    'forbidden_address',
    'unreachable',
  ]
  for (const words of Object.values(TERMINAL_WORDS)) {
    for (const finding of findings) {
      for (const check of [{ ...CHECK, finding }, null]) {
        for (const name of CHECKS) {
          const { cure, message, state } = line(name, { check, words })
          const isTrouble = state === 'warning' || state === 'failed'
          assert.ok(message.length > 0)
          assert.equal(cure !== null, isTrouble, `${finding} ${name}`)
        }
      }
    }
  }
})
