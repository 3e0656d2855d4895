// Uzbek: figures of a period, and the overview of them.

import type {
  overview as russian,
  net as russianNet,
  period as russianPeriod,
} from '../ru/overview.ts'
import type { Shape } from '../shape.ts'

export const period: Shape<typeof russianPeriod> = {
  title: 'Davr',
  today: 'Bugun',
  week: '7 kun',
  thirty: '30 kun',
  month: 'Oy',
}

export const overview: Shape<typeof russian> = {
  units: { thousand: 'ming', million: 'mln', billion: 'mlrd' },
  nothing: 'Bu kunlarda koʻrsatadigan narsa yoʻq',
  asTable: 'Jadvalda',
  currency: 'Valyuta',
  nothingWaits: 'Vazifa yoʻq: hammasi hal qilingan',
  waiting: (count) => `Odamni kutmoqda: ${count}`,
  turnover: 'Aylanma',
  payments: 'Toʻlovlar',
  conversion: 'Konversiya',
  paidOf: (paid, all) => `${all} toʻlovdan ${paid} tasi toʻlangan`,
  refunded: 'Qaytarildi',
  net: 'Qoladi',
  netNote: 'bank komissiyasi va qaytarishlarsiz',
  change: (share) => `oldingi kunlarga nisbatan ${share}`,
  loss: (sum) => `Komissiya yetmadi: bank mijozlar toʻlaganidan ${sum} koʻp oladi`,
  gain: (sum) => `Komissiya bank ulushini qopladi, ${sum} qoldi`,
  keptText: (kept, fee) =>
    `Mijozlardan ushlangan komissiya: ${kept}. Bankning kutilgan komissiyasi: ${fee}.`,
  day: 'Kun',
  method: 'Nima bilan toʻlangan',
  source: 'Manba',
  terminal: 'Terminal',
  turnoverByDay: 'Kunlar boʻyicha aylanma',
  bestDay: (day, sum) => `Eng yaxshi kun — ${day}: ${sum}`,
  conversionByDay: 'Kunlar boʻyicha konversiya',
  conversionNote: 'Shu kuni yaratilgan toʻlovlarning toʻlangan ulushi',
  byMethod: 'Nima bilan toʻlashadi',
  bySource: 'Manbalar boʻyicha',
  most: (name, sum, share) => `Eng koʻpi — ${name}: ${sum}, aylanmadagi ulushi ${share}`,
  unknownProduct: 'Mahsulot nomaʼlum',
  commissionByMethod: 'Komissiya va bank ulushi',
  commissionNote: 'Mijozlardan ushlangani va bankning kutilgan komissiyasi',
  commission: 'Mijoz komissiyasi',
  fee: 'Bank komissiyasi',
  terminals: 'Terminallar yuklamasi',
  attempts: (started, succeeded) => `Urinishlar: ${started}, pul tushgani: ${succeeded}`,
  withMoney: 'Pul bilan',
  withoutMoney: 'Pulsiz',
  hiddenTerminal: 'Sizga koʻrinmaydi',
}

/** What methods really leave. */
export const net: Shape<typeof russianNet> = {
  title: 'Amalda nima qoladi',
  text: 'Toʻlov yaratilgan kun boʻyicha. Bank komissiyasi — stavka boʻyicha kutilgani.',
  method: 'Usul',
  paid: 'Mijozlar toʻladi',
  bank: 'Bank oladi',
  left: 'Qoladi',
  owed: 'Manbalarga tegishli',
  verdict: 'Yakun',
  chosen: (method) => `tanlangan: ${method}`,
  notChosen: 'tanlanmagan',
  unknown: 'Mahsulot nomaʼlum',
  loss: (sum) => `Manbalarga yetmaydi: ${sum}`,
  gain: (sum) => `Yetadi, ortigʻi ${sum}`,
  none: 'Bu kunlari hech kim toʻlamagan',
}
