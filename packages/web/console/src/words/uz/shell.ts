// Uzbek: what every page says, logging in, the frame.

import type { shell as russian } from '../ru/shell.ts'
import type { Shape } from '../shape.ts'
import { errors } from './errors.ts'

export const shell: Shape<typeof russian> = {
  product: 'ByFly Pay',
  language: 'Til',
  dark: 'Qorongʻi mavzu',
  light: 'Yorugʻ mavzu',
  menu: 'Menyu',
  logOut: 'Chiqish',
  search: 'Toʻlov, buyurtma, telefon…',
  searchHint: 'Toʻlovni topish (/ tugmasi)',
  pages: {
    overview: 'Umumiy koʻrinish',
    cashier: 'Kassa',
    payments: 'Toʻlovlar',
    terminals: 'Terminallar',
    tasks: 'Vazifalar',
    reconciliation: 'Solishtirish',
    sources: 'Manbalar',
    settings: 'Sozlamalar',
  },
  roles: {
    super_admin: 'super-admin',
    country_admin: 'mamlakat admini',
    accountant: 'buxgalter',
    cashier: 'kassir',
    developer: 'dasturchi',
  },
  bell: {
    title: 'Ogohlantirishlar',
    unread: (count) => `Ogohlantirishlar, oʻqilmagan: ${count}`,
    none: 'Hammasi joyida',
    noneHint: 'Biror narsa buzilsa, shu yerda koʻrinadi',
    read: 'Oʻqildi',
    going: 'davom etmoqda',
    ended: 'tugadi',
  },
  act: {
    save: 'Saqlash',
    cancel: 'Kerak emas',
    retry: 'Qaytarish',
    open: 'Ochish',
    next: 'Keyingi',
    first: 'Boshiga',
    reset: 'Tozalash',
  },
  form: {
    required: 'Maydonni toʻldiring',
    reason: 'Sababi',
    evidence: 'Nimaga qaradingiz',
    evidenceHint: 'Chek, koʻchirma, terminal ekrani',
    atLeast: (letters) => `Kamida ${letters} belgi`,
  },
  error: {
    title: 'Boʻlmadi',
    network: 'Markaz javob bermayapti. Pul xavfsiz: bajarilgani yozib qoʻyilgan.',
    networkWrite:
      'Javob yoʻq. Qaytarishdan oldin sahifani yangilang: hammasi yozilgan boʻlishi mumkin.',
    request: (id) => `Soʻrov raqami: ${id}`,
    later: (seconds) => `${seconds} s dan keyin qaytaring`,
    lost: 'Bunday sahifa yoʻq',
    lostHint: 'Manzilni tekshiring yoki toʻlovlardan boshlang',
    broken: 'Sahifa buzildi. Pulga taʼsiri yoʻq',
    byCode: errors,
  },
  login: {
    title: 'Xodimlar uchun kirish',
    phone: 'Telefon',
    sendCode: 'Kod olish',
    code: 'SMS dagi kod',
    codeSent: (phone) => `${phone} xodimniki boʻlsa, unga kodli SMS keldi`,
    logIn: 'Kirish',
    other: 'Boshqa telefon',
    factor: 'Ilovadagi kod',
    recovery: 'Zaxira kod',
    useRecovery: 'Zaxira kodni kiritish',
    useApp: 'Ilovadagi kodni kiritish',
    enrolTitle: 'Ikkinchi omilni yoqing',
    enrolText:
      'QR-kodni kodlar ilovasi (Google Authenticator, Aegis va boshqalar) bilan skanerlang va kodini kiriting. Busiz ishlab boʻlmaydi.',
    secret: 'Yoki kalitni qoʻlda kiriting',
    confirm: 'Tasdiqlash',
    recoveryTitle: 'Zaxira kodlarni saqlang',
    recoveryText:
      'Ular boshqa koʻrsatilmaydi. Har biri telefon yonda boʻlmaganda bir marta yaraydi.',
    saved: 'Kodlar saqlandi, ishni boshlash',
  },
}
