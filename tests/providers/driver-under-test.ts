// The real driver with limits scaled down to a test's patience, and a log that is kept for reading.

import type { Log } from '../../packages/server/src/ports/log.ts'
import type { Device } from '../../packages/server/src/ports/provider.ts'
import { createDeviceNetworks } from '../../packages/server/src/providers/device-networks.ts'
import type { Driver } from '../../packages/server/src/providers/driver.ts'
import {
  createKaspiSmartPos,
  type KaspiSmartPosParts,
} from '../../packages/server/src/providers/kaspi-smart-pos/driver.ts'

export const SCALED_LIMITS = {
  connectMs: 300,
  startMs: 400,
  statusMs: 250,
  actualizeMs: 350,
  stopMs: 250,
  registerMs: 600,
  refreshMs: 400,
  checkMs: 600,
}

export interface LogLine {
  readonly fields: Record<string, unknown>
  readonly message: string
}

export interface DriverUnderTest {
  readonly driver: Driver
  readonly lines: readonly LogLine[]
}

export function driverUnderTest(parts: Partial<KaspiSmartPosParts> = {}): DriverUnderTest {
  const lines: LogLine[] = []
  const write = (fields: Record<string, unknown>, message: string) => {
    lines.push({ fields, message })
  }
  const log: Log = { info: write, warn: write, error: write }
  const driver = createKaspiSmartPos({
    log,
    clock: {
      now: () => Date.now(),
      sleep: async () => {},
      timeout: (ms) => AbortSignal.timeout(ms),
    },
    networks: createDeviceNetworks({ allowed: ['127.0.0.0/8', '::1'] }),
    zone: 'Asia/Almaty',
    limits: SCALED_LIMITS,
    cameraLimits: { connectMs: 300, lookMs: 2_000, longPollGraceMs: 200 },
    ...parts,
  })
  return { driver, lines }
}

export function deviceAt(port: number, change: Partial<Device> = {}): Device {
  return {
    terminalId: 7,
    system: 'kaspi',
    way: 'terminal',
    scheme: 'http',
    host: '127.0.0.1',
    port,
    tls: 'strict',
    fingerprint: null,
    apiVersion: 'v2',
    accessToken: null,
    tokenVersion: 0,
    deviceNumber: null,
    canStop: null,
    cameraUrl: null,
    ownCheque: false,
    pollMs: null,
    account: null,
    ...change,
  }
}

export function patience(limitMs = 5_000): AbortSignal {
  return AbortSignal.timeout(limitMs)
}
