// English: handing a payment over, giving it back to be paid another way.

import type { desk as russian } from '../ru/desk.ts'
import type { Shape } from '../shape.ts'

export const desk: Shape<typeof russian> = {
  desk: {
    sms: 'Send SMS',
    smsTo: 'SMS with the link to the number',
    smsSent: (phone) => `SMS sent to ${phone}`,
    print: 'Print',
    scanToPay: 'Scan to pay',
    payBefore: (at) => `Start paying before ${at}`,
    notFiscal: 'Not a fiscal receipt',
    payAgain: 'Refund and pay another way',
    payAgainText: (back, again) =>
      `We give ${back} back to the customer and open a new payment of ${again} at once: it can be paid another way.`,
    doPayAgain: (sum) => `Refund ${sum} and open a new payment`,
    paidAgain: 'The refund has begun, the new payment is open',
    replaces: 'Opened in the place of another payment',
    replacedBy: 'A new payment was opened in its place',
    refundSteps: 'How the refund went',
  },
}
