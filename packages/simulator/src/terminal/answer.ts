// What a call comes to, before it takes the form of one version of the API, and the codes that the
// terminal refuses with (protocol page, section 1). The shapes are written here on purpose a second
// time: a misreading shared with the centre would never be noticed.

export type Answer =
  | { readonly kind: 'success'; readonly data: AnswerData; readonly processId?: string }
  | { readonly kind: 'refusal'; readonly code: number; readonly errorText: string }
  /** Refused by the web server in front of the API, with no code of the terminal's own. */
  | { readonly kind: 'http'; readonly httpStatus: number; readonly message: string }

export type AnswerData = Readonly<Record<string, unknown>>

export const REFUSALS = {
  100: 'Нет подключения к интернету',
  101: 'Процесс не найден',
  102: 'Метод не поддерживается',
  103: 'Невозможно актуализировать статус операции',
  104: 'Транзакция не найдена',
  105: 'Ошибка при выполнении операции',
  106: 'Приём платежей заблокирован',
  107: 'Предыдущая операция не завершена',
  108: 'Ошибка регистрации транзакции',
  999: 'Неверный параметр или адрес запроса',
} as const
export type RefusalCode = keyof typeof REFUSALS

export function success(data: AnswerData): Answer {
  return { kind: 'success', data }
}

/** An accepted start. */
export function started(processId: string): Answer {
  return { kind: 'success', data: { processId, status: 'wait' }, processId }
}

export function refusal(code: RefusalCode, errorText: string = REFUSALS[code]): Answer {
  return { kind: 'refusal', code, errorText }
}

/** For a fault, which may name a code that no one has heard of. */
export function refusalByNumber(code: number): Answer {
  const known = Object.entries(REFUSALS).find(([name]) => Number(name) === code)
  return { kind: 'refusal', code, errorText: known?.[1] ?? 'Неизвестная ошибка' }
}

export function httpRefusal(httpStatus: number, message: string): Answer {
  return { kind: 'http', httpStatus, message }
}

/** The terminal's own code; null when it gave none. */
export function codeOf(answer: Answer): number | null {
  switch (answer.kind) {
    case 'success':
      return 0
    case 'refusal':
      return answer.code
    case 'http':
      return null
  }
}
