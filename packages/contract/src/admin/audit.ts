// The audit on the wire.

import { type Static, Type } from 'typebox'
import { dataAnswer } from '../envelope.ts'

const closed = { additionalProperties: false } as const

function textOrNull(description: string) {
  return Type.Union([Type.String(), Type.Null()], { description })
}

/** Query values are texts; a whole number above zero. */
export const WHOLE_NUMBER = '^[1-9][0-9]{0,8}$'
/** 1 to 1000 (T4). */
export const LIMIT = '^([1-9][0-9]{0,2}|1000)$'

export const AuditQuery = Type.Object({
  target_kind: Type.Optional(
    Type.String({ maxLength: 40, description: 'Чего касается: source, terminal, admin…' }),
  ),
  target_id: Type.Optional(Type.String({ maxLength: 64, description: 'Номер того, что меняли' })),
  admin_id: Type.Optional(Type.String({ pattern: WHOLE_NUMBER, description: 'Кто менял' })),
  action: Type.Optional(
    Type.String({ maxLength: 80, description: 'Действие, например source.created' }),
  ),
  limit: Type.Optional(
    Type.String({ pattern: LIMIT, description: 'Сколько строк, до 1000; обычно 100' }),
  ),
  cursor: Type.Optional(
    Type.String({ pattern: '^[1-9][0-9]{0,17}$', description: 'next_cursor прошлой страницы' }),
  ),
})
export type AuditQuery = Static<typeof AuditQuery>

export const AuditLineData = Type.Object(
  {
    seq: Type.Integer({ description: 'Номер строки, без пропусков' }),
    at: Type.String({ description: 'Когда: YYYY-MM-DD HH:MM:SS, время Казахстана' }),
    at_utc: Type.String({ description: 'Когда: ISO 8601, UTC' }),
    actor: Type.Enum(['admin', 'cli', 'system'], { description: 'Сотрудник, команда или центр' }),
    admin_id: Type.Union([Type.Integer(), Type.Null()], { description: 'Номер сотрудника' }),
    actor_name: Type.String({ description: 'Имя сотрудника или учётной записи' }),
    ip: textOrNull('Адрес, с которого сделано'),
    action: Type.String({ description: 'Что сделано: source.created' }),
    target_kind: Type.String({ description: 'С чем' }),
    target_id: textOrNull('Его номер'),
    facts: Type.Record(Type.String(), Type.Unknown(), { description: 'Что было и что стало' }),
  },
  closed,
)
export type AuditLineData = Static<typeof AuditLineData>

export const AuditAnswer = dataAnswer(
  Type.Object(
    {
      lines: Type.Array(AuditLineData),
      limit: Type.Integer(),
      next_cursor: textOrNull('Для следующей страницы; null, когда дальше ничего нет'),
    },
    closed,
  ),
)
export type AuditAnswer = Static<typeof AuditAnswer>
