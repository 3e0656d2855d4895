// The lines of a terminal's test that its camera decides: the picture, and the code in it. A code
// is only in sight while somebody pays, so that it was not read proves nothing.

import type { SightHint } from '../ports/provider.ts'
import { failed, type Line, ok, type Seen, skipped, warning } from './check-line.ts'

const NO_CAMERA = 'Камеры нет: терминал берёт только платежи на месте'

export function cameraLine({ screen }: Seen): Line {
  if (screen === null) return skipped(NO_CAMERA)
  switch (screen.kind) {
    case 'camera_failed':
      return failed(
        'Камера не даёт изображения',
        'Проверьте адрес камеры, откройте его в браузере: там должна быть картинка, поток или JSON',
      )
    case 'nothing':
      return screen.hint === null ? ok('Камера отвечает') : HINTS[screen.hint]
    case 'read':
    case 'foreign':
      return ok('Камера отвечает, код в кадре виден')
  }
}

/**
 * Of a picture without a code, as an idle screen gives it: white as a reflection, or gone dark to save
 * power. Nothing has failed then; the same hints count while a QR is waited for (payments/read-qr.ts).
 */
const HINTS: Readonly<Record<SightHint, Line>> = {
  too_dark: warning(
    'Кадр тёмный',
    'Если экран терминала не погас, добавьте света или прибавьте ему яркости',
  ),
  too_bright: ok(
    'Камера даёт кадр, часть его совсем белая. Если QR не будет читаться, уберите блик или лампу',
  ),
  blurred: warning('Кадр не в резкости', 'Протрите объектив, настройте резкость или расстояние'),
  no_code: ok('Камера даёт чёткий кадр, кода в нём сейчас нет'),
}

export function qrLine({ screen }: Seen): Line {
  if (screen === null) return skipped(NO_CAMERA)
  switch (screen.kind) {
    case 'read':
      return ok('QR Kaspi на экране прочитан')
    case 'foreign':
      return warning(
        'Камера видит код, но это не QR Kaspi',
        'Проверьте, на тот ли экран она смотрит, и уберите из кадра чужие коды',
      )
    case 'nothing':
      return skipped('Кода на экране сейчас нет: проверится при первом платеже')
    case 'camera_failed':
      return skipped('Камера не отвечает')
  }
}
