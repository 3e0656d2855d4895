// What the camera before a terminal sees, on the wire: pictures that the centre drew itself, with the places of
// codes in them.

import { type Static, Type } from 'typebox'
import { dataAnswer, model } from '../envelope.ts'
import { localMoment, orNull, textOrNull, utcMoment } from './shape.ts'

const PICTURE = 'data:image/jpeg;base64,/9j/4AAQSkZJRg…'

const Corner = model('FrameCorner', {
  x: Type.Number({ description: 'Доля ширины кадра, 0 — слева', examples: [0.31] }),
  y: Type.Number({ description: 'Доля высоты кадра, 0 — сверху', examples: [0.22] }),
})

export const CameraFrame = model('CameraFrame', {
  picture: Type.String({
    description: 'Кадр, нарисованный центром заново: серый JPEG как data URI, до 64 КБ',
    examples: [PICTURE],
  }),
  width: Type.Integer({ description: 'Ширина, точки', examples: [480] }),
  height: Type.Integer({ description: 'Высота, точки', examples: [360] }),
  codes: Type.Array(Type.Array(Corner), {
    description: 'Где в кадре QR-коды: четыре угла каждого',
  }),
  light: Type.Enum(['too_dark', 'dim', 'good', 'too_bright'], {
    description: 'Свет: слишком темно, темновато, хорошо, пересвечено',
    examples: ['good'],
  }),
  focus: Type.Enum(['blurred', 'soft', 'sharp'], {
    description: 'Резкость: смазано, мягко, резко',
    examples: ['sharp'],
  }),
  tilt_degrees: orNull(
    Type.Integer(),
    'Под каким углом камера смотрит на код, градусы: 0 — прямо; null — кода нет',
    6,
  ),
  decode_ms: Type.Integer({ description: 'Сколько искали код, миллисекунды', examples: [38] }),
})
export type CameraFrame = Static<typeof CameraFrame>

export const CameraLookAnswer = dataAnswer(
  model('CameraLook', {
    id: Type.Integer({ description: 'Номер терминала', examples: [3] }),
    outcome: Type.Enum(['read', 'nothing', 'foreign', 'camera_failed', 'no_camera', 'hidden'], {
      description:
        'QR Kaspi прочитан, кода нет, код чужой, камера не отвечает, камеры нет, на экране платёж, который вам не виден',
      examples: ['read'],
    }),
    took_ms: orNull(Type.Integer(), 'Сколько занял взгляд целиком, миллисекунды', 120),
    frame: orNull(
      CameraFrame,
      'Что в кадре; null — картинки не было: камера ответила текстом или не ответила',
    ),
    looked_at: localMoment('Когда'),
    looked_at_utc: utcMoment('Когда'),
  }),
)
export type CameraLookAnswer = Static<typeof CameraLookAnswer>

const CameraMiss = model('CameraMiss', {
  reason: Type.Enum(['camera_failed', 'foreign', 'no_code', 'too_dark', 'too_bright', 'blurred'], {
    description:
      'Камера не ответила, видела чужой код, не видела кода, кадр тёмный, пересвечен, не в резкости',
    examples: ['too_dark'],
  }),
  at: localMoment('Когда'),
  at_utc: utcMoment('Когда'),
  picture: textOrNull('Кадр, как у `CameraFrame`; null — его нет или он не для вас', PICTURE),
})

export const CameraMissesAnswer = dataAnswer(
  Type.Array(CameraMiss, { description: 'До 12 последних, новые сверху' }),
)
export type CameraMissesAnswer = Static<typeof CameraMissesAnswer>
