// The wall of terminals on the wire: each as it is listed, with what is on its screen now, and the queue.

import { SCREENS } from '@byfly-pay/core'
import { type Static, Type } from 'typebox'
import { dataAnswer, model } from '../envelope.ts'
import { hexId, localMoment, localOrNull, orNull, tiyn, utcMoment, utcOrNull } from './shape.ts'
import { TerminalData } from './terminals.ts'

const Work = model('TerminalWork', {
  transaction_id: hexId('Платёж'),
  purpose: Type.Enum(['payment', 'refund'], {
    description: 'Оплата или возврат',
    examples: ['payment'],
  }),
  amount: tiyn('Сколько берёт или отдаёт терминал', 1_010_000),
  currency: Type.String({ description: 'Валюта', examples: ['KZT'] }),
  since: localMoment('С какого времени'),
  since_utc: utcMoment('С какого времени'),
  for_seconds: Type.Integer({ description: 'Сколько секунд уже', examples: [42] }),
})

const Camera = model('TerminalCamera', {
  outcome: Type.Enum(['read', 'nothing', 'foreign', 'camera_failed'], {
    description: 'Последний взгляд: QR прочитан, кода нет, код чужой, камера не отвечает',
    examples: ['nothing'],
  }),
  looked_at: localMoment('Когда смотрели'),
  looked_at_utc: utcMoment('Когда смотрели'),
  frame_at: localOrNull('Когда снят последний кадр'),
  frame_at_utc: utcOrNull('Когда снят последний кадр'),
  frame_age_seconds: orNull(Type.Integer(), 'Сколько ему секунд; null — кадра нет', 12),
})

const OnWall = model('TerminalOnWall', {
  ...TerminalData.properties,
  screen: Type.Enum([...SCREENS], {
    description:
      'Что на экране по последнему слову, которое центр принял: ничего, начинается, QR, ждёт ' +
      'подтверждения, карта, неизвестно',
    examples: ['qr'],
  }),
  qr_read: Type.Boolean({ description: 'QR с экрана уже прочитан' }),
  work: orNull(Work, 'Что идёт на терминале; null — ничего, или этот платёж вам не виден'),
  camera: orNull(Camera, 'Последний взгляд камеры; null — ещё не смотрели'),
  waiting: Type.Integer({
    description: 'Сколько платежей в очереди этот терминал может взять',
    examples: [2],
  }),
})
export type TerminalOnWall = Static<typeof OnWall>

const Queue = model('TerminalQueue', {
  payment_system: Type.String({ description: 'Платёжная система', examples: ['kaspi'] }),
  waiting: Type.Integer({ description: 'Сколько платежей ждут терминала', examples: [3] }),
  eta_seconds: orNull(
    Type.Integer(),
    'Сколько прождёт тот, кто придёт сейчас; null — ни один терминал не работает',
    40,
  ),
})

export const TerminalWallAnswer = dataAnswer(
  model('TerminalWall', {
    terminals: Type.Array(OnWall, { description: 'Терминалы в порядке добавления' }),
    queues: Type.Array(Queue, { description: 'Очередь каждой платёжной системы' }),
  }),
)
export type TerminalWallAnswer = Static<typeof TerminalWallAnswer>
