// The wire of SMSC.kz as its page has it: form fields in, JSON out, every failure with HTTP 200.

import { nowMs } from '../clock.ts'
import { jsonReply, type Reply, type WholeReply } from '../http/reply.ts'
import type { Route, RouteRequest } from '../http/router.ts'
import { faultyReply } from './faulty-reply.ts'
import type { SmsGateways } from './gateway.ts'

export const SMSC_ACCOUNT = { login: 'byfly', password: 'pretend-password' } as const

const BALANCE = '1540.25'
/** An identical request sooner than this is refused. */
const REPEAT_MS = 60_000

const ERRORS: Readonly<Record<number, string>> = {
  1: 'parameters error',
  2: 'authorise error',
  3: 'no money',
  4: 'IP blocked',
  5: 'wrong date format',
  6: 'message is denied',
  7: 'invalid number',
  8: 'the message cannot be delivered',
  9: 'duplicate request, wait a minute',
}

export function smscRoutes(gateways: SmsGateways): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/sms/smsc/sys/send.php',
      readsText: true,
      handle: (request) => send(gateways, request),
    },
    {
      method: 'POST',
      path: '/sms/smsc/sys/balance.php',
      readsText: true,
      handle: (request) => balance(gateways, request),
    },
  ]
}

async function send(gateways: SmsGateways, { text, gone }: RouteRequest): Promise<Reply> {
  gateways.countCall('smsc')
  const form = new URLSearchParams(text)
  const fault = gateways.takeFault('smsc')
  const to = form.get('phones') ?? ''
  if (fault?.fault === 'error') return refusal(fault.code, to)
  const code = faultOf(gateways, form)
  if (code !== null) return refusal(code, to)
  const message = { to, text: form.get('mes') ?? '', from: form.get('sender') }
  if (fault !== null && !fault.accepts) return faultyReply(fault, accepted(0), gone)
  const { id } = gateways.take('smsc', message)
  return fault === null ? accepted(id) : faultyReply(fault, accepted(id), gone)
}

async function balance(gateways: SmsGateways, { text, gone }: RouteRequest): Promise<Reply> {
  const form = new URLSearchParams(text)
  const fault = gateways.takeFault('smsc')
  if (fault?.fault === 'error') return refusal(fault.code, '')
  if (!isKnown(form)) return refusal(2, '')
  const sound = jsonReply(200, { balance: BALANCE })
  return fault === null ? sound : faultyReply(fault, sound, gone)
}

function accepted(id: number): WholeReply {
  return jsonReply(200, { id, cnt: 1 })
}

/** The real one names the number in its words, too. */
function refusal(code: number, to: string): WholeReply {
  const words = ERRORS[code] ?? 'unknown error'
  return jsonReply(200, { error: code === 7 ? `${words}: ${to}` : words, error_code: code })
}

function isKnown(form: URLSearchParams): boolean {
  return form.get('login') === SMSC_ACCOUNT.login && form.get('psw') === SMSC_ACCOUNT.password
}

function faultOf(gateways: SmsGateways, form: URLSearchParams): number | null {
  const to = form.get('phones') ?? ''
  const text = form.get('mes') ?? ''
  if (!isKnown(form)) return 2
  if (text === '' || form.get('fmt') !== '3' || form.get('charset') !== 'utf-8') return 1
  if (!/^\+?\d{7,15}$/.test(to)) return 7
  const like = gateways.lastLike('smsc', to, text)
  return like !== null && nowMs() - Date.parse(like.at) < REPEAT_MS ? 9 : null
}
