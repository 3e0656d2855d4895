// The live answers on the wire (S11): what a client of the event streams sends and gets.

import { type Static, Type } from 'typebox'

/** As Node gives it: lower case. */
export const LAST_EVENT_ID_HEADER = 'last-event-id'

/** An event's `data` is the `data` of the GET of the same name: `/api/payment/{id}/status`, `/pay/{id}/state`. */
export type LiveEventName = 'status' | 'state'

/** The last event of a stream that has nothing more to tell. It has no id. */
export const END_EVENT = 'end'

export const StreamEnd = Type.Object(
  {
    reason: Type.Literal('final', {
      description: 'Платеж завершен: новых событий не будет, переподключаться не нужно',
    }),
  },
  { additionalProperties: false },
)
export type StreamEnd = Static<typeof StreamEnd>

export const EventsQuery = Type.Object({
  last_event_id: Type.Optional(
    Type.String({
      description:
        'Номер последнего полученного события, если клиент не может передать заголовок Last-Event-ID',
      examples: ['3'],
    }),
  ),
})
export type EventsQuery = Static<typeof EventsQuery>

export const EventStreamText = Type.String({
  description:
    'Поток Server-Sent Events: сначала текущее состояние, затем каждое новое, в конце событие end',
})
