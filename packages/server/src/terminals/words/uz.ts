// Uzbek: what is said of a terminal, its test and its registration.

import type { TerminalWords } from './shape.ts'

const AUTOMATIC_TIME = 'Terminalda sana va vaqtni avtomatik holatga qoʻying'

export const uz: TerminalWords = {
  network: {
    connected: (ms) => `Aloqa ${ms} ms ichida oʻrnatildi`,
    slow: {
      message: (ms) => `Aloqa sekin: ${ms} ms`,
      cure: 'Terminalning Wi-Fi tarmogʻi yoki kabelini tekshiring',
    },
    forbidden: {
      message: 'Terminal manzili qurilmalarga ruxsat etilgan tarmoqlardan tashqarida',
      cure: 'Manzilni tekshiring yoki tarmogʻini BYFLY_DEVICE_NETWORKS ga qoʻshing',
    },
    refused: {
      message: 'Terminal aloqani qabul qilmayapti',
      cure: 'Quvvati, tarmogʻi, manzili va portini tekshiring: qayta yoqilganda manzil almashgan boʻlishi mumkin',
    },
  },
  tls: {
    plain: 'Terminal http orqali, shifrsiz ishlaydi',
    unseen: 'Aloqa yoʻq: sertifikat koʻrinmaydi',
    none: {
      message: 'Terminal sertifikat koʻrsatmadi',
      cure: 'Manzilni tekshiring: u https bilan boshlanishi kerak',
    },
    unchecked: {
      message: (print) => `Sertifikat tekshirilmaydi, izi: ${print}`,
      cure: 'Terminalni pinned rejimiga oʻtkazing: hozir uni shu tarmoqdagi har kim almashtira oladi',
    },
    changed: {
      message: (print) => `Sertifikat oʻzgardi, izi: ${print}`,
      cure: 'Oʻzingiz almashtirgan boʻlsangiz, yangisini tasdiqlang; boʻlmasa oʻsha terminalmi, tekshiring',
    },
    untrusted: {
      message: 'Sertifikat tekshiruvdan oʻtmaydi',
      cure: 'kaspipos.kz manzilini koʻrsating yoki terminalni pinned rejimiga oʻtkazing',
    },
    right: (tls, print) => `Sertifikat toʻgʻri (${tls}), izi: ${print}`,
    until: {
      message: (end) => `, amal qilish muddati: ${end}`,
      cure: 'Tez orada terminal yangi sertifikat koʻrsatadi: uni tasdiqlash kerak boʻladi',
    },
  },
  token: {
    refused: {
      message: 'Terminal markaz tokenini qabul qilmayapti',
      cure: 'Terminalni roʻyxatdan oʻtkazib, ekranida «Разрешить» ni bosing',
    },
    expired: {
      message: 'Token endi yaroqsiz, uni almashtirib boʻlmadi',
      cure: 'Bir daqiqadan keyin qayta tekshiring; yordam bermasa, terminalni roʻyxatdan oʻtkazib, ekranida «Разрешить» ni bosing',
    },
    notAsked: 'Terminal token soʻramaydi: «Integratsiya himoyasi» oʻchirilgan',
    none: 'Token yoʻq, terminal uni soʻraydimi, koʻrinmaydi',
    ranOut: {
      message: (end) => `Token muddati tugadi: ${end}`,
      cure: 'Terminal javob berishi bilan markaz uni almashtiradi',
    },
    until: (end) => `Token muddati: ${end}, oʻzi yangilanadi`,
  },
  device: {
    atWork: 'Terminalda amal ketyapti: hozir undan soʻralmaydi',
    well: (ms, api) => `Terminal ${ms} ms ichida javob beradi, API ${api}`,
    other: {
      message: 'Bu manzilda boshqa terminal javob beryapti: seriya raqami oʻzgardi',
      cure: 'Terminal almashtirilgan boʻlsa, hammasi toʻgʻri; boʻlmasa manzilni tekshiring',
    },
    noInternet: {
      message: 'Terminalda internet yoʻq',
      cure: 'Terminalning oʻzida Wi-Fi yoki SIM-kartani tekshiring',
    },
    failing: {
      message: 'Terminal xato bilan javob beryapti',
      cure: 'Ekraniga qarang va undagi Kaspi Pay ilovasini qayta yoqing',
    },
    stranger: {
      message: 'Bu manzilda Kaspi terminali emas, boshqa narsa javob beryapti',
      cure: 'Manzil va portni tekshiring',
    },
    noToken: 'Yaroqli tokensiz terminal oʻzi haqida aytmaydi',
    certificate: 'Sertifikat sababli aloqa rad etildi',
    silent: {
      message: 'Terminal aloqani qabul qilyapti, lekin jim turibdi',
      cure: 'Undagi Kaspi Pay ilovasini qayta yoqing',
    },
    unreachable: 'Aloqa yoʻq',
  },
  clock: {
    unseen: 'Terminal oʻz vaqtini koʻrsatmadi',
    right: 'Terminal soati toʻgʻri',
    fast: {
      message: (minutes) => `Terminal soati ${minutes} daq oldinda`,
      cure: AUTOMATIC_TIME,
    },
    slow: {
      message: (minutes) => `Terminal soati ${minutes} daq orqada`,
      cure: AUTOMATIC_TIME,
    },
  },
  camera: {
    none: 'Kamera yoʻq: terminal faqat joyida toʻlov oladi',
    failed: {
      message: 'Kamera tasvir bermayapti',
      cure: 'Kamera manzilini tekshirib, brauzerda oching: u yerda rasm, oqim yoki JSON boʻlishi kerak',
    },
    well: 'Kamera javob beryapti',
    codeSeen: 'Kamera javob beryapti, kadrda kod koʻrinadi',
    hints: {
      too_dark: {
        message: 'Kadr qorongʻi',
        cure: 'Terminal ekrani oʻchmagan boʻlsa, yorugʻlik qoʻshing yoki ekranni yoriting',
      },
      too_bright: {
        message:
          'Kamera kadr beryapti, bir qismi butunlay oq. QR oʻqilmasa, aks yoki chiroqni olib tashlang',
        cure: null,
      },
      blurred: {
        message: 'Kadr aniq emas',
        cure: 'Obyektivni arting, fokus yoki masofani toʻgʻrilang',
      },
      no_code: { message: 'Kamera aniq kadr beryapti, unda hozir kod yoʻq', cure: null },
    },
  },
  qr: {
    read: 'Ekrandagi Kaspi QR oʻqildi',
    foreign: {
      message: 'Kamera kodni koʻryapti, lekin u Kaspi QR emas',
      cure: 'Kamera kerakli ekranga qarayaptimi, tekshiring va kadrdan begona kodlarni olib tashlang',
    },
    none: 'Hozir ekranda kod yoʻq: birinchi toʻlovda tekshiriladi',
    cameraSilent: 'Kamera javob bermayapti',
  },
  stop: {
    can: 'Terminal markaz soʻrasa, amalni toʻxtatadi',
    cannot: {
      message: 'Terminal amalni toʻxtata olmaydi: xaridorda QR oxirigacha yaroqli qoladi',
      cure: 'Terminalning oʻzidagi tugma bilan bekor qilish mumkin',
    },
    unknown: 'Hali nomaʼlum: birinchi bekor qilishda aniqlanadi',
  },
  look: {
    findings: {
      well: 'Terminal aloqada',
      no_internet: 'Terminal javob beryapti, lekin interneti yoʻq',
      failing: 'Terminal javob beryapti, lekin xato haqida xabar qilyapti',
      not_registered: 'Terminal javob beryapti, lekin markazni bilmaydi: roʻyxatdan oʻtkazing',
      token_expired: 'Terminal javob beryapti, lekin token endi yaroqsiz',
      stranger: 'Bu manzilda Kaspi terminali emas, boshqa narsa javob beryapti',
      certificate_changed: 'Terminal sertifikati almashdi: aloqa rad etildi',
      certificate_untrusted:
        'Terminal sertifikati tekshiruvdan oʻtmaydi: kaspipos.kz manzili yoki pinned rejimi kerak',
      forbidden_address: 'Terminal manzili qurilmalarga ruxsat etilgan tarmoqlardan tashqarida',
      unreachable: 'Terminal javob bermayapti: quvvati, tarmogʻi va manzilini tekshiring',
    },
    uncheckedClause: '; sertifikat tekshirilmaydi',
    cameraClause: {
      ok: '; kamera ishlayapti',
      failed: '; kamera tasvir bermayapti',
      none: '; kamera yoʻq',
    },
    tooSlow: 'Terminal 5 soniyada javob bermadi.',
    connected: 'Terminal aloqada.',
    silent: 'Terminal javob bermayapti.',
    busy: 'Amal ketyapti.',
    resultUnknown: 'Karantin: amal natijasi nomaʼlum, qayta soʻralmoqda.',
    startLost: 'Karantin: boshlash javobi yoʻqoldi, amal boshlangan boʻlishi mumkin.',
    foreignOperation: 'Karantin: terminalda markaz boshlamagan amal boʻlgan.',
    switchedOff: 'Sozlamalarda oʻchirilgan.',
    suspended: 'Tekshiruvgacha chetlatilgan.',
    takenOut: 'Ishdan chiqarilgan.',
  },
  bank: {
    findings: {
      well: 'Bank javob beryapti, savdo nuqtasi topildi.',
      no_trade_point:
        'Bank javob beryapti, lekin tashkilotda bunday savdo nuqtasi yoʻq: raqamini tekshiring.',
      not_registered:
        'Bank markazni kiritmayapti: kalit, sertifikat va BINni tekshirib, ulanishni roʻyxatdan oʻtkazing.',
      token_expired: 'Bank qurilmani endi bilmaydi: ulanishni qayta roʻyxatdan oʻtkazing.',
      failing: 'Bank xato bilan javob beryapti.',
      no_internet: 'Bank xato bilan javob beryapti.',
      stranger: 'Bu manzilda Kaspi QR API emas, boshqasi javob beryapti.',
      certificate_unread:
        'Sertifikat fayllari oʻqilmayapti: shu serverdagi nomlari, paroli va jildini tekshiring.',
      certificate_changed: 'Bank serveri sertifikati almashdi: aloqa rad etildi.',
      certificate_untrusted: 'Bank serveri sertifikati tekshiruvdan oʻtmaydi.',
      forbidden_address: 'Bank manzili qurilmalarga ruxsat etilgan tarmoqlardan tashqarida.',
      unreachable: 'Bank javob bermayapti: manzili, tarmoq va sertifikatni tekshiring.',
    },
    registration: {
      registered: 'Ulanish roʻyxatdan oʻtdi, toʻlov qabul qilish mumkin.',
      refused: 'Bank rad etdi: kalit yoki sertifikat, BIN va savdo nuqtasini tekshiring.',
      busy: 'Bank band, keyinroq takrorlang.',
      not_connected:
        'Bank aloqani qabul qilmayapti: manzili, tarmoq va sertifikat fayllarini tekshiring.',
      no_answer: 'Bank javob bermadi, keyinroq takrorlang.',
      certificate_changed: 'Bank serveri sertifikati almashdi: aloqa rad etildi.',
    },
  },
  registration: {
    registered: {
      message: 'Terminal roʻyxatdan oʻtdi, token saqlandi va oʻzi yangilanadi',
      cure: null,
    },
    refused: {
      message: 'Terminal rad etdi: ekranda «Запретить» bosildi yoki u bu nomni biladi',
      cure: 'Terminaldan markaz nomini olib tashlab («Запретить»), takrorlang yoki boshqa nom oling',
    },
    busy: { message: 'Terminalda amal ketyapti', cure: 'Tugashini kutib, takrorlang' },
    not_connected: {
      message: 'Terminal bilan aloqa yoʻq',
      cure: 'Terminalni tekshiring: nima xalaqit berayotgani koʻrinadi',
    },
    certificate_changed: {
      message: 'Terminal sertifikati oʻzgardi: aloqa rad etildi',
      cure: 'Sertifikatni oʻzingiz almashtirgan boʻlsangiz, yangisini tasdiqlab, qayta roʻyxatdan oʻtkazing',
    },
    no_answer: {
      message: 'Javob yoʻq: ekranda hech narsa bosilmadi yoki javob yoʻqoldi',
      cure: 'Takrorlab, «Разрешить» ni bosing; terminal rad etsa, undan markaz nomini olib tashlang',
    },
  },
}
