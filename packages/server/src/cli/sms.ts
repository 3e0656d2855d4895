// `byfly sms status | test`: whether SMS are sent, and whether one arrives.

import { localTime } from '@byfly-pay/core'
import { sendTestText } from '../notices/send-test-text.ts'
import { senderStanding } from '../notices/sender-standing.ts'
import { TEXT_ADVICE } from '../notices/text-advice.ts'
import type { BalanceOutcome, TextFailure } from '../ports/text-sender.ts'
import { operator } from './operator.ts'
import { complain, say } from './output.ts'
import { readPhone, withCentre } from './with-centre.ts'

export function showSmsStatus(): Promise<void> {
  return withCentre(async (centre, { sms }) => {
    const { balance, lastFault, provider } = await senderStanding(centre)
    say(`Отправляет    ${provider === 'none' ? 'никто: задайте BYFLY_SMS' : provider}`)
    if (sms.sender === 'file') say(`Файл          ${sms.path}`)
    say(`Остаток       ${balanceText(balance)}`)
    if (lastFault === null || lastFault.fault === null) {
      say('Ошибок        не было')
      return
    }
    const at = localTime(lastFault.createdAtMs, centre.zone)
    say(`Последняя ошибка, ${at}: ${explained({ ...lastFault, fault: lastFault.fault })}`)
  })
}

function balanceText(balance: BalanceOutcome): string {
  switch (balance.kind) {
    case 'known':
      return `${balance.amount} ${balance.currency ?? ''}`.trim()
    case 'free':
      return 'не нужен'
    case 'failed':
      return `неизвестен. ${explained(balance)}`
  }
}

export function testSms(phoneText: string): Promise<void> {
  const phone = readPhone(phoneText)
  return withCentre(async (centre) => {
    const { outcome, provider } = await sendTestText(centre, operator().actor, phone)
    if (outcome.kind === 'accepted') {
      const number = outcome.providerId === null ? '' : `, номер ${outcome.providerId}`
      say(`Принято (${provider}${number}). Проверьте, что SMS пришло.`)
      return
    }
    complain(explained(outcome))
    process.exitCode = 1
  })
}

function explained({ fault, word }: TextFailure): string {
  const advice = TEXT_ADVICE.ru[fault]
  return word === null ? advice : `${advice} Слова шлюза: «${word}»`
}
