// The driver of Kaspi Smart POS terminals: the port's calls over the device's local HTTP API. It must
// never throw, never repeat a start, and never turn silence into a yes or a no.

import { type Observation, type StartResult, TIYN_PER_TENGE } from '@byfly-pay/core'
import type { Clock } from '../../ports/clock.ts'
import type { Hear } from '../../ports/exchange-store.ts'
import type { Log } from '../../ports/log.ts'
import type {
  ApiVersion,
  Device,
  DeviceCheck,
  QrReading,
  Sight,
  Told,
} from '../../ports/provider.ts'
import { CAMERA_LIMITS, type CameraLimits } from '../camera/limits.ts'
import { type Cameras, openCameras, type ScreenLook } from '../camera/look-at-screen.ts'
import type { DeviceNetworks } from '../device-networks.ts'
import type { Driver } from '../driver.ts'
import { outcomeOf, telling } from '../exchange.ts'
import { qrReading } from '../kaspi/kaspi-link.ts'
import { lookAtConnection } from '../look-at-connection.ts'
import { type CallResult, openTransport, type Transport } from '../transport.ts'
import {
  actualizeCall,
  cancelCall,
  deviceInfoCall,
  paymentCall,
  refreshCall,
  refundCall,
  registerCall,
  statusCall,
} from './calls.ts'
import { type DeviceLook, deviceCheck, isUnderstood } from './device-check.ts'
import { DEVICE_LIMITS, type DeviceLimits } from './limits.ts'
import { oddityLog } from './oddity-log.ts'
import { refundResult, startResult } from './start-result.ts'
import { statusReport } from './status-report.ts'
import { stopResult } from './stop-result.ts'
import { refreshResult, registerResult, type TokenClock } from './tokens.ts'
import { told, troubleOf } from './trouble.ts'

export interface KaspiSmartPosParts {
  readonly log: Log
  readonly clock: Clock
  readonly networks: DeviceNetworks
  /** Zone of the terminals' own clocks. */
  readonly zone: string
  /** Smaller ones for tests; the rest stay as they are in the field. */
  readonly limits?: Partial<DeviceLimits>
  readonly cameraLimits?: Partial<CameraLimits>
  /** Other wires than the network's, where no device is to be reached at all. */
  readonly transport?: Transport
  readonly cameras?: Cameras
}

export function createKaspiSmartPos(parts: KaspiSmartPosParts): Driver {
  const { log, clock, networks, zone } = parts
  const limits = { ...DEVICE_LIMITS, ...parts.limits }
  const transport = parts.transport ?? openTransport(networks, limits)
  const cameras =
    parts.cameras ?? openCameras(networks, { ...CAMERA_LIMITS, ...parts.cameraLimits })
  const noteOddities = oddityLog(log)
  const tokenClock = (): TokenClock => ({
    nowMs: clock.now(),
    zone,
    tokenLifeMs: limits.tokenLifeMs,
  })

  async function askAbout(
    device: Device,
    processId: string,
    name: 'status' | 'actualize',
    signal: AbortSignal,
    hear?: Hear,
  ): Promise<Told<Observation>> {
    const { apiVersion, terminalId } = device
    const tell = telling(clock, name, hear)
    const { call, limitMs } =
      name === 'status'
        ? { call: statusCall(device, processId), limitMs: limits.statusMs }
        : { call: actualizeCall(device, processId), limitMs: limits.actualizeMs }
    const result = await transport.ask(call, limitMs, signal)
    const { observation, oddities } = statusReport(result, apiVersion, processId)
    tell(result, outcomeOf(observation))
    noteOddities(terminalId, oddities)
    return told(observation, troubleOf(result, apiVersion))
  }

  return {
    system: 'kaspi',
    way: 'terminal',
    refundKind: () => 'with_customer',
    qrLifeMs: limits.qrLifeMs,

    async start(device, chargeTiyn, hear): Promise<Told<StartResult>> {
      if (chargeTiyn <= 0n || chargeTiyn % TIYN_PER_TENGE !== 0n) {
        log.error({ terminalId: device.terminalId }, 'Сумма не в целых тенге: вызова не было.')
        return { kind: 'refused', reason: 'bad_request' }
      }
      const tell = telling(clock, 'start', hear)
      const call = paymentCall(device, chargeTiyn / TIYN_PER_TENGE)
      const answer = await transport.sendOnce(call, limits.startMs)
      const result = startResult(answer, device.apiVersion)
      tell(answer, outcomeOf(result))
      if (result.kind !== 'accepted') log.warn(startFields(device, answer, result), NOT_STARTED)
      return told(result, troubleOf(answer, device.apiVersion))
    },

    async refund(device, purchase, hear): Promise<Told<StartResult>> {
      const { refundTiyn } = purchase
      if (refundTiyn <= 0n || refundTiyn % TIYN_PER_TENGE !== 0n) {
        log.error({ terminalId: device.terminalId }, 'Возврат не в целых тенге: вызова не было.')
        return { kind: 'refused', reason: 'bad_request' }
      }
      const tell = telling(clock, 'start', hear)
      const call = refundCall(device, purchase, refundTiyn / TIYN_PER_TENGE)
      const answer = await transport.sendOnce(call, limits.startMs)
      const result = refundResult(answer, device.apiVersion)
      tell(answer, outcomeOf(result))
      if (result.kind !== 'accepted') log.warn(startFields(device, answer, result), NOT_REFUNDED)
      return told(result, troubleOf(answer, device.apiVersion))
    },

    observe: (device, processId, signal, hear) =>
      askAbout(device, processId, 'status', signal, hear),

    actualize: (device, processId, signal, hear) =>
      askAbout(device, processId, 'actualize', signal, hear),

    async stop(device, processId, signal, hear) {
      const tell = telling(clock, 'stop', hear)
      const answer = await transport.ask(cancelCall(device, processId), limits.stopMs, signal)
      const result = stopResult(answer, device.apiVersion)
      tell(answer, result)
      return result
    },

    async readQr(device, signal, atMostMs): Promise<QrReading> {
      if (device.cameraUrl === null) return { kind: 'nothing', hint: null }
      return readingOf(await cameras.look(device.cameraUrl, atMostMs ?? null, signal))
    },

    async see(device, signal, atMostMs): Promise<Sight> {
      if (device.cameraUrl === null) return { reading: { kind: 'camera_failed' }, frame: null }
      const look = await cameras.show(device.cameraUrl, atMostMs, signal)
      const frame = look.kind === 'failed' ? null : (look.frame ?? null)
      return { reading: readingOf(look), frame }
    },

    async check(device, signal): Promise<Told<DeviceCheck>> {
      const looked =
        device.cameraUrl === null ? null : cameras.look(device.cameraUrl, limits.checkMs, signal)
      const found = await lookAtDevice(transport, clock, device, limits.checkMs, signal)
      const look = await looked
      const check = deviceCheck(found, look === null ? null : readingOf(look))
      return told(check, troubleOf(found.result, found.version))
    },

    async register(device, name, signal) {
      const call = registerCall(device, name)
      const result = await transport.sendOnce(call, limits.registerMs, signal)
      const outcome = registerResult(result, device.apiVersion, tokenClock())
      return told(outcome, troubleOf(result, device.apiVersion))
    },

    async refresh(device, name, refreshToken) {
      const call = refreshCall(device, name, refreshToken)
      const result = await transport.sendOnce(call, limits.refreshMs)
      const outcome = refreshResult(result, device.apiVersion, tokenClock())
      return told(outcome, troubleOf(result, device.apiVersion))
    },

    // It keeps a centre's name until somebody removes that on its screen.
    forget: async () => {},

    connect: (device, signal) => lookAtConnection(parts, device, limits, signal),

    async close() {
      await Promise.all([transport.close(), cameras.close()])
    },
  }
}

/** Asks in the version that was entered, and in the other when the answer is not of that one. */
async function lookAtDevice(
  transport: Transport,
  clock: Clock,
  device: Device,
  limitMs: number,
  signal: AbortSignal,
): Promise<DeviceLook> {
  const startedAt = clock.now()
  const ask = async (version: ApiVersion): Promise<DeviceLook> => {
    const askedAt = clock.now()
    const call = deviceInfoCall({ ...device, apiVersion: version })
    const result = await transport.ask(call, limitMs - (askedAt - startedAt), signal)
    const now = clock.now()
    return { result, version, latencyMs: now - askedAt, nowMs: now }
  }
  const first = await ask(device.apiVersion)
  if (first.result.kind !== 'answered' || isUnderstood(first.result, first.version)) return first
  const second = await ask(device.apiVersion === 'v2' ? 'v1' : 'v2')
  return isUnderstood(second.result, second.version) ? second : first
}

const NOT_STARTED = 'Терминал не принял платёж.'
const NOT_REFUNDED = 'Терминал не начал возврат.'

function startFields(device: Device, answer: CallResult, result: StartResult) {
  const { terminalId } = device
  const reason = result.kind === 'refused' ? result.reason : result.kind
  const cause = answer.kind === 'answered' ? `HTTP_${answer.httpStatus}` : answer.cause
  return { terminalId, reason, cause }
}

function readingOf(look: ScreenLook): QrReading {
  switch (look.kind) {
    case 'texts':
      return qrReading(look.texts)
    case 'nothing':
      return { kind: 'nothing', hint: look.hint }
    case 'failed':
      return { kind: 'camera_failed' }
  }
}
