// One try of one message about an alert: call, record. The row decides when and whether.

import { alertRetryMs } from '@byfly-pay/core'
import { keepSaving } from '../payments/keep-saving.ts'
import type { DueMessage } from '../ports/alert-store.ts'
import type { Centre } from '../ports/centre.ts'

export async function deliverAlert(centre: Centre, message: DueMessage): Promise<void> {
  const { channels, log, meter, storage } = centre
  const { id, tries } = message
  const keep = (save: () => Promise<void>) => keepSaving(centre, { message: id }, save)
  const channel = channels.find(({ name }) => name === message.channel)
  if (channel === undefined) {
    // It was set up when the message was written; another start may set it up again.
    await keep(() => storage.alerts.settle(id, 'given_up', 'not_configured'))
    return
  }
  const outcome = await channel.send(message.address, message.text)
  if (outcome.kind === 'sent') {
    meter.triedAlert('sent')
    await keep(() => storage.alerts.settle(id, 'sent', null))
    return
  }
  const { fault } = outcome
  const againInMs = outcome.kind === 'again' ? alertRetryMs(tries, outcome.askedMs) : null
  meter.triedAlert(againInMs === null ? 'failed' : 'again')
  const fields = { message: id, channel: message.channel, fault, tries }
  if (againInMs !== null) {
    log.warn(fields, 'Тревога не отправлена, пробуем ещё раз')
    await keep(() => storage.alerts.sendAgain(id, againInMs, fault))
    return
  }
  log.error(fields, 'Тревога не отправлена')
  const state = outcome.kind === 'again' ? 'given_up' : 'refused'
  await keep(() => storage.alerts.settle(id, state, fault))
}
