// The driver of Kaspi QR API, the bank's own server: the port's calls over its three schemes. It must never
// throw, never repeat a call that makes something, and never turn silence into a yes or a no.

import { type Observation, type StartResult, TIYN_PER_TENGE } from '@byfly-pay/core'
import type { Clock, Random } from '../../ports/clock.ts'
import type { Hear } from '../../ports/exchange-store.ts'
import type { Log } from '../../ports/log.ts'
import type { Device, Purchase, RefundKind, Told } from '../../ports/provider.ts'
import type { DeviceNetworks } from '../device-networks.ts'
import type { Driver } from '../driver.ts'
import { outcomeOf, telling } from '../exchange.ts'
import { lookAtConnection } from '../look-at-connection.ts'
import { type DeviceCall, openTransport } from '../transport.ts'
import {
  type Caller,
  createCall,
  detailsCall,
  forgetCall,
  registerCall,
  returnCall,
  returnQrCall,
  returnStatusCall,
  statusCall,
  tradePointsCall,
} from './calls.ts'
import { CertificateFault, ownCertificate } from './certificate-folder.ts'
import { connectionCheck } from './connection-check.ts'
import { QR_API_LIMITS, type QrApiLimits } from './limits.ts'
import { oddityLog } from './oddity-log.ts'
import { type OperationId, operationOf } from './operation-id.ts'
import { refreshResult, registerResult } from './registration.ts'
import { dataOf, readReply } from './reply.ts'
import { paymentResult, returnQrResult, returnResult } from './start-result.ts'
import { statusReport } from './status-report.ts'
import { sumField } from './sum.ts'

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

interface OpenCaller extends Caller {
  readonly endsAtMs: number | null
}

const NOT_SENT = { kind: 'refused', reason: 'access_denied' } as const

export function createKaspiQrApi(parts: KaspiQrApiParts): Driver {
  const { clock, log, networks } = parts
  const limits = { ...QR_API_LIMITS, ...parts.qrApiLimits }
  const transport = openTransport(networks, limits)
  const noteOddity = oddityLog(log)

  /** Null when nothing can be sent as this caller; that is said in the log, and no secret with it. */
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

  /** A call that makes something: once, on a connection of its own. */
  async function make(
    device: Device,
    callOf: (caller: Caller) => DeviceCall,
    resultOf: (result: Awaited<ReturnType<typeof transport.sendOnce>>) => Told<StartResult>,
    hear?: Hear,
  ): Promise<Told<StartResult>> {
    const caller = await callerOf(device)
    if (caller === null) return NOT_SENT
    const tell = telling(clock, 'start', hear)
    const answer = await transport.sendOnce(callOf(caller), limits.createMs)
    const result = resultOf(answer)
    tell(answer, outcomeOf(result))
    return result
  }

  /** A refund at once is asked for only where the bank does not say that so much is not there. */
  async function isRefusedAhead(caller: Caller, paymentId: string, tiyn: bigint) {
    const signal = clock.timeout(limits.statusMs)
    const answer = await transport.ask(detailsCall(caller, paymentId), limits.statusMs, signal)
    if (answer.kind !== 'answered') return false
    const reply = readReply(answer.httpStatus, answer.body)
    const leftTiyn =
      reply.kind === 'worked' ? sumField(dataOf(reply), 'AvailableReturnAmount') : null
    return leftTiyn !== null && leftTiyn < tiyn
  }

  async function giveBack(
    device: Device,
    paymentId: string,
    tiyn: bigint,
    hear?: Hear,
  ): Promise<Told<StartResult>> {
    const tenge = tiyn / TIYN_PER_TENGE
    if (refundKindOf(device) === 'with_customer') {
      return make(
        device,
        (caller) => returnQrCall(caller, paymentId, tenge),
        (answer) => returnQrResult(answer, limits, clock.now()),
        hear,
      )
    }
    const caller = await callerOf(device)
    if (caller === null) return NOT_SENT
    if (await isRefusedAhead(caller, paymentId, tiyn)) {
      return { kind: 'refused', reason: 'refund_not_allowed' }
    }
    return make(
      device,
      (sender) => returnCall(sender, paymentId, tenge),
      (answer) => returnResult(answer, tiyn, String(clock.now())),
      hear,
    )
  }

  async function ask(
    device: Device,
    operation: Exclude<OperationId, { kind: 'returned' }>,
    signal: AbortSignal,
    hear?: Hear,
  ): Promise<Told<Observation>> {
    const caller = await callerOf(device)
    if (caller === null) return { kind: 'no_answer' }
    const { id, kind } = operation
    const tell = telling(clock, 'status', hear)
    const call = kind === 'payment' ? statusCall(caller, id) : returnStatusCall(caller, id)
    const answer = await transport.ask(call, limits.statusMs, signal)
    const { observation, oddity } = statusReport(answer, operation)
    tell(answer, outcomeOf(observation))
    noteOddity(device.terminalId, oddity)
    return observation
  }

  async function observe(
    device: Device,
    processId: string,
    signal: AbortSignal,
    hear?: Hear,
  ): Promise<Told<Observation>> {
    const operation = operationOf(processId)
    if (operation === null) return { kind: 'not_found' }
    return operation.kind === 'returned'
      ? givenBack(operation)
      : ask(device, operation, signal, hear)
  }

  return {
    system: 'kaspi',
    way: 'qr_api',
    qrLifeMs: limits.qrLifeMostMs,
    refundKind: refundKindOf,

    async start(device, chargeTiyn, hear, attemptId = ''): Promise<Told<StartResult>> {
      if (chargeTiyn <= 0n || chargeTiyn % TIYN_PER_TENGE !== 0n) {
        log.error({ terminalId: device.terminalId }, 'Сумма не в целых тенге: вызова не было.')
        return { kind: 'refused', reason: 'bad_request' }
      }
      if (device.accessToken === null) {
        return { kind: 'refused', reason: 'not_registered', trouble: 'not_registered' }
      }
      return make(
        device,
        (caller) => createCall(caller, chargeTiyn / TIYN_PER_TENGE, attemptId),
        (answer) => paymentResult(answer, limits, clock.now()),
        hear,
      )
    },

    async refund(device, purchase, hear): Promise<Told<StartResult>> {
      const refusal = refusalAhead(device, purchase)
      if (refusal !== null) return refusal
      return giveBack(device, purchase.processId ?? '', purchase.refundTiyn, hear)
    },

    observe,
    // The bank answers for itself: there is nobody behind it to be asked again.
    actualize: observe,
    stop: async () => 'not_supported',
    readQr: async () => ({ kind: 'nothing', hint: null }),
    see: async () => ({ reading: { kind: 'camera_failed' }, frame: null }),

    async check(device, signal) {
      const caller = await callerOf(device)
      const startedAt = clock.now()
      const result =
        caller === null
          ? null
          : await transport.ask(tradePointsCall(caller), limits.checkMs, signal)
      const nowMs = clock.now()
      return connectionCheck({
        result,
        tradePointId: device.account?.tradePointId ?? '',
        isRegistered: device.accessToken !== null,
        latencyMs: nowMs - startedAt,
        nowMs,
        endsAtMs: caller?.endsAtMs ?? null,
      })
    },

    async register(device, name, signal) {
      const caller = await callerOf(device)
      if (caller === null) return { kind: 'not_connected' }
      const call = registerCall(caller, name)
      const result = await transport.sendOnce(call, limits.registerMs, signal)
      return registerResult(result, name, clock.now() + limits.tokenLifeMs)
    },

    async refresh(device, name) {
      const caller = await callerOf(device)
      if (caller === null) return { kind: 'not_connected' }
      const result = await transport.sendOnce(registerCall(caller, name), limits.registerMs)
      return refreshResult(result, name, clock.now() + limits.tokenLifeMs)
    },

    async forget(device, signal) {
      const caller = device.accessToken === null ? null : await callerOf(device)
      if (caller !== null) await transport.sendOnce(forgetCall(caller), limits.registerMs, signal)
    },

    connect: (device, signal) => lookAtConnection(parts, device, limits, signal),
    close: () => transport.close(),
  }
}

function refundKindOf({ account }: Device): RefundKind {
  switch (account?.scheme) {
    case 'r2':
      return 'with_customer'
    case 'r3':
      return 'at_once'
    default:
      return 'none'
  }
}

/** What needs no call to be known. */
function refusalAhead(
  device: Device,
  { processId, refundTiyn }: Purchase,
): Extract<StartResult, { kind: 'refused' }> | null {
  if (refundTiyn <= 0n || refundTiyn % TIYN_PER_TENGE !== 0n) {
    return { kind: 'refused', reason: 'bad_request' }
  }
  if (refundKindOf(device) === 'none') return { kind: 'refused', reason: 'method_not_supported' }
  const isKnown = processId !== null && operationOf(processId)?.kind === 'payment'
  return isKnown ? null : { kind: 'refused', reason: 'purchase_not_found' }
}

/** The yes was the answer to the call itself, and is kept in the process id. */
function givenBack({ id, tiyn }: Extract<OperationId, { kind: 'returned' }>): Observation {
  return {
    kind: 'succeeded',
    success: {
      grossTiyn: null,
      moneyKind: 'qr',
      providerTransactionId: id,
      product: { methodCode: null, word: '' },
      refundTiyn: tiyn,
    },
  }
}

function uuid(bytes: Buffer): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  const parts = [[0, 8], [8, 12], [12, 16], [16, 20], [20]]
  return parts.map(([from, to]) => hex.slice(from, to)).join('-')
}
