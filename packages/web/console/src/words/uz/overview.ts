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
  nothing: 'Bu kunlarda ko‘rsatadigan narsa yo‘q',
  asTable: 'Jadvalda',
  currency: 'Valyuta',
  nothingWaits: 'Vazifa yo‘q: hammasi hal qilingan',
  waiting: (count) => `Odamni kutmoqda: ${count}`,
  turnover: 'Aylanma',
  payments: 'To‘lovlar',
  conversion: 'Konversiya',
  paidOf: (paid, all) => `${all} to‘lovdan ${paid} tasi to‘langan`,
  refunded: 'Qaytarildi',
  net: 'Qoladi',
  netNote: 'bank komissiyasi va qaytarishlarsiz',
  change: (share) => `oldingi kunlarga nisbatan ${share}`,
  loss: (sum) => `Komissiya yetmadi: bank mijozlar to‘laganidan ${sum} ko‘p oladi`,
  gain: (sum) => `Komissiya bank ulushini qopladi, ${sum} qoldi`,
  keptText: (kept, fee) =>
    `Mijozlardan ushlangan komissiya: ${kept}. Bankning kutilgan komissiyasi: ${fee}.`,
  day: 'Kun',
  method: 'Nima bilan to‘langan',
  source: 'Manba',
  terminal: 'Terminal',
  turnoverByDay: 'Kunlar bo‘yicha aylanma',
  bestDay: (day, sum) => `Eng yaxshi kun — ${day}: ${sum}`,
  conversionByDay: 'Kunlar bo‘yicha konversiya',
  conversionNote: 'Shu kuni yaratilgan to‘lovlarning to‘langan ulushi',
  byMethod: 'Nima bilan to‘lashadi',
  bySource: 'Manbalar bo‘yicha',
  most: (name, sum, share) => `Eng ko‘pi — ${name}: ${sum}, aylanmadagi ulushi ${share}`,
  unknownProduct: 'Mahsulot noma’lum',
  commissionByMethod: 'Komissiya va bank ulushi',
  commissionNote: 'Mijozlardan ushlangani va bankning kutilgan komissiyasi',
  commission: 'Mijoz komissiyasi',
  fee: 'Bank komissiyasi',
  terminals: 'Terminallar yuklamasi',
  attempts: (started, succeeded) => `Urinishlar: ${started}, pul tushgani: ${succeeded}`,
  withMoney: 'Pul bilan',
  withoutMoney: 'Pulsiz',
  hiddenTerminal: 'Sizga ko‘rinmaydi',
}

/** What methods really leave. */
export const net: Shape<typeof russianNet> = {
  title: 'Amalda nima qoladi',
  text: 'To‘lov yaratilgan kun bo‘yicha. Bank komissiyasi — stavka bo‘yicha kutilgani.',
  method: 'Usul',
  paid: 'Mijozlar to‘ladi',
  bank: 'Bank oladi',
  left: 'Qoladi',
  owed: 'Manbalarga tegishli',
  verdict: 'Yakun',
  chosen: (method) => `tanlangan: ${method}`,
  notChosen: 'tanlanmagan',
  unknown: 'Mahsulot noma’lum',
  loss: (sum) => `Manbalarga yetmaydi: ${sum}`,
  gain: (sum) => `Yetadi, ortig‘i ${sum}`,
  none: 'Bu kunlari hech kim to‘lamagan',
}
