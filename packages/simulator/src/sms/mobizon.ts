// The wire of Mobizon as its page has it: the key in the address, form fields in, an envelope with a code
// out.

import { jsonReply, type Reply, type WholeReply } from '../http/reply.ts'
import type { Route, RouteRequest } from '../http/router.ts'
import { faultyReply } from './faulty-reply.ts'
import type { SmsGateways } from './gateway.ts'

export const MOBIZON_KEY = 'kz0123456789abcdef'

const BALANCE = '4043.0656'
const NOT_ACCEPTED = 1
const NO_ACCESS = 8

export function mobizonRoutes(gateways: SmsGateways): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/sms/mobizon/service/message/sendSmsMessage',
      readsText: true,
      handle: (request) => send(gateways, request),
    },
    {
      method: 'GET',
      path: '/sms/mobizon/service/user/getOwnBalance',
      handle: (request) => balance(gateways, request),
    },
  ]
}

async function send(gateways: SmsGateways, { query, text, gone }: RouteRequest): Promise<Reply> {
  gateways.countCall('mobizon')
  const form = new URLSearchParams(text)
  const fault = gateways.takeFault('mobizon')
  const to = form.get('recipient') ?? ''
  if (fault?.fault === 'error') return envelope(fault.code, [], 'Message was not sent')
  if (!isKnown(query)) return envelope(NO_ACCESS, [], 'Access denied')
  if (!/^\d{7,15}$/.test(to)) {
    return envelope(NOT_ACCEPTED, { recipient: 'Recipient number is invalid' }, `Bad number ${to}`)
  }
  const message = { to, text: form.get('text') ?? '', from: form.get('from') }
  if (fault !== null && !fault.accepts) return faultyReply(fault, accepted(0), gone)
  const { id } = gateways.take('mobizon', message)
  return fault === null ? accepted(id) : faultyReply(fault, accepted(id), gone)
}

async function balance(gateways: SmsGateways, { query, gone }: RouteRequest): Promise<Reply> {
  const fault = gateways.takeFault('mobizon')
  if (fault?.fault === 'error') return envelope(fault.code, [], 'Balance is not known')
  if (!isKnown(query)) return envelope(NO_ACCESS, [], 'Access denied')
  const sound = envelope(0, { balance: BALANCE, currency: 'KZT' })
  return fault === null ? sound : faultyReply(fault, sound, gone)
}

function accepted(id: number): WholeReply {
  return envelope(0, { campaignId: id + 500_000, messageId: id, status: 2 })
}

function envelope(code: number, data: object, message = ''): WholeReply {
  return jsonReply(200, { code, data, message })
}

function isKnown(query: URLSearchParams): boolean {
  return (
    query.get('apiKey') === MOBIZON_KEY &&
    query.get('output') === 'json' &&
    query.get('api') === 'v1'
  )
}
