// The refusals of an operation as OpenAPI responses: one for each HTTP status, with every code that
// status can mean and an answer made by the very code that makes the real ones.

import { ERRORS, type ErrorCode } from '@byfly-pay/contract'
import { refusal } from '../answer.ts'
import type { FieldErrors, RefusalDetails } from '../refusal.ts'
import { ERROR_ADVICE } from './error-advice.ts'

const REQUEST_ID = '5f0c2a9be41d7c03a86f1e22'

const TITLES: Readonly<Record<number, string>> = {
  400: 'Запрос отклонён',
  401: 'Нет действующего токена',
  403: 'Нельзя',
  404: 'Не найдено',
  429: 'Слишком часто',
  500: 'Внутренняя ошибка',
  503: 'Не сейчас',
}

/** The fields that refusals name, as the routes name them. */
const DETAILS: Partial<Record<ErrorCode, RefusalDetails>> = {
  phone_required: { errors: { phone: 'Field is required' } },
  above_ceiling: { errors: { amount: 'Must not be above the ceiling of this source' } },
  unknown_method: { errors: { payment_method: 'Is not a known payment method' } },
  payment_method_required: { errors: { payment_method: 'Field is required' } },
  terminal_required: { errors: { terminal_id: 'Field is required' } },
  invalid_part: {
    errors: { amount: 'Must be a multiple of the step that leaves nothing or the minimum' },
  },
  external_id_taken: { errors: { external_id: 'Is already used by another payment' } },
  forbidden_webhook_url: { errors: { webhook_url: 'Must be an https address that may be called' } },
  terminals_busy: { queue: { position: 2, eta_seconds: 40 } },
}

/** @param fault what the example of a refused field shows */
export function errorAnswers(codes: readonly ErrorCode[], isKeyed: boolean, fault: FieldErrors) {
  const byStatus = Map.groupBy(codes, (code) => ERRORS[code].httpStatus)
  const statuses = [...byStatus.keys()].sort((a, b) => a - b)
  return Object.fromEntries(
    statuses.map((httpStatus) => {
      const ofStatus = byStatus.get(httpStatus) ?? []
      return [String(httpStatus), errorAnswer(httpStatus, ofStatus, isKeyed, fault)]
    }),
  )
}

function errorAnswer(
  httpStatus: number,
  codes: readonly ErrorCode[],
  isKeyed: boolean,
  fault: FieldErrors,
) {
  const mustWait = httpStatus === 429 || httpStatus === 503
  const canReplay = isKeyed && codes.some((code) => ERRORS[code].isAboutState)
  return {
    description: `${TITLES[httpStatus]}\n\n${codes.map(line).join('\n')}`,
    headers: {
      'X-Request-Id': { $ref: '#/components/headers/XRequestId' },
      ...(mustWait ? { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } } : {}),
      ...(canReplay
        ? { 'Idempotent-Replayed': { $ref: '#/components/headers/IdempotentReplayed' } }
        : {}),
    },
    content: {
      'application/json': {
        schema: { $ref: '#/components/schemas/Error' },
        examples: Object.fromEntries(codes.map((code) => [code, exampleOf(code, fault)])),
      },
    },
  }
}

function line(code: ErrorCode): string {
  return `- \`${code}\` — ${ERRORS[code].message}. ${ERROR_ADVICE[code]}`
}

/** One for all operations, but for `validation`, whose field is the operation's own. */
function exampleOf(code: ErrorCode, fault: FieldErrors) {
  if (code === 'validation') return example(code, { errors: fault })
  return { $ref: `#/components/examples/${code}` }
}

function example(code: ErrorCode, details: RefusalDetails | undefined) {
  const { body } = refusal(code, REQUEST_ID, details)
  return { summary: ERRORS[code].message, value: JSON.parse(body) as unknown }
}

/** OpenAPI's `components.examples`: an answer for each code. */
export function errorExamples() {
  const codes = Object.keys(ERRORS) as ErrorCode[]
  const shown = codes.filter((code) => code !== 'validation')
  return Object.fromEntries(shown.map((code) => [code, example(code, DETAILS[code])]))
}
