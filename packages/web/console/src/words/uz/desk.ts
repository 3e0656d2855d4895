// Uzbek: handing a payment over, giving it back to be paid another way.

import type { desk as russian } from '../ru/desk.ts'
import type { Shape } from '../shape.ts'

export const desk: Shape<typeof russian> = {
  desk: {
    sms: 'SMS yuborish',
    smsTo: 'Havolali SMS raqami',
    smsSent: (phone) => `SMS yuborildi: ${phone}`,
    print: 'Chop etish',
    scanToPay: 'Toʻlash uchun skanerlang',
    payBefore: (at) => `Toʻlovni boshlash muddati: ${at}`,
    notFiscal: 'Fiskal chek emas',
    payAgain: 'Qaytarib, boshqacha toʻlash',
    payAgainText: (back, again) =>
      `Xaridorga ${back} qaytaramiz va darhol yangi toʻlov ochamiz (${again}): uni boshqa usulda toʻlash mumkin.`,
    doPayAgain: (sum) => `${sum} qaytarib, yangi toʻlov ochish`,
    paidAgain: 'Qaytarish boshlandi, yangi toʻlov ochildi',
    replaces: 'Boshqa toʻlov oʻrniga ochilgan',
    replacedBy: 'Oʻrniga yangi toʻlov ochilgan',
    refundSteps: 'Qaytarish qanday oʻtdi',
  },
}
