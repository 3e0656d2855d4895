// What every answer is wrapped in, as documented, and the shape of errors (T2, T3).

import { type Static, type TSchema, Type } from 'typebox'

/** A success without words of its own: the documented answers to GET. */
export function dataAnswer<T extends TSchema>(data: T) {
  return Type.Object({ success: Type.Literal(true), data }, { additionalProperties: false })
}

/** A success with its documented message. */
export function messageAnswer<T extends TSchema>(message: string, data: T) {
  return Type.Object(
    { success: Type.Literal(true), message: Type.Literal(message), data },
    { additionalProperties: false },
  )
}

export const QueuePlace = Type.Object(
  {
    position: Type.Integer({ description: 'Место в очереди: 1 — следующий' }),
    eta_seconds: Type.Integer({ description: 'Примерное ожидание в секундах' }),
  },
  { additionalProperties: false, description: 'Место в очереди к терминалам' },
)
export type QueuePlace = Static<typeof QueuePlace>

export const ErrorAnswer = Type.Object(
  {
    success: Type.Literal(false),
    message: Type.String({ description: 'Текст для человека, на русском' }),
    code: Type.String({ description: 'Постоянный код ошибки: сравнивайте его, а не текст' }),
    errors: Type.Optional(
      Type.Record(Type.String(), Type.String(), {
        description: 'Поле запроса → что с ним не так, на английском; только если виновато поле',
      }),
    ),
    queue: Type.Optional(QueuePlace),
    request_id: Type.String({ description: 'Номер запроса для обращения в поддержку' }),
  },
  { additionalProperties: false },
)
export type ErrorAnswer = Static<typeof ErrorAnswer>
