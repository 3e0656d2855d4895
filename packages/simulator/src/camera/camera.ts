// The camera before a terminal, in each form that cameras of the field answer in: JSON, plain text
// with the link, or a picture that the centre has to decode.
import { jsonReply, type Reply, refusalReply, textReply } from '../http/reply.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { encodePicture, type PictureForm } from './encode.ts'
import { takePicture } from './picture.ts'
import { look, qrInSight, type Sight } from './sight.ts'

export const CAMERA_FORMS = ['json', 'text', 'png', 'jpeg', 'bmp', 'none'] as const
export type CameraForm = (typeof CAMERA_FORMS)[number]

const GARBAGE_BYTES = 512
const PICTURE_TYPES: Readonly<Record<PictureForm, string>> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  bmp: 'image/bmp',
}

export function cameraReply(terminal: Terminal, form: CameraForm): Reply {
  if (form === 'none') return refusalReply(404, 'У этого терминала нет камеры')
  const sight = look(terminal)
  if (sight.kind === 'down') return refusalReply(sight.httpStatus, 'Камера недоступна')
  switch (form) {
    case 'json':
      return sight.kind === 'garbage' ? brokenJson() : jsonReply(200, scanBody(sight))
    case 'text':
      return textReply(200, sight.kind === 'garbage' ? '???' : (qrInSight(sight) ?? ''))
    default:
      return pictureReply(terminal, form, sight)
  }
}

/** The words of the earlier centre's camera service. */
export function scanBody(sight: Sight): object {
  const qrData = qrInSight(sight)
  return qrData === null
    ? { success: false, message: 'QR-код не найден' }
    : { success: true, qrData }
}

function pictureReply(terminal: Terminal, form: PictureForm, sight: Sight): Reply {
  const contentType = PICTURE_TYPES[form]
  if (sight.kind === 'garbage') {
    const body = Uint8Array.from({ length: GARBAGE_BYTES }, () => terminal.random.integer(0, 255))
    return { status: 200, contentType, body }
  }
  const screen = sight.kind === 'screen' ? sight.screen : null
  const body = encodePicture(takePicture(screen, terminal.random), form)
  return { status: 200, contentType, body }
}

function brokenJson(): Reply {
  return { ...jsonReply(200, {}), body: '{"success":tr' }
}
