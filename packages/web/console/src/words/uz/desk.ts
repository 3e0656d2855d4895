// Uzbek: handing a payment over, giving it back to be paid another way.

import type { desk as russian } from '../ru/desk.ts'
import type { Shape } from '../shape.ts'

export const desk: Shape<typeof russian> = {
  desk: {
    sms: 'SMS yuborish',
    smsTo: 'Havolali SMS raqami',
    smsSent: (phone) => `SMS yuborildi: ${phone}`,
    print: 'Chop etish',
    scanToPay: 'To‘lash uchun skanerlang',
    payBefore: (at) => `To‘lovni boshlash muddati: ${at}`,
    notFiscal: 'Fiskal chek emas',
    payAgain: 'Qaytarib, boshqacha to‘lash',
    payAgainText: (back, again) =>
      `Xaridorga ${back} qaytaramiz va darhol yangi to‘lov ochamiz (${again}): uni boshqa usulda to‘lash mumkin.`,
    doPayAgain: (sum) => `${sum} qaytarib, yangi to‘lov ochish`,
    paidAgain: 'Qaytarish boshlandi, yangi to‘lov ochildi',
    replaces: 'Boshqa to‘lov o‘rniga ochilgan',
    replacedBy: 'O‘rniga yangi to‘lov ochilgan',
    refundSteps: 'Qaytarish qanday o‘tdi',
  },
}
