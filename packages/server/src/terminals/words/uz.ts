// Uzbek: what is said of a terminal's test and of its registration.

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
