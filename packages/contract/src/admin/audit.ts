// The audit on the wire.

import { type Static, Type } from 'typebox'
import { dataAnswer, model } from '../envelope.ts'
import { localMoment, orNull, textOrNull, utcMoment } from './shape.ts'

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

export const AuditLineData = model('AuditLine', {
  seq: Type.Integer({ description: 'Номер строки, без пропусков', examples: [412] }),
  at: localMoment('Когда'),
  at_utc: utcMoment('Когда'),
  actor: Type.Enum(['admin', 'cli', 'system'], {
    description: 'Сотрудник, команда в консоли или сам центр',
    examples: ['admin'],
  }),
  admin_id: orNull(Type.Integer(), 'Номер сотрудника; null — не сотрудник', 7),
  actor_name: Type.String({
    description: 'Имя сотрудника или учётной записи',
    examples: ['Айгерим Сериккызы'],
  }),
  ip: textOrNull('Адрес, с которого сделано; null — не по сети', '203.0.113.7'),
  action: Type.String({ description: 'Что сделано', examples: ['source.changed'] }),
  target_kind: Type.String({ description: 'С чем', examples: ['source'] }),
  target_id: textOrNull('Его номер; null — номера нет', '3'),
  facts: Type.Record(Type.String(), Type.Unknown(), {
    description: 'Что было и что стало; ключей, кодов и телефонов покупателей здесь не бывает',
    examples: [{ name: { before: 'Сайт', after: 'Мой сайт' } }],
  }),
})
export type AuditLineData = Static<typeof AuditLineData>

export const AuditAnswer = dataAnswer(
  model('AuditPage', {
    lines: Type.Array(AuditLineData, { description: 'Строки, новые сверху' }),
    limit: Type.Integer({ description: 'Сколько строк спрошено', examples: [100] }),
    next_cursor: textOrNull('Для следующей страницы; null, когда дальше ничего нет', '312'),
  }),
)
export type AuditAnswer = Static<typeof AuditAnswer>
