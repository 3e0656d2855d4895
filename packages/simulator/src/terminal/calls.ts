// The calls of the terminal's API: a query → its answer (protocol page, section 1). It must never know
// how an answer is written or travels; versions, delays and broken connections are the server's.
import { nowMs, type Timers } from '../clock.ts'
import type { ArmedFaults } from '../faults/armed-faults.ts'
import type { WireCall } from '../faults/catalogue.ts'
import type { Journal } from '../journal/journal.ts'
import { type Answer, type AnswerData, httpRefusal, refusal, started, success } from './answer.ts'
import type { Device } from './device.ts'
import type { ExpirationStyle } from './local-time.ts'
import { endedAtMs, type Operation } from './operation.ts'
import type { PermissionMode } from './permission.ts'
import type { Registrations } from './registrations.ts'
import { statusData } from './status-answer.ts'
import { register, revoke } from './token-calls.ts'

/**
 * Nobody knows what a real `cancel` does (protocol page, section 5), so each guess is a mode; `ignored`
 * answers politely and the operation lives on.
 */
export const CANCEL_MODES = ['works', 'ignored', 'http_400', 'not_found', 'not_supported'] as const
export type CancelMode = (typeof CANCEL_MODES)[number]

export interface WireParts {
  readonly device: Device
  readonly registrations: Registrations
  readonly journal: Journal
  readonly faults: ArmedFaults
  readonly timers: Timers
  /** «Защита интеграции»: every call but registration needs a token. */
  readonly protection: boolean
  readonly permission: PermissionMode
  readonly cancel: CancelMode
  readonly expirationStyle: ExpirationStyle
}

type CallHandler = (parts: WireParts, query: URLSearchParams) => Answer | Promise<Answer>

const HANDLERS: Readonly<Record<WireCall, CallHandler>> = {
  register,
  revoke,
  deviceinfo: ({ device: { identity } }) =>
    success({
      posNum: identity.posNumber,
      serialNum: identity.serial,
      terminalId: identity.terminalId,
    }),
  payment,
  status,
  actualize,
  refund,
  cancel,
}

export async function answerCall(
  parts: WireParts,
  call: WireCall,
  query: URLSearchParams,
  accessToken: string | undefined,
): Promise<Answer> {
  const open = call === 'register' || call === 'revoke'
  if (parts.protection && !open) {
    const verdict = parts.registrations.check(accessToken)
    if (verdict === 'unknown') return httpRefusal(401, 'Требуется регистрация')
    if (verdict === 'expired') return httpRefusal(403, 'Срок действия токена истёк')
  }
  return HANDLERS[call](parts, query)
}

function payment({ device }: WireParts, query: URLSearchParams): Answer {
  const amountTenge = wholeTenge(query.get('amount'))
  if (amountTenge === null) return refusal(999, 'Неверный параметр amount')
  const ownCheque = query.get('owncheque') === 'true'
  return startAnswer(device.start({ kind: 'sale', amountTenge, ownCheque, refundOf: null }))
}

function refund({ device, journal }: WireParts, query: URLSearchParams): Answer {
  const amountTenge = wholeTenge(query.get('amount'))
  if (amountTenge === null) return refusal(999, 'Неверный параметр amount')
  const method = query.get('method')
  if (method === 'card' || method === 'alaqan') return refusal(102)
  if (method !== 'qr') return refusal(999, 'Неверный параметр method')
  const sale = journal.sale(query.get('transactionId') ?? '')
  if (sale === null) return refusal(104)
  if (journal.refundedTenge(sale.transaction_id) + amountTenge > sale.amount_tenge) {
    return refusal(105, 'Сумма возврата больше суммы покупки')
  }
  const ownCheque = query.get('owncheque') === 'true'
  return startAnswer(device.start({ kind: 'refund', amountTenge, ownCheque, refundOf: sale }))
}

function startAnswer(operation: Operation | null): Answer {
  return operation === null ? refusal(107) : started(operation.processId)
}

function status({ device, faults }: WireParts, query: URLSearchParams): Answer {
  const operation = askedOperation(device, query)
  if (operation === null) return refusal(101)
  endByUnknownFault(device, operation, faults)
  return disguised(statusData(operation, device.identity), faults.takeAtCall('answer', 'status'))
}

/** The truth comes out with the last of the calls that the fault asked for. */
function actualize({ device, faults }: WireParts, query: URLSearchParams): Answer {
  const operation = askedOperation(device, query)
  if (operation === null) return refusal(101)
  if (operation.actualizeCallsLeft === 0) return refusal(103)
  operation.actualizeCallsLeft -= 1
  const fault = faults.takeAtCall('answer', 'actualize')
  return disguised(statusData(operation, device.identity), fault)
}

function cancel({ device, cancel: mode }: WireParts, query: URLSearchParams): Answer {
  switch (mode) {
    case 'http_400':
      return httpRefusal(400, 'Bad Request')
    case 'not_found':
      return httpRefusal(404, 'Not Found')
    case 'not_supported':
      return refusal(102)
    case 'works':
    case 'ignored': {
      const operation = askedOperation(device, query)
      if (operation === null) return refusal(101)
      const stops = mode === 'ignored' || device.cancel(operation)
      if (!stops) return refusal(105, 'Операцию уже нельзя отменить')
      return success(statusData(operation, device.identity))
    }
  }
}

function askedOperation(device: Device, query: URLSearchParams): Operation | null {
  const operation = device.find(query.get('processId') ?? '')
  if (operation === null) return null
  const ended = endedAtMs(operation)
  const isTooOld = ended !== null && nowMs() - ended > device.timing.resultLifeMs
  return isTooOld ? null : operation
}

/** A fault with a truth of its own waits for the QR: before that there was nothing to pay. */
function endByUnknownFault(device: Device, operation: Operation, faults: ArmedFaults): void {
  if (operation.phase.at !== 'wait_user' && operation.phase.at !== 'wait_confirmation') return
  const fault = faults.takeNamed('unknown', ({ truth }) => truth !== 'as_happens')
  if (fault === null) return
  const truth = fault.truth === 'paid' ? 'paid' : 'not_paid'
  device.endHidden(operation, truth, fault.product, fault.loan_term)
  operation.actualizeCallsLeft = fault.actualize_calls
}

function disguised(data: AnswerData, fault: ReturnType<ArmedFaults['takeAtCall']>): Answer {
  if (fault?.name === 'no_substatus') {
    const { subStatus: _, ...rest } = data
    return success(rest)
  }
  if (fault?.name === 'other_process_id') {
    const { processId, ...rest } = data
    const next = String(Number(processId) + 1)
    return success({ processId: fault.process_id || next, ...rest })
  }
  return success(data)
}

function wholeTenge(text: string | null): number | null {
  return text !== null && /^[1-9]\d{0,11}$/.test(text) ? Number(text) : null
}
