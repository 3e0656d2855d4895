// What every answer is wrapped in, as documented, and the shape of errors (T2, T3).

import { type Static, type TSchema, Type } from 'typebox'

/** A closed object, named for those who generate a client. */
export function model<T extends Parameters<typeof Type.Object>[0]>(title: string, fields: T) {
  return Type.Object(fields, { additionalProperties: false, title })
}

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
    position: Type.Integer({ description: 'Место в очереди: 1 — следующий', examples: [2] }),
    eta_seconds: Type.Integer({ description: 'Примерное ожидание в секундах', examples: [40] }),
  },
  {
    title: 'QueuePlace',
    additionalProperties: false,
    description: 'Место в очереди к терминалам; только вместе с кодом `terminals_busy`',
  },
)
export type QueuePlace = Static<typeof QueuePlace>

export const ErrorAnswer = Type.Object(
  {
    success: Type.Literal(false),
    message: Type.String({
      description: 'Текст для человека, на русском; может измениться',
      examples: ['Платеж не найден'],
    }),
    code: Type.String({
      description: 'Постоянный код ошибки: сравнивайте его, а не текст',
      examples: ['payment_not_found'],
    }),
    errors: Type.Optional(
      Type.Record(Type.String(), Type.String(), {
        description: 'Поле запроса → что с ним не так, на английском; только если виновато поле',
        examples: [{ amount: 'Field is required' }],
      }),
    ),
    queue: Type.Optional(QueuePlace),
    request_id: Type.String({
      description: 'Номер запроса: назовите его поддержке. Он же в заголовке `X-Request-Id`',
      examples: ['5f0c2a9be41d7c03a86f1e22'],
    }),
  },
  { title: 'Error', additionalProperties: false },
)
export type ErrorAnswer = Static<typeof ErrorAnswer>
