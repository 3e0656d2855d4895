// All that the page says, in Uzbek.

import { percent } from '../money.js'

const PLACES = [
  'birinchi',
  'ikkinchi',
  'uchinchi',
  'toʻrtinchi',
  'beshinchi',
  'oltinchi',
  'yettinchi',
  'sakkizinchi',
]

/** @type {import('./ru.js').Words} */
export const uz = {
  code: 'uz',
  name: 'Oʻzbekcha',
  short: 'Oʻzb',
  title: 'Toʻlov',
  language: 'Til',
  number: 'Toʻlov raqami',
  sum: 'Summa',

  methods: {
    kaspi_gold: 'Kaspi\u00a0Gold',
    kaspi_red: 'Kaspi\u00a0Red',
    kaspi_credit: 'Kredit',
    kaspi_installment_12: '12 oyga boʻlib toʻlash',
    kaspi_installment_24: '24 oyga boʻlib toʻlash',
  },
  offer: {
    commission: (value) => (value === 0 ? 'komissiyasiz' : `komissiya ${percent(value)}`),
    monthly: (sum) => `oyiga taxminan ${sum}`,
    unavailable: 'summa mos kelmaydi',
    others: 'Boshqa usullar',
  },

  choose: {
    headline: 'Toʻlov usulini tanlang',
    advice: (when) => `Havola ${when} gacha amal qiladi`,
  },
  queue: {
    headline: 'Hamma terminallar band',
    advice: (place, seconds) => {
      const word = PLACES[place - 1]
      const where = word === undefined ? `Navbatdagi oʻrningiz: ${place}` : `Navbatda ${word}siz`
      const wait = seconds < 60 ? `${seconds} soniya` : `${Math.ceil(seconds / 60)} daqiqa`
      return `${where}, taxminan ${wait} kutasiz`
    },
    keep: 'Oʻrningiz saqlanadi. Terminal boʻshashi bilan QR shu yerda chiqadi',
    elsewhere: 'Oʻrinni boshqa qurilma saqlab turibdi. Shu yerda toʻlash uchun usul tanlang',
    change: 'Boshqa usulni tanlash',
  },
  preparing: {
    headline: 'QR tayyorlayapmiz…',
    advice: 'Odatda bir necha soniya ketadi',
    steps: ['Boʻsh terminal qidiryapmiz', 'Terminal QR tayyorlayapti', 'QR tekshiryapmiz'],
  },
  qr: {
    onComputer: 'Telefon kamerasini yoki Kaspi skanerini qarating',
    onPhone: 'Toʻlash uchun Kaspi ilovasini oching',
    pick: (product) => `Ilovada tanlang: ${product}`,
    pickAny: 'Ilovada toʻlovni tasdiqlang',
    open: 'Kaspi ilovasini ochish',
    folded: 'Boshqa telefon uchun QR',
    picture: 'Kaspi orqali toʻlash uchun QR',
    noPicture: 'QR yuklanmadi. Internetni tekshiring, yana urinyapmiz',
    left: (time) => `QR yana ${time} amal qiladi`,
    over: 'QR vaqti tugadi, natijani aniqlayapmiz',
  },
  qrOver: {
    headline: 'QR endi amal qilmaydi',
    advice: 'Toʻlashga ulgurgan boʻlsangiz, natija shu yerda chiqadi. Sahifani yopmang',
  },
  confirm: {
    headline: 'Ilovada toʻlovni tasdiqlang',
    advice: 'Bank javob berishi bilan shu yerda koʻrsatamiz',
  },
  unknown: {
    headline: 'Bank natijani hali tasdiqlamadi',
    advice: 'Ikkinchi marta toʻlamang, tekshirib, shu yerda aytamiz',
  },

  paid: {
    headline: (sum) => `${sum} toʻlandi`,
    advice: (when) => `${when}. Sahifani yopsangiz boʻladi`,
    seller: 'Kimga',
    subject: 'Nima uchun',
    when: 'Qachon',
    overpaid: 'Ortiqcha toʻlandi',
    refunded: 'Qaytarildi',
    title: 'Toʻlov tasdigʻi',
    notReceipt: 'Bu tasdiq, fiskal chek emas',
  },
  keep: {
    save: 'PDF saqlash',
    print: 'Chop etish',
    share: 'Ulashish',
    copied: 'Nusxalandi',
    failed: 'Bu yerda boʻlmadi. Ekranni suratga oling',
    back: (host) => `${host} saytiga qaytish`,
  },

  failed: {
    reasons: {
      declined: 'Toʻlov oʻtmadi: u Kaspi ilovasida bekor qilindi',
      ran_out: 'Toʻlov vaqti tugadi',
      cancelled_on_device: 'Toʻlov terminalda toʻxtatildi',
      device_error: 'Terminal toʻlovni qabul qila olmadi',
    },
    otherwise: 'Toʻlov oʻtmadi',
    advice: 'Pul yechilmadi',
    again: 'Yana urinib koʻrish',
  },
  refused: {
    reasons: {
      terminals_unavailable: ['Terminallar hozir ishlamayapti', 'Yarim daqiqadan keyin urining'],
      taking_money_is_off: ['Toʻlov qabul qilish toʻxtatilgan', 'Bu uzoqqa emas, keyinroq urining'],
      limit_reached: ['Hozir toʻlayotganlar juda koʻp', 'Bir daqiqadan keyin urining'],
      source_disabled: ['Sotuvchi hozir toʻlov olmayapti', 'Undan boshqa usulni soʻrang'],
      too_many_attempts: ['Urinishlar juda koʻp', 'Sotuvchidan yangi havola soʻrang'],
      amount_too_small: ['Bu usul uchun summa kam', 'Boshqasini tanlang'],
      amount_too_large: ['Bu usul uchun summa katta', 'Boshqasini tanlang'],
      attempt_in_progress: ['Oldingi toʻlov hali tugamadi', 'Tugashini kutib, yana urining'],
    },
    otherwise: ['Toʻlovni boshlab boʻlmadi', 'Pul yechilmadi, yana urinib koʻring'],
  },

  rest: {
    advice: (sum) => `Yana ${sum} toʻlash qoldi`,
    used: {
      kaspi_gold: 'Kaspi Gold orqali toʻladingiz, uning komissiyasi yuqori',
      kaspi_red: 'Kaspi Red orqali toʻladingiz, uning komissiyasi yuqori',
      kaspi_credit: 'Kreditga toʻladingiz, uning komissiyasi yuqori',
      kaspi_installment_12: 'Boʻlib toʻladingiz, uning komissiyasi yuqori',
      kaspi_installment_24: 'Boʻlib toʻladingiz, uning komissiyasi yuqori',
      card: 'Karta bilan toʻladingiz, uning komissiyasi yuqori',
      alaqan: 'Kaft bilan toʻladingiz, Alaqan komissiyasi yuqori',
    },
    paid: (sum) => `Siz ${sum} toʻlab boʻldingiz`,
    how: 'Bu summa qanday chiqdi',
    original: 'Komissiyasiz narxi',
    youPaid: 'Siz toʻladingiz',
    commission: (value) =>
      value === null ? 'Shundan komissiya' : `Shundan komissiya ${percent(value)}`,
    credited: 'Sotuvchiga hisoblandi',
    left: 'Komissiyasiz qolgani',
    due: (product, value) => `Toʻlash kerak: ${product}, komissiya ${percent(value)}`,
    pay: (sum) => `${sum} toʻlash`,
  },

  cancelled: {
    headline: 'Toʻlov bekor qilindi',
    advice: 'Fikringiz oʻzgarsa, sotuvchidan yangi havola soʻrang',
    expired: 'Toʻlov muddati tugadi',
    expiredAdvice: 'Sotuvchidan yangi havola soʻrang',
    paid: (sum) => `Toʻlangan ${sum} qaytariladi. Qachonligini sotuvchidan soʻrang`,
    refunded: (sum) => `${sum} qaytarildi`,
  },
  missing: {
    headline: 'Bunday toʻlov yoʻq',
    advice: 'Havolani tekshiring yoki sotuvchidan yangisini soʻrang',
  },

  refund: {
    preparing: ['Qaytarish uchun QR tayyorlayapmiz…', 'Odatda bir necha soniya ketadi'],
    confirm: ['Ilovada qaytarishni tasdiqlang', 'Bank javob berishi bilan shu yerda koʻrsatamiz'],
    unknown: ['Bank qaytarishni hali tasdiqlamadi', 'Tekshirib, shu yerda aytamiz'],
    onComputer: 'Qaytarish QR kodini Kaspi ilovasida skanerlang',
    onPhone: 'Pulni olish uchun Kaspi ilovasini oching',
    advice: 'Pul toʻlagan joyingizga qaytadi',
    picture: 'Kaspi ilovasi uchun qaytarish QR kodi',
  },
  line: {
    loading: 'Toʻlov yuklanmoqda…',
    lost: 'Aloqa yoʻq. Oxirgi bilganimiz koʻrsatilgan. Qayta ulanyapmiz',
    back: 'Aloqa bor',
  },
}
