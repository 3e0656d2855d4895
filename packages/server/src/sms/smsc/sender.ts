// SMSC.kz. Every failure of it comes with HTTP 200 and an `error_code`; error 9 says that the same text was
// sent a moment ago, so it is no reason to send it again.

import type { TextFault, TextOutcome, TextSender } from '../../ports/text-sender.ts'
import { callGateway, GATEWAY_LIMITS, type GatewayLimits, type WireObject } from '../gateway.ts'
import { cleanWord, failureOf, idField, sumField, textField, wholeField } from '../wire-value.ts'

export interface SmscSettings {
  readonly baseUrl: string
  readonly login: string
  readonly password: string
  readonly from: string | null
}

const FAULTS: ReadonlyMap<number, TextFault> = new Map([
  [1, 'wrong_request'],
  [2, 'wrong_credentials'],
  [3, 'no_money'],
  [4, 'address_blocked'],
  [5, 'wrong_request'],
  [6, 'text_forbidden'],
  [7, 'wrong_phone'],
  [8, 'not_deliverable'],
  [9, 'repeated'],
])

export function smscSender(
  { baseUrl, login, password, from }: SmscSettings,
  { limits = {} }: { readonly limits?: Partial<GatewayLimits> },
): TextSender {
  const within = { ...GATEWAY_LIMITS, ...limits }
  const account = { login, psw: password, charset: 'utf-8', fmt: '3' }
  return {
    name: 'smsc',
    async send(to, text) {
      const sender = from === null ? {} : { sender: from }
      const form = { ...account, phones: to, mes: text, ...sender }
      const result = await callGateway({ baseUrl, path: '/sys/send.php', form }, within)
      if (result.kind === 'answered') return outcomeOf(result.body)
      const kind = result.kind === 'not_connected' ? 'not_sent' : 'unknown'
      return { kind, ...failureOf(result) }
    },
    async balance() {
      const call = { baseUrl, path: '/sys/balance.php', form: account }
      const result = await callGateway(call, within)
      if (result.kind !== 'answered') return { kind: 'failed', ...failureOf(result) }
      const failure = failureIn(result.body)
      if (failure !== null) return { kind: 'failed', ...failure }
      const amount = sumField(result.body, 'balance')
      if (amount === null) return { kind: 'failed', fault: 'bad_answer', word: null }
      return { kind: 'known', amount, currency: textField(result.body, 'currency') }
    },
  }
}

function outcomeOf(body: WireObject): TextOutcome {
  const failure = failureIn(body)
  if (failure !== null) {
    return { kind: failure.fault === 'repeated' ? 'unknown' : 'refused', ...failure }
  }
  const providerId = idField(body, 'id')
  if (providerId === null) return { kind: 'unknown', fault: 'bad_answer', word: null }
  return { kind: 'accepted', providerId }
}

function failureIn(body: WireObject) {
  const code = wholeField(body, 'error_code')
  const words = textField(body, 'error')
  if (code === null && words === null) return null
  return { fault: FAULTS.get(code ?? 0) ?? 'refused', word: cleanWord(words ?? `code ${code}`) }
}
