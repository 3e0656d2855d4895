// The camera before a terminal in one look: the forms of the field that answer at once, in JSON, as
// plain text with the link, or with a picture that the centre has to decode.
import { jsonReply, refusalReply, textReply, type WholeReply } from '../http/reply.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { ORDINARY_DISTORTIONS, OUT_OF_FOCUS } from './distortions.ts'
import { encodePicture, PICTURE_FORMS, type PictureForm } from './encode.ts'
import { isJsonForm, JSON_SPELLINGS, type JsonForm } from './json-spellings.ts'
import { takePicture } from './picture.ts'
import { look, qrInSight, type Sight } from './sight.ts'

/** `long_poll` answers when there is a QR; `mjpeg` never ends; `none` is no camera at all. */
export const CAMERA_FORMS = [
  ...Object.keys(JSON_SPELLINGS).filter(isJsonForm),
  'text',
  ...PICTURE_FORMS,
  'mjpeg',
  'long_poll',
  'none',
] as const
export type CameraForm = (typeof CAMERA_FORMS)[number]
export type OneLookForm = JsonForm | PictureForm | 'text'

const GARBAGE_BYTES = 512

export function oneLookReply(terminal: Terminal, form: OneLookForm): WholeReply {
  const sight = look(terminal)
  if (sight.kind === 'down') return cameraDown(sight)
  if (form === 'text') {
    return textReply(200, sight.kind === 'garbage' ? '???' : (qrInSight(sight) ?? ''))
  }
  if (isJsonForm(form)) return jsonSight(sight, form)
  const body = pictureOf(terminal, sight, form)
  return { status: 200, contentType: `image/${form}`, body }
}

export function cameraDown(sight: Sight & { readonly kind: 'down' }): WholeReply {
  return refusalReply(sight.httpStatus, 'Камера недоступна')
}

export function jsonSight(sight: Sight, form: JsonForm): WholeReply {
  const reply = jsonReply(200, JSON_SPELLINGS[form](qrInSight(sight)))
  return sight.kind === 'garbage' ? { ...reply, body: '{"success":tr' } : reply
}

/** A sight that is no screen is black, and garbage is no picture at all. */
export function pictureOf(terminal: Terminal, sight: Sight, form: PictureForm): Uint8Array {
  if (sight.kind === 'garbage') {
    return Uint8Array.from({ length: GARBAGE_BYTES }, () => terminal.random.integer(0, 255))
  }
  const screen = 'screen' in sight ? sight.screen : null
  const distortions = sight.kind === 'blurred' ? OUT_OF_FOCUS : ORDINARY_DISTORTIONS
  return encodePicture(takePicture(screen, terminal.random, distortions), form)
}
