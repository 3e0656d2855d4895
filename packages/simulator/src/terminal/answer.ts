// The envelope of every answer of the terminal, and the codes it refuses with (protocol page,
// section 1). The shapes are written here on purpose a second time: a misreading shared with the
// centre would never be noticed.

export interface Answer {
  readonly httpStatus: number
  readonly body: Readonly<Record<string, unknown>>
  /** The envelope's code; null when the answer has no envelope. */
  readonly statusCode: number | null
  /** Set by an accepted start. */
  readonly processId?: string
}

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

export function success(data: Readonly<Record<string, unknown>>): Answer {
  return { httpStatus: 200, body: { statusCode: 0, data }, statusCode: 0 }
}

export function refusal(code: RefusalCode, errorText: string = REFUSALS[code]): Answer {
  return { httpStatus: 200, body: { statusCode: code, errorText }, statusCode: code }
}

/** For a fault, which may name a code that no one has heard of. */
export function refusalByNumber(code: number): Answer {
  const known = Object.entries(REFUSALS).find(([name]) => Number(name) === code)
  const errorText = known?.[1] ?? 'Неизвестная ошибка'
  return { httpStatus: 200, body: { statusCode: code, errorText }, statusCode: code }
}

export function httpRefusal(httpStatus: number, message: string): Answer {
  return { httpStatus, body: { message }, statusCode: null }
}
