// Desks on the wire: what waits for a person, what is known of it, what may be done, who did what and why.

import { DESK_ACTIONS, DESKS } from '@byfly-pay/core'
import { type Static, Type } from 'typebox'
import { dataAnswer, messageAnswer, model } from '../envelope.ts'
import { LIMIT, WHOLE_NUMBER } from './audit.ts'
import {
  line,
  localMoment,
  localOrNull,
  orNull,
  textOrNull,
  utcMoment,
  utcOrNull,
} from './shape.ts'

const desk = Type.Enum([...DESKS], { description: 'Стол', examples: ['late_money'] })

export const DesksAnswer = dataAnswer(
  model('Desks', {
    desks: Type.Array(
      model('DeskCount', {
        desk,
        title: Type.String({ description: 'Как он называется', examples: ['Поздние деньги'] }),
        open: Type.Integer({ description: 'Сколько на нём ждёт', examples: [4] }),
        unassigned: Type.Integer({ description: 'Из них никто не взял', examples: [3] }),
        oldest_age_seconds: orNull(
          Type.Integer(),
          'Сколько секунд ждёт самое старое; null — стол пуст',
          5_400,
        ),
      }),
      { description: 'Все столы, и пустые тоже' },
    ),
  }),
)
export type DesksAnswer = Static<typeof DesksAnswer>

export const DeskQuery = Type.Object({
  state: Type.Optional(
    Type.Enum(['open', 'closed'], {
      description: 'Открытые, старые сверху, или закрытые, новые сверху; обычно open',
    }),
  ),
  assignee: Type.Optional(
    Type.String({
      pattern: '^(me|nobody|[1-9][0-9]{0,8})$',
      description: 'Чьи: me — мои, nobody — ничьи, или номер сотрудника',
    }),
  ),
  limit: Type.Optional(
    Type.String({ pattern: LIMIT, description: 'Сколько строк, до 1000; обычно 100' }),
  ),
  cursor: Type.Optional(
    Type.String({ pattern: WHOLE_NUMBER, description: 'next_cursor прошлой страницы' }),
  ),
})
export type DeskQuery = Static<typeof DeskQuery>

const entry = {
  id: Type.Integer({ description: 'Номер записи', examples: [81] }),
  desk,
  kind: Type.String({ description: 'О чём она, постоянным словом', examples: ['late_money'] }),
  title: Type.String({
    description: 'О чём она',
    examples: ['Деньги пришли после отмены, срока или неудачи'],
  }),
  known: Type.Array(Type.String(), {
    description: 'Что известно, по предложению в строке',
    examples: [['Источник — «Мой сайт»', 'Терминал — «Касса 1»']],
  }),
  opened_at: localMoment('Открыта'),
  opened_at_utc: utcMoment('Открыта'),
  age_seconds: Type.Integer({
    description: 'Сколько секунд ждала или ждёт',
    examples: [5_400],
  }),
  closed_at: localOrNull('Закрыта; null — открыта'),
  closed_at_utc: utcOrNull('Закрыта'),
  closed_by: textOrNull('Кто закрыл вручную; null — открыта или закрылась сама', null),
  close_reason: textOrNull('Почему закрыл', null),
  assignee_id: orNull(Type.Integer(), 'Кто взял; null — никто', 7),
  assignee_name: textOrNull('Его имя', 'Айгерим Сериккызы'),
  transaction_id: textOrNull('Платёж; null — не о платеже', '019B4F5C8A317D02A6C1E5B4D3F20718'),
  attempt_id: textOrNull('Попытка', '019b4f5c-8a31-7d02-a6c1-e5b4d3f20719'),
  terminal_id: orNull(Type.Integer(), 'Терминал; null — не о нём или он вам не виден', 3),
  source_id: orNull(Type.Integer(), 'Источник', 3),
  actions: Type.Array(Type.Enum([...DESK_ACTIONS]), {
    description:
      'Что вы можете сделать: take, assign, note, close — здесь; resolve_attempt, cancel_payment, ' +
      'resolve_quarantine, register_terminal, trust_certificate — с платежом или терминалом',
    examples: [['take', 'assign', 'note', 'close']],
  }),
} as const

export const DeskEntryData = model('DeskEntry', entry)
export type DeskEntryData = Static<typeof DeskEntryData>

export const DeskAnswer = dataAnswer(
  model('DeskPage', {
    entries: Type.Array(DeskEntryData, { description: 'Записи' }),
    limit: Type.Integer({ description: 'Сколько строк спрошено', examples: [100] }),
    next_cursor: textOrNull('Для следующей страницы; null, когда дальше ничего нет', '81'),
  }),
)
export type DeskAnswer = Static<typeof DeskAnswer>

export const DeskEntryAnswer = dataAnswer(
  model('DeskEntryStory', {
    ...entry,
    history: Type.Array(
      model('DeskEntryStep', {
        at: localMoment('Когда'),
        at_utc: utcMoment('Когда'),
        who: Type.String({ description: 'Кто', examples: ['Айгерим Сериккызы'] }),
        what: Type.String({ description: 'Что сделал', examples: ['desk_entry.noted'] }),
        text: textOrNull('Заметка или причина', 'Клиент просит вернуть на карту'),
      }),
      { description: 'Кто что сделал и почему, по порядку' },
    ),
  }),
)
export type DeskEntryAnswer = Static<typeof DeskEntryAnswer>

export const AssignEntryRequest = Type.Object(
  { admin_id: orNull(Type.Integer({ minimum: 1 }), 'Кому; null — никому', 7) },
  { title: 'AssignEntryRequest' },
)
export type AssignEntryRequest = Static<typeof AssignEntryRequest>

export const NoteEntryRequest = Type.Object(
  { text: line(2_000, 'Заметка: останется в журнале', 'Клиент просит вернуть на карту') },
  { title: 'NoteEntryRequest' },
)
export type NoteEntryRequest = Static<typeof NoteEntryRequest>

export const CloseEntryRequest = Type.Object(
  {
    reason: line(
      2_000,
      'Почему больше не ждёт: останется в журнале',
      'Деньги вернули, чек у Асель',
    ),
  },
  { title: 'CloseEntryRequest' },
)
export type CloseEntryRequest = Static<typeof CloseEntryRequest>

export const EntryWorkedAnswer = messageAnswer('Записано', Type.Null())
export type EntryWorkedAnswer = Static<typeof EntryWorkedAnswer>
