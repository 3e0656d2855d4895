// One try of one SMS: call, record. It is sent again only where its sender proves that nobody took it.

import { textRetryDelayMs } from '@byfly-pay/core'
import { keepSaving } from '../payments/keep-saving.ts'
import type { Centre } from '../ports/centre.ts'
import type { DueText, TextTrace } from '../ports/text-store.ts'

export async function deliverText(centre: Centre, text: DueText): Promise<void> {
  const { storage, textSenders } = centre
  const { texts } = storage
  const sender = await textSenders.inUse()
  const outcome = await sender.send(text.to, text.text)
  // Unrecorded, the text would be taken for one that may have gone out, which is a smaller harm than two.
  const keep = (save: () => Promise<void>) => keepSaving(centre, { text: text.id }, save)
  const provider = sender.name
  if (outcome.kind === 'accepted') {
    const { providerId } = outcome
    const trace = { provider, providerId, fault: null, word: null }
    centre.meter.triedText('sent')
    await keep(() => texts.settle(text.id, 'accepted', trace))
    return
  }
  const { fault, kind, word } = outcome
  const trace: TextTrace = { provider, providerId: null, fault, word }
  const againInMs = kind === 'not_sent' ? textRetryDelayMs(text.tries, text.leftMs) : null
  centre.meter.triedText(againInMs === null ? 'failed' : 'again')
  const fields = { text: text.id, provider, fault, tries: text.tries }
  if (againInMs !== null) {
    centre.log.warn(fields, 'SMS не ушло, пробуем ещё раз')
    await keep(() => texts.sendAgain(text.id, againInMs, trace))
    return
  }
  centre.log.error(fields, kind === 'unknown' ? 'SMS, возможно, не ушло' : 'SMS не отправлено')
  await keep(() => texts.settle(text.id, kind === 'not_sent' ? 'given_up' : kind, trace))
}
