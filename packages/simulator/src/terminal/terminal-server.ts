// The HTTP server inside one terminal: finds the call, lets an armed fault have its way, answers. The
// port is the device's own, so that closing it is a device that is switched off.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isoTime, nowMs } from '../clock.ts'
import type { ArmedFault } from '../faults/armed-faults.ts'
import { WIRE_CALLS, type WireCall } from '../faults/catalogue.ts'
import type { Random } from '../random.ts'
import { type Answer, refusal, refusalByNumber } from './answer.ts'
import { gone, sendAnswer, sendGiant, sendHalf, sendHtml } from './delivery.ts'
import { answerCall, type WireParts } from './wire-v2.ts'

export interface TerminalServerParts extends WireParts {
  readonly random: Random
  /** Switches the device off and on again. */
  readonly reboot: (closedMs: number) => void
}

interface ReceivedCall {
  readonly call: WireCall
  readonly query: URLSearchParams
  readonly accessToken: string | undefined
}

export async function serveTerminal(
  parts: TerminalServerParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const received = readCall(request)
  if (received === null) {
    sendAnswer(response, refusal(999))
    return
  }
  const fault = parts.faults.takeAtCall('call', received.call)
  const answer = await work(parts, received, fault)
  noteStart(parts, received, answer, fault)
  await deliver(parts, response, answer, fault)
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
    default:
      return really()
  }
}

async function deliver(
  parts: TerminalServerParts,
  response: ServerResponse,
  answer: Answer | null,
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
  parts.journal.addStartCall({
    terminal: number,
    serial,
    call,
    amount: query.get('amount') ?? '',
    accepted: answer?.processId !== undefined,
    status_code: answer?.statusCode ?? null,
    process_id: answer?.processId ?? null,
    fault: fault?.name ?? null,
    at: isoTime(nowMs()),
  })
}

/** Every call is a GET under /v2/; anything else is no address of the terminal. */
function readCall(request: IncomingMessage): ReceivedCall | null {
  const url = URL.parse(request.url ?? '', 'http://terminal')
  if (url === null || request.method !== 'GET') return null
  const call = WIRE_CALLS.find((name) => url.pathname === `/v2/${name}`)
  if (call === undefined) return null
  const { accesstoken } = request.headers
  const accessToken = typeof accesstoken === 'string' ? accesstoken : undefined
  return { call, query: url.searchParams, accessToken }
}
