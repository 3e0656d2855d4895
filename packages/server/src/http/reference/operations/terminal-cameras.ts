// What the cameras before terminals see, told to staff.

import { ofStaff } from '../operation.ts'

export const terminalCameraOperations = ofStaff('terminals', {
  'GET /api/admin/terminals/{terminal_id}/camera': {
    operationId: 'lookThroughCamera',
    summary: 'Посмотреть через камеру',
    description:
      'Один взгляд сейчас, не дольше 4 секунд: кадр, где в нём QR, хватает ли света и резкости. Чтению ' +
      'QR для платежей не мешает. Кадр рисует сам центр: чужого файла в ответе нет.',
    refusals: ['terminal_not_found'],
  },
  'GET /api/admin/terminals/{terminal_id}/camera/frame': {
    operationId: 'getCameraFrame',
    summary: 'Последний кадр камеры',
    description:
      'Серый JPEG до 64 КБ, нарисованный центром. Камеру не трогает. `not_found` — кадра ещё нет, или на нём ' +
      'платёж, который вам не виден.',
    refusals: ['terminal_not_found', 'not_found'],
    plainAnswer: { mediaTypes: ['image/jpeg'], description: 'Картинка' },
  },
  'GET /api/admin/terminals/{terminal_id}/camera/misses': {
    operationId: 'listCameraMisses',
    summary: 'Где камера не прочитала QR',
    description:
      'До 12 последних раз, когда QR ждали, а камера его не увидела: почему и что было в кадре.',
    refusals: ['terminal_not_found'],
  },
})
