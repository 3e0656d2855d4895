// Kazakh: handing a payment over, giving it back to be paid another way.

import type { desk as russian } from '../ru/desk.ts'
import type { Shape } from '../shape.ts'

export const desk: Shape<typeof russian> = {
  desk: {
    sms: 'SMS жіберу',
    smsTo: 'Сілтемесі бар SMS нөмірі',
    smsSent: (phone) => `SMS жіберілді: ${phone}`,
    print: 'Басып шығару',
    scanToPay: 'Төлеу үшін сканерлеңіз',
    payBefore: (at) => `Төлемді бастау мерзімі: ${at}`,
    notFiscal: 'Фискалдық чек емес',
    payAgain: 'Қайтарып, басқаша төлеу',
    payAgainText: (back, again) =>
      `Сатып алушыға ${back} қайтарып, бірден жаңа төлем ашамыз (${again}): оны басқа тәсілмен төлеуге болады.`,
    doPayAgain: (sum) => `${sum} қайтарып, жаңа төлем ашу`,
    paidAgain: 'Қайтару басталды, жаңа төлем ашылды',
    replaces: 'Басқа төлемнің орнына ашылған',
    replacedBy: 'Орнына жаңа төлем ашылған',
    refundSteps: 'Қайтару қалай өтті',
  },
}
