// The console's stream on the wire: that something changed, never what it has become. Whoever is told asks for
// the thing itself, by their own rights.

import { type Static, Type } from 'typebox'
import { model } from '../envelope.ts'
import { localMoment, orNull, textOrNull, utcMoment } from './shape.ts'

/** The events of the stream; `data` of each is JSON. */
export const STAFF_EVENTS = { change: 'change', beat: 'beat' } as const

export const CHANGE_KINDS = ['payment', 'terminal', 'task', 'alert', 'everything'] as const
export type ChangeKind = (typeof CHANGE_KINDS)[number]

export const StaffChange = model('StaffChange', {
  kind: Type.Enum([...CHANGE_KINDS], {
    description:
      'Что изменилось; everything — слишком многое, чтобы перечислить, или о чём-то не сказано: ' +
      'спросите заново всё, что показываете',
    examples: ['payment'],
  }),
  id: textOrNull(
    'Номер, как в списке этих вещей; null у everything',
    '019B4F5C8A317D02A6C1E5B4D3F20718',
  ),
  version: orNull(Type.Integer(), 'У платежа — номер изменения, растёт; у остального null', 4),
})
export type StaffChange = Static<typeof StaffChange>

export const StaffBeat = model('StaffBeat', {
  at: localMoment('Сейчас'),
  at_utc: utcMoment('Сейчас'),
})
export type StaffBeat = Static<typeof StaffBeat>

export const StaffEventsText = Type.String({
  description:
    'Поток Server-Sent Events: change при каждом изменении, beat сразу и каждые 15 секунд',
})
