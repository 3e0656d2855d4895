// `byfly webhook list | resend`.

import { EVERYTHING, localTime, parseTransactionId } from '@byfly-pay/core'
import { resendDelivery } from '../notices/resend-delivery.ts'
import { cliActor } from './actor.ts'
import { say, sayTable } from './output.ts'
import { CommandError, parseNumber, withCentre } from './with-centre.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export interface ListWebhooksFlags {
  readonly payment?: string
  readonly limit: string
}

export function listWebhooks(flags: ListWebhooksFlags): Promise<void> {
  const limit = Math.min(parseNumber(flags.limit, '--limit'), 1_000)
  const payment = flags.payment === undefined ? null : parseTransactionId(flags.payment)
  if (flags.payment !== undefined && payment === null) {
    throw new CommandError(`--payment: «${flags.payment}» не номер платежа`)
  }
  return withCentre(async ({ storage, zone }) => {
    const { deliveries } = storage
    const lines =
      payment === null ? await deliveries.recent(limit) : await deliveries.ofPayment(payment)
    if (lines.length === 0) return say('Вебхуков ещё не было.')
    sayTable(
      ['id', 'создан', 'событие', 'состояние', 'попыток', 'последний ответ', 'куда'],
      lines.map((line) => [
        line.id,
        localTime(line.createdAtMs, zone),
        line.event,
        line.state,
        String(line.tries),
        line.lastReason ?? String(line.lastHttpStatus ?? '—'),
        line.url,
      ]),
    )
  })
}

export function resendWebhook(id: string): Promise<void> {
  const uuid = UUID.test(id) ? id : parseTransactionId(id.replace(/^evt_/, ''))
  if (uuid === null) throw new CommandError(`«${id}» не номер вебхука: он в первом столбце списка`)
  return withCentre(async (centre) => {
    const outcome = await resendDelivery(centre, cliActor(), EVERYTHING, uuid)
    if (outcome.kind === 'not_found') throw new CommandError('Такого вебхука нет')
    if (outcome.kind === 'not_sendable') {
      throw new CommandError('Этот вебхук ещё ждёт слова терминала, или его заменил более поздний')
    }
    say('Отправится снова с тем же номером и телом, как только центр работает.')
  })
}
