// `byfly customers forget`: one payment's customer, or everything of one phone.

import { parsePhone } from '../accounts/phone.ts'
import { type ForgottenByHand, forgetPayment, forgetPhone } from '../payments/forget-customers.ts'
import { operator } from './operator.ts'
import { say } from './output.ts'
import { findPaymentId } from './payment.ts'
import { CommandError, withCentre } from './with-centre.ts'

export interface ForgetFlags {
  readonly payment?: string
  readonly phone?: string
}

export async function forgetNow({ payment, phone: text }: ForgetFlags): Promise<void> {
  if ((payment === undefined) === (text === undefined)) {
    throw new CommandError('Нужно одно из двух: --payment или --phone')
  }
  if (payment !== undefined) {
    return withCentre(async (centre) => {
      const id = await findPaymentId(centre, payment)
      tell(await forgetPayment(centre, operator(), id))
    })
  }
  const phone = parsePhone(text ?? '')
  if (phone === null) throw new CommandError('--phone: нужен телефон вида +77001234567')
  return withCentre(async (centre) => tell(await forgetPhone(centre, operator(), phone)))
}

function tell({ forgotten, open }: ForgottenByHand): void {
  say(`Данные клиента удалены у платежей: ${forgotten}.`)
  if (open === 0) return
  say(
    `Ещё у ${open} — не удалены: платёж не кончился, по нему ждут сотрудника, или их там уже нет.`,
  )
  process.exitCode = 1
}
