// How calls get to the bank: as whom, over which connection, and who hears of them. What an answer means is
// its callers' to say.

import type { StartResult } from '@byfly-pay/core'
import type { Clock, Random } from '../../ports/clock.ts'
import type { Hear } from '../../ports/exchange-store.ts'
import type { Log } from '../../ports/log.ts'
import type { Device, Told } from '../../ports/provider.ts'
import type { DeviceNetworks } from '../device-networks.ts'
import { outcomeOf, telling } from '../exchange.ts'
import { type CallResult, type DeviceCall, openTransport, type Transport } from '../transport.ts'
import type { Caller } from './calls.ts'
import { CertificateFault, ownCertificate } from './certificate-folder.ts'
import { QR_API_LIMITS, type QrApiLimits } from './limits.ts'

export interface KaspiQrApiParts {
  readonly log: Log
  readonly clock: Clock
  readonly random: Random
  readonly networks: DeviceNetworks
  /** The folder that names of certificates are looked for in. */
  readonly certificatesDir: string
  /** Smaller ones for tests; the rest stay as they are in the field. */
  readonly qrApiLimits?: Partial<QrApiLimits>
}

export interface OpenCaller extends Caller {
  /** When the certificate ends that is shown; null where none is. */
  readonly endsAtMs: number | null
}

export type CallOf = (caller: Caller) => DeviceCall

export interface Sender {
  readonly clock: Clock
  readonly log: Log
  readonly limits: QrApiLimits
  readonly transport: Transport
  /** Null when nothing can be sent as this caller; that is said in the log, and no secret with it. */
  callerOf(device: Device): Promise<OpenCaller | null>
  /** A call that makes something: once, on a connection of its own. */
  make(
    device: Device,
    callOf: CallOf,
    resultOf: (result: CallResult) => Told<StartResult>,
    hear?: Hear,
  ): Promise<Told<StartResult>>
}

/** Nothing was sent: there was nothing to show. */
const NOT_SENT = { kind: 'refused', reason: 'access_denied' } as const

export function openSender(parts: KaspiQrApiParts): Sender {
  const { clock, log, networks } = parts
  const limits = { ...QR_API_LIMITS, ...parts.qrApiLimits }
  const transport = openTransport(networks, limits)

  async function callerOf(device: Device): Promise<OpenCaller | null> {
    const { account, terminalId } = device
    if (account === null) return null
    try {
      const own = await ownCertificate(parts.certificatesDir, account, limits.certificateBytes)
      const requestId = uuid(parts.random.bytes(16))
      const credentials = own?.credentials ?? null
      return { device, account, credentials, requestId, endsAtMs: own?.endsAtMs ?? null }
    } catch (error) {
      if (!(error instanceof CertificateFault)) throw error
      log.error({ terminalId, fault: error.message }, 'Сертификат для банка не читается')
      return null
    }
  }

  return {
    clock,
    log,
    limits,
    transport,
    callerOf,
    async make(device, callOf, resultOf, hear) {
      const caller = await callerOf(device)
      if (caller === null) return NOT_SENT
      const tell = telling(clock, 'start', hear)
      const answer = await transport.sendOnce(callOf(caller), limits.createMs)
      const result = resultOf(answer)
      tell(answer, outcomeOf(result))
      return result
    },
  }
}

function uuid(bytes: Buffer): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  const starts = [0, 8, 12, 16, 20]
  return starts.map((from, index) => hex.slice(from, starts[index + 1])).join('-')
}
