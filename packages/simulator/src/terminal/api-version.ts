// The two versions of the terminal's API: where their calls live and what form their answers take. It
// must never know what a call means.
import { WIRE_CALLS, type WireCall } from '../faults/catalogue.ts'
import type { Answer, AnswerData } from './answer.ts'

export type ApiVersion = 'v1' | 'v2'
/** Which of them a terminal answers. */
export const API_SUPPORTS = ['v1', 'v2', 'both'] as const
export type ApiSupport = (typeof API_SUPPORTS)[number]

export interface WireAnswer {
  readonly httpStatus: number
  readonly body: AnswerData
}

const PREFIXES: Readonly<Record<ApiVersion, string>> = { v1: '/', v2: '/v2/' }

/** A path under a version's prefix belongs to it; what only looks like a call has no `call`. */
export function findCall(
  support: ApiSupport,
  pathname: string,
): { readonly api: ApiVersion; readonly call: WireCall | null } {
  const spoken = pathname.startsWith(PREFIXES.v2) ? 'v2' : 'v1'
  const call = WIRE_CALLS.find((name) => pathname === PREFIXES[spoken] + name) ?? null
  if (support === 'both' || support === spoken) return { api: spoken, call }
  return { api: support, call: null }
}

/** v2 puts everything into an envelope under HTTP 200; v1 has none, and fails with HTTP 500. */
export function wireForm(answer: Answer, api: ApiVersion): WireAnswer {
  switch (answer.kind) {
    case 'success': {
      const { data } = answer
      return { httpStatus: 200, body: api === 'v2' ? { statusCode: 0, data } : data }
    }
    case 'refusal': {
      const { code, errorText } = answer
      return api === 'v2'
        ? { httpStatus: 200, body: { statusCode: code, errorText } }
        : { httpStatus: 500, body: { message: errorText } }
    }
    case 'http':
      return { httpStatus: answer.httpStatus, body: { message: answer.message } }
  }
}
