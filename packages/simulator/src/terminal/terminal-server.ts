// The HTTP server inside one terminal: finds the call, lets an armed fault have its way, answers. The
// port is the device's own, so that closing it is a device that is switched off.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isoTime, nowMs } from '../clock.ts'
import type { ArmedFault } from '../faults/armed-faults.ts'
import type { WireCall } from '../faults/catalogue.ts'
import type { Random } from '../random.ts'
import { type Answer, codeOf, refusal, refusalByNumber } from './answer.ts'
import {
  type ApiSupport,
  type ApiVersion,
  findCall,
  type WireAnswer,
  wireForm,
} from './api-version.ts'
import { answerCall, type WireParts } from './calls.ts'
import { gone, sendAnswer, sendGiant, sendHalf, sendHtml } from './delivery.ts'

export interface TerminalServerParts extends WireParts {
  readonly api: ApiSupport
  readonly random: Random
  readonly terminalIdHeader: HeaderTally
  /** Switches the device off and on again. */
  readonly reboot: (closedMs: number) => void
  readonly changeCertificate: () => void
}

/**
 * How status calls carried the header `terminalId`. Clients of the field send it and no source says
 * that a device insists, so it is counted and never refused.
 */
export interface HeaderTally {
  right: number
  wrong: number
  absent: number
}

interface ReceivedCall {
  readonly api: ApiVersion
  readonly call: WireCall
  readonly query: URLSearchParams
  readonly accessToken: string | undefined
}

export async function serveTerminal(
  parts: TerminalServerParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = URL.parse(request.url ?? '', 'http://terminal')
  const { api, call } = findCall(parts.api, url?.pathname ?? '')
  // Every call is a GET; anything else is no address of the terminal.
  if (url === null || call === null || request.method !== 'GET') {
    sendAnswer(response, wireForm(refusal(999), api))
    return
  }
  const { accesstoken } = request.headers
  const accessToken = typeof accesstoken === 'string' ? accesstoken : undefined
  const received = { api, call, query: url.searchParams, accessToken }
  if (call === 'status') countTerminalId(parts, request)
  const fault = parts.faults.takeAtCall('call', call)
  const answer = await work(parts, received, fault)
  noteStart(parts, received, answer, fault)
  await deliver(parts, response, answer && wireForm(answer, api), fault)
}

/** Null when the fault keeps the call from working and gives it no answer. */
async function work(
  parts: TerminalServerParts,
  received: ReceivedCall,
  fault: ArmedFault | null,
): Promise<Answer | null> {
  const really = () => answerCall(parts, received.call, received.query, received.accessToken)
  switch (fault?.name) {
    case 'no_answer':
    case 'request_lost':
    case 'reboot':
      return null
    case 'refuse_code':
      return refusalByNumber(fault.code)
    case 'http_error':
      return fault.starts ? really() : null
    case 'token_expires':
      parts.registrations.expire()
      return really()
    default:
      return really()
  }
}

async function deliver(
  parts: TerminalServerParts,
  response: ServerResponse,
  answer: WireAnswer | null,
  fault: ArmedFault | null,
): Promise<void> {
  switch (fault?.name) {
    case 'no_answer':
      return gone(response)
    case 'reboot':
      parts.reboot(fault.closed_ms || parts.device.timing.rebootMs)
      response.destroy()
      return
    case 'http_error':
      return sendHtml(response, fault.http_status)
    case 'certificate_change':
      // Not before the answer has gone out whole: a change cuts what is open.
      response.shouldKeepAlive = false
      response.socket?.once('close', parts.changeCertificate)
      break
    case 'late':
      await parts.timers.sleep(fault.delay_ms)
      break
    default:
      await parts.timers.sleep(answerDelayMs(parts))
  }
  // A lost request and a lost answer look the same from outside: that is what makes them hard.
  if (answer === null || fault?.name === 'answer_lost') response.destroy()
  else if (fault?.name === 'half_answer') await sendHalf(response, answer)
  else if (fault?.name === 'giant_body') await sendGiant(response, answer, fault.size_bytes)
  else sendAnswer(response, answer)
}

function answerDelayMs({ device, random }: TerminalServerParts): number {
  const { answerMs } = device.timing
  return typeof answerMs === 'number' ? answerMs : random.integer(answerMs[0], answerMs[1])
}

function noteStart(
  parts: TerminalServerParts,
  { call, query }: ReceivedCall,
  answer: Answer | null,
  fault: ArmedFault | null,
): void {
  if (call !== 'payment' && call !== 'refund') return
  const { number, serial } = parts.device.identity
  const processId = (answer?.kind === 'success' && answer.processId) || null
  parts.journal.addStartCall({
    terminal: number,
    serial,
    call,
    amount: query.get('amount') ?? '',
    accepted: processId !== null,
    status_code: answer && codeOf(answer),
    process_id: processId,
    fault: fault?.name ?? null,
    at: isoTime(nowMs()),
  })
}

function countTerminalId(parts: TerminalServerParts, request: IncomingMessage): void {
  const { terminalid } = request.headers
  const { terminalId } = parts.device.identity
  const was = terminalid === undefined ? 'absent' : terminalid === terminalId ? 'right' : 'wrong'
  parts.terminalIdHeader[was] += 1
}
