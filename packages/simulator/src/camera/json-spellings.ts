// How the camera services of the field spell a QR in JSON, and how each says that it sees none. The
// first one is that of the earlier centre.

type Spelling = (qr: string | null) => object

export const JSON_SPELLINGS = {
  json: (qr) =>
    qr === null ? { success: false, message: 'QR-код не найден' } : { success: true, qrData: qr },
  json_qr: (qr) => ({ qr }),
  json_data: (qr) => ({ status: qr === null ? 'empty' : 'ok', data: qr ?? '' }),
  json_text: (qr) => ({ text: qr, format: 'QR_CODE' }),
  json_url: (qr) => ({ success: qr !== null, url: qr }),
  json_nested: (qr) => ({ success: true, data: { qr, camera: 'front' } }),
  json_list: (qr) => ({ data: qr === null ? [] : [{ type: 'QRCODE', text: qr }] }),
} as const satisfies Readonly<Record<string, Spelling>>

export type JsonForm = keyof typeof JSON_SPELLINGS

export function isJsonForm(form: string): form is JsonForm {
  return Object.hasOwn(JSON_SPELLINGS, form)
}
