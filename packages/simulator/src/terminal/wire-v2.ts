// The terminal's API, version 2: each call's query → its answer (protocol page, section 1). It must
// never know how an answer travels; delays and broken connections are the server's.
import { nowMs, type Timers } from '../clock.ts'
import type { ArmedFaults } from '../faults/armed-faults.ts'
import type { WireCall } from '../faults/catalogue.ts'
import type { Journal } from '../journal/journal.ts'
import { type Answer, httpRefusal, refusal, success } from './answer.ts'
import type { Device } from './device.ts'
import { type ExpirationStyle, expirationText } from './local-time.ts'
import { endedAtMs, type Operation } from './operation.ts'
import type { Registrations, Tokens } from './registrations.ts'
import { statusData } from './status-answer.ts'

export type CancelSupport = 'works' | 'http_400'

export interface WireParts {
  readonly device: Device
  readonly registrations: Registrations
  readonly journal: Journal
  readonly faults: ArmedFaults
  readonly timers: Timers
  /** «Защита интеграции»: every call but registration needs a token. */
  readonly protection: boolean
  readonly cancel: CancelSupport
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

/** Blocks until the person at the terminal presses «Разрешить», as the device does. */
async function register(parts: WireParts, query: URLSearchParams): Promise<Answer> {
  const { device, registrations } = parts
  const name = query.get('name') ?? ''
  if (name === '') return refusal(999)
  if (registrations.has(name)) return refusal(105, `Касса «${name}» уже зарегистрирована`)
  if (device.permissionFor !== null || device.current !== null) return refusal(107)
  device.permissionFor = name
  await parts.timers.sleep(device.timing.registerMs)
  if (device.permissionFor !== name) return refusal(105, 'Регистрация прервана')
  device.permissionFor = null
  return tokensAnswer(registrations.register(name, device.timing.accessTokenLifeMs), parts)
}

/** Despite its name it refreshes. */
function revoke(parts: WireParts, query: URLSearchParams): Answer {
  const { device, registrations } = parts
  const name = query.get('name') ?? ''
  const refreshToken = query.get('refreshToken') ?? ''
  if (name === '' || refreshToken === '') return refusal(999)
  const tokens = registrations.refresh(name, refreshToken, device.timing.accessTokenLifeMs)
  return tokens === null ? refusal(105, 'Неверный refreshToken') : tokensAnswer(tokens, parts)
}

function tokensAnswer(tokens: Tokens, parts: WireParts): Answer {
  const { accessToken, refreshToken, expiresAtMs } = tokens
  const expirationDate = expirationText(expiresAtMs, parts.expirationStyle)
  return success({ accessToken, refreshToken, expirationDate })
}

function payment({ device }: WireParts, query: URLSearchParams): Answer {
  const amountTenge = wholeTenge(query.get('amount'))
  if (amountTenge === null) return refusal(999, 'Неверный параметр amount')
  const ownCheque = query.get('owncheque') === 'true'
  return started(device.start({ kind: 'sale', amountTenge, ownCheque, refundOf: null }))
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
  return started(device.start({ kind: 'refund', amountTenge, ownCheque, refundOf: sale }))
}

function started(operation: Operation | null): Answer {
  if (operation === null) return refusal(107)
  const { processId } = operation
  return { ...success({ processId, status: 'wait' }), processId }
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

function cancel({ device, cancel: support }: WireParts, query: URLSearchParams): Answer {
  if (support === 'http_400') return httpRefusal(400, 'Bad Request')
  const operation = askedOperation(device, query)
  if (operation === null) return refusal(101)
  if (!device.cancel(operation)) return refusal(105, 'Операцию уже нельзя отменить')
  return success(statusData(operation, device.identity))
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

function disguised(
  data: Readonly<Record<string, unknown>>,
  fault: ReturnType<ArmedFaults['takeAtCall']>,
): Answer {
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
