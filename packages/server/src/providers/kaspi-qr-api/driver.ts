// The driver of Kaspi QR API, the bank's own server: the port's calls over its three schemes. It must never
// throw, never repeat a call that makes something, and never turn silence into a yes or a no.

import { type Observation, TIYN_PER_TENGE } from '@byfly-pay/core'
import type { Hear } from '../../ports/exchange-store.ts'
import type { Device, Provider, Told } from '../../ports/provider.ts'
import type { Driver } from '../driver.ts'
import { outcomeOf, telling } from '../exchange.ts'
import { lookAtConnection } from '../look-at-connection.ts'
import {
  createCall,
  forgetCall,
  registerCall,
  returnStatusCall,
  statusCall,
  tradePointsCall,
} from './calls.ts'
import { connectionCheck } from './connection-check.ts'
import { oddityLog } from './oddity-log.ts'
import { operationOf } from './operation-id.ts'
import { giveBack, givenBack, refundKindOf } from './refund.ts'
import { refreshResult, registerResult } from './registration.ts'
import { type KaspiQrApiParts, openSender, type Sender } from './sender.ts'
import { paymentResult } from './start-result.ts'
import { statusReport } from './status-report.ts'

export type { KaspiQrApiParts }

export function createKaspiQrApi(parts: KaspiQrApiParts): Driver {
  const sender = openSender(parts)
  const observe = observing(sender)
  return {
    system: 'kaspi',
    way: 'qr_api',
    qrLifeMs: sender.limits.qrLifeMostMs,
    refundKind: refundKindOf,
    start: starting(sender),
    refund: (device, purchase, hear) => giveBack(sender, device, purchase, hear),
    observe,
    // The bank answers for itself: there is nobody behind it to be asked again.
    actualize: observe,
    stop: async () => 'not_supported',
    readQr: async () => ({ kind: 'nothing', hint: null }),
    see: async () => ({ reading: { kind: 'camera_failed' }, frame: null }),
    check: checking(sender),
    ...registering(sender),
    connect: (device, signal) => lookAtConnection(parts, device, sender.limits, signal),
    close: () => sender.transport.close(),
  }
}

function starting({ clock, limits, log, make }: Sender): Provider['start'] {
  return async (device, chargeTiyn, hear, attemptId = '') => {
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
  }
}

function observing({ callerOf, clock, limits, log, transport }: Sender): Provider['observe'] {
  const noteOddity = oddityLog(log)
  return async (
    device: Device,
    processId: string,
    signal: AbortSignal,
    hear?: Hear,
  ): Promise<Told<Observation>> => {
    const operation = operationOf(processId)
    if (operation === null) return { kind: 'not_found' }
    if (operation.kind === 'returned') return givenBack(operation)
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
}

function checking({ callerOf, clock, limits, transport }: Sender): Provider['check'] {
  return async (device, signal) => {
    const caller = await callerOf(device)
    const startedAt = clock.now()
    const result =
      caller === null ? null : await transport.ask(tradePointsCall(caller), limits.checkMs, signal)
    const nowMs = clock.now()
    return connectionCheck({
      result,
      tradePointId: device.account?.tradePointId ?? '',
      isRegistered: device.accessToken !== null,
      latencyMs: nowMs - startedAt,
      nowMs,
      endsAtMs: caller?.endsAtMs ?? null,
    })
  }
}

/** The same device gets the same token, so a refresh is another registration. */
function registering({
  callerOf,
  clock,
  limits,
  transport,
}: Sender): Pick<Provider, 'register' | 'refresh' | 'forget'> {
  const endsAt = () => clock.now() + limits.tokenLifeMs
  return {
    async register(device, name, signal) {
      const caller = await callerOf(device)
      if (caller === null) return { kind: 'not_connected' }
      const call = registerCall(caller, name)
      const result = await transport.sendOnce(call, limits.registerMs, signal)
      return registerResult(result, name, endsAt())
    },
    async refresh(device, name) {
      const caller = await callerOf(device)
      if (caller === null) return { kind: 'not_connected' }
      const result = await transport.sendOnce(registerCall(caller, name), limits.registerMs)
      return refreshResult(result, name, endsAt())
    },
    async forget(device, signal) {
      const caller = device.accessToken === null ? null : await callerOf(device)
      if (caller !== null) await transport.sendOnce(forgetCall(caller), limits.registerMs, signal)
    },
  }
}
