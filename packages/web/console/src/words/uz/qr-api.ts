// Uzbek: Kaspi QR API.

import type { qrApi as russian } from '../ru/qr-api.ts'
import type { Shape } from '../shape.ts'

export const qrApi: Shape<typeof russian> = {
  text:
    'Kaspi QR API toʻlovni terminalsiz qabul qiladi: QR yoki havolani bankning oʻzi beradi. Manzil, sxema va kalit ' +
    'yoki sertifikat bank bilan shartnomada yozilgan. Ulanish roʻyxatdan oʻtgach, «Usullar va stavkalar»da har ' +
    'bir usul nima bilan qabul qilinishini tanlang.',
  add: 'Ulanish qoʻshish',
  none: 'Ulanish yoʻq: toʻlovni terminallar qabul qiladi',
  name: 'Nomi',
  address: 'API manzili',
  addressHint: 'Shartnomadan: nom yoki https://nom:port',
  scheme: 'Sxema',
  schemes: {
    r1: 'r1: kalit bilan, qaytarishsiz',
    r2: 'r2: sertifikat bilan, xaridor ishtirokida qaytarish',
    r3: 'r3: sertifikat va BIN bilan, xaridorsiz qaytarish',
  },
  form: 'Bank nima beradi',
  forms: { qr: 'QR-kod', link: 'Toʻlov havolasi' },
  tradePoint: 'Savdo nuqtasi raqami',
  apiKey: 'API kaliti',
  secretHint: 'Koʻrsatilmaydi. Oʻzgartirmaslik uchun boʻsh qoldiring',
  certificate: 'Sertifikat fayli',
  certificateHint:
    'Har bir serverdagi BYFLY_BANK_CERTIFICATES papkasidagi PEM, PFX yoki P12 fayl nomi',
  keyFile: 'Kalit fayli, alohida boʻlsa',
  passphrase: 'Kalit paroli',
  bin: 'Tashkilot BIN raqami',
  tls: 'Bank sertifikati',
  tlsModes: { strict: 'Odatdagidek tekshirish', pinned: 'Faqat birinchi koʻrilganiga ishonish' },
  active: 'Yangi toʻlovlarni oladi',
  notRegistered: 'Roʻyxatdan oʻtmagan',
  refused: 'Bank kiritmayapti',
  silent: 'Bank javob bermayapti',
  certificateUntil: (day) => `Sertifikat ${day} gacha`,
  check: 'Tekshirish',
  register: 'Roʻyxatdan oʻtkazish',
  route: 'Nima bilan olinadi',
  routes: {
    terminals_first: 'Terminal, boʻshi boʻlmasa — QR API',
    terminals_only: 'Faqat terminallar',
    qr_api_only: 'Faqat QR API',
  },
}
