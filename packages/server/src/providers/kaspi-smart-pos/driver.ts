// The driver of Kaspi Smart POS terminals: the port's calls over the device's local HTTP API. It must
// never throw, never repeat a start, and never turn silence into a yes or a no.

import { type Observation, type StartResult, TIYN_PER_TENGE } from '@byfly-pay/core'
import type { Clock } from '../../ports/clock.ts'
import type { Log } from '../../ports/log.ts'
import type { Device, DeviceCheck, Provider, QrReading } from '../../ports/provider.ts'
import { CAMERA_LIMITS, type CameraLimits } from '../camera/limits.ts'
import { openCameras, type ScreenLook } from '../camera/look-at-screen.ts'
import type { DeviceNetworks } from '../device-networks.ts'
import {
  actualizeCall,
  cancelCall,
  type DeviceCall,
  deviceInfoCall,
  paymentCall,
  statusCall,
} from './calls.ts'
import { deviceCheck } from './device-check.ts'
import { qrReading } from './kaspi-link.ts'
import { DEVICE_LIMITS, type DeviceLimits } from './limits.ts'
import { oddityLog } from './oddity-log.ts'
import { startResult } from './start-result.ts'
import { statusReport } from './status-report.ts'
import { type CallResult, openTransport } from './transport.ts'

export interface KaspiSmartPosParts {
  readonly log: Log
  readonly clock: Clock
  readonly networks: DeviceNetworks
  /** Smaller ones for tests; the rest stay as they are in the field. */
  readonly limits?: Partial<DeviceLimits>
  readonly cameraLimits?: Partial<CameraLimits>
}

/** The provider together with the connections it keeps. */
export interface Driver extends Provider {
  close(): Promise<void>
}

export function createKaspiSmartPos(parts: KaspiSmartPosParts): Driver {
  const { log, clock, networks } = parts
  const limits = { ...DEVICE_LIMITS, ...parts.limits }
  const transport = openTransport(networks, limits)
  const cameras = openCameras(networks, { ...CAMERA_LIMITS, ...parts.cameraLimits })
  const noteOddities = oddityLog(log)

  async function askAbout(
    device: Device,
    processId: string,
    call: DeviceCall,
    limitMs: number,
    signal: AbortSignal,
  ): Promise<Observation> {
    const result = await transport.ask(call, limitMs, signal)
    const { observation, oddities } = statusReport(result, processId)
    noteOddities(device.terminalId, oddities)
    return observation
  }

  return {
    system: 'kaspi',
    qrLifeMs: limits.qrLifeMs,

    async start(device: Device, chargeTiyn: bigint): Promise<StartResult> {
      if (chargeTiyn <= 0n || chargeTiyn % TIYN_PER_TENGE !== 0n) {
        log.error({ terminalId: device.terminalId }, 'Сумма не в целых тенге: вызова не было.')
        return { kind: 'refused', reason: 'bad_request' }
      }
      const call = paymentCall(device, chargeTiyn / TIYN_PER_TENGE)
      const answer = await transport.sendOnce(call, limits.startMs)
      const result = startResult(answer)
      if (result.kind !== 'accepted') log.warn(startFields(device, answer, result), NOT_STARTED)
      return result
    },

    observe: (device, processId, signal) =>
      askAbout(device, processId, statusCall(device, processId), limits.statusMs, signal),

    actualize: (device, processId, signal) =>
      askAbout(device, processId, actualizeCall(device, processId), limits.actualizeMs, signal),

    async stop(device, processId, signal) {
      await transport.ask(cancelCall(device, processId), limits.stopMs, signal)
    },

    async readQr(device, signal): Promise<QrReading> {
      if (device.cameraUrl === null) return { kind: 'nothing' }
      return readingOf(await cameras.look(device.cameraUrl, null, signal))
    },

    async check(device, signal): Promise<DeviceCheck> {
      const startedAt = clock.now()
      const asked = transport.ask(deviceInfoCall(device), limits.checkMs, signal)
      const timed = asked.then((result) => ({ result, latencyMs: clock.now() - startedAt }))
      const looked =
        device.cameraUrl === null ? null : cameras.look(device.cameraUrl, limits.checkMs, signal)
      const { result, latencyMs } = await timed
      return deviceCheck(result, latencyMs, cameraState(await looked))
    },

    async close() {
      await Promise.all([transport.close(), cameras.close()])
    },
  }
}

const NOT_STARTED = 'Терминал не принял платёж.'

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
      return { kind: 'nothing' }
    case 'failed':
      return { kind: 'camera_failed' }
  }
}

function cameraState(look: ScreenLook | null): DeviceCheck['camera'] {
  if (look === null) return 'none'
  return look.kind === 'failed' ? 'failed' : 'ok'
}
