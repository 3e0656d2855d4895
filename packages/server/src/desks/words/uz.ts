// Uzbek: what is said of the entries of desks.

import type { DeskWords, Operation } from './shape.ts'

export const uz: DeskWords = {
  desks: {
    unknown_results: 'Nomaʼlum natijalar',
    late_money: 'Kech kelgan pul',
    overpaid: 'Ortiqcha toʻlovlar',
    refunds: 'Qaytarishlar',
    terminals: 'Terminallar',
    outside: 'Markazdan tashqari',
    statements: 'Koʻchirma bilan farqlar',
    other: 'Qolgani',
  },
  quarantines: {
    start_lost: 'terminal boshlashga javob bermadi, unda amal ketayotgan boʻlishi mumkin',
    terminal_busy: 'terminalda markaz boshlamagan amal ketgan',
    access_denied: 'terminal tokenni qabul qilmadi',
  },
  differences: {
    sum: 'Summasi boshqa',
    product: 'Mahsuloti boshqa',
    fee: 'Bank komissiyasi boshqa',
  },
  noTime: 'vaqti nomaʼlum',
  source: (name) => `Manba: «${name}»`,
  terminal: (name) => `Terminal: «${name}»`,
  restored: (since, until) =>
    `Baza tiklandi yoki almashtirildi: markaz shu oraliqdagi amallarni bilmasligi mumkin: ${since} — ${until}`,
  compare: 'Terminalni shu vaqtdagi jurnali yoki koʻchirma bilan solishtiring',
  saleOutside: (operation) => `Koʻchirmada sotuv bor (${shown(operation)}), markazda esa u yoʻq`,
  refundOutside: (operation) =>
    `Koʻchirmada qaytarish bor (${shown(operation)}), markazda esa u yoʻq`,
  missingThere: (at) => `Pul olindi (${at}), lekin shu vaqtdagi koʻchirmada yoʻq`,
  inStatement: (operation) => `Koʻchirmadagi amal: ${shown(operation)}`,
  ambiguous: (operation) =>
    `Koʻchirmadagi amal (${shown(operation)}) bir nechta toʻlovga mos, markaz taxmin qilmaydi`,
  fitting: 'Mos toʻlovlar',
  likely: 'Oʻxshash toʻlov urinishlari',
  disagreement: (booked, told, number) => {
    const here = booked === null ? 'bu urinish boʻyicha pul yoʻq' : `${booked} olindi`
    const there = told === null ? 'pul boʻlmadi' : `${told ?? 'nomaʼlum summa'} oldim`
    const named = number === null ? '' : ` (amal № ${number})`
    return `Markazda ${here}, terminal esa «${there}» deydi${named}`
  },
  paidTwice: (order, other) =>
    `Buyurtma${order === null ? '' : ` ${order}`} boshqa toʻlov bilan toʻlab boʻlingan: ${other}`,
  possibleDuplicate: (other) => `Shu mijoz hozirgina shu manbaga xuddi shuncha toʻlagan: ${other}`,
  why: (reason) => `Sababi: ${reason}`,
  waitsUntil: (at) => `Kutish muddati: ${at}, keyingi birinchi boshlash sinov boʻladi`,
  payment: (id, sum) => `Toʻlov ${id}, ${sum}`,
  taken: (taken, credited) => `Olindi: ${taken}, hisobga olindi: ${credited}`,
  nothingTaken: 'U boʻyicha hozircha pul olinmadi',
  overpaid: (sum) => `Ortigʻi: ${sum}`,
  refundDue: 'Toʻlov bekor qilindi, olinganini mijozga qaytarish kerak',
  asked: (sum) => `Terminaldan olish soʻraldi: ${sum}`,
  askedAndTook: (asked, took) => `Olish soʻraldi: ${asked}, terminal oldi: ${took}`,
  product: (word) => `Mahsulot «${word}» deb atalgan`,
  difference: (what, here, there) => `${what}: bu yerda ${here}, koʻchirmada ${there}`,
}

function shown({ at, number, sum }: Operation): string {
  return `${number === null ? '' : `№ ${number}, `}${sum}, ${at}`
}
