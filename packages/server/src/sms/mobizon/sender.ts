// Mobizon. Sources disagree on what its codes mean, so any but 0 and 100 (queued) is a refusal in its own
// words, which the operator reads.

import type { TextSender } from '../../ports/text-sender.ts'
import {
  asObject,
  callGateway,
  GATEWAY_LIMITS,
  type GatewayLimits,
  type WireObject,
} from '../gateway.ts'
import { cleanWord, failureOf, idField, sumField, textField, wholeField } from '../wire-value.ts'

export interface MobizonSettings {
  readonly baseUrl: string
  readonly key: string
  readonly from: string | null
}

const DONE = 0
const QUEUED = 100

export function mobizonSender(
  { baseUrl, key, from }: MobizonSettings,
  { limits = {} }: { readonly limits?: Partial<GatewayLimits> },
): TextSender {
  const within = { ...GATEWAY_LIMITS, ...limits }
  const query = { output: 'json', api: 'v1', apiKey: key }
  return {
    name: 'mobizon',
    async send(to, text) {
      const form = { recipient: to.replace('+', ''), text, ...(from === null ? {} : { from }) }
      const call = { baseUrl, path: '/service/message/sendSmsMessage', query, form }
      const result = await callGateway(call, within)
      if (result.kind !== 'answered') {
        const kind = result.kind === 'not_connected' ? 'not_sent' : 'unknown'
        return { kind, ...failureOf(result) }
      }
      const { body } = result
      const code = wholeField(body, 'code')
      if (code === null) return { kind: 'unknown', fault: 'bad_answer', word: null }
      if (code !== DONE && code !== QUEUED) return { kind: 'refused', ...refusalIn(body, code) }
      return { kind: 'accepted', providerId: idField(asObject(body['data']), 'messageId') }
    },
    async balance() {
      const call = { baseUrl, path: '/service/user/getOwnBalance', query }
      const result = await callGateway(call, within)
      if (result.kind !== 'answered') return { kind: 'failed', ...failureOf(result) }
      const { body } = result
      const code = wholeField(body, 'code')
      if (code !== null && code !== DONE) return { kind: 'failed', ...refusalIn(body, code) }
      const data = asObject(body['data'])
      const amount = sumField(data, 'balance')
      if (amount === null) return { kind: 'failed', fault: 'bad_answer', word: null }
      return { kind: 'known', amount, currency: textField(data, 'currency') }
    },
  }
}

function refusalIn(body: WireObject, code: number) {
  const words = [`code ${code}`, textField(body, 'message') ?? ''].join(' ')
  return { fault: 'refused', word: cleanWord(words) } as const
}
