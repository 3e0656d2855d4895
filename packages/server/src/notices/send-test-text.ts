// An SMS that an operator sends to see whether SMS arrive: past the queue, so that the gateway's answer is
// known at once.

import { audited } from '../accounts/audited.ts'
import type { Actor } from '../ports/actor.ts'
import type { Centre } from '../ports/centre.ts'
import type { TextOutcome, TextSenderName } from '../ports/text-sender.ts'

export interface TestedText {
  readonly provider: TextSenderName
  readonly outcome: TextOutcome
}

const TEXT = 'ByFly Pay: проверка. Если вы это читаете, SMS доходят.'

export async function sendTestText(
  centre: Pick<Centre, 'storage' | 'textSenders'>,
  actor: Actor,
  phone: string,
): Promise<TestedText> {
  const sender = await centre.textSenders.inUse()
  const outcome = await sender.send(phone, TEXT)
  const facts = {
    provider: sender.name,
    outcome: outcome.kind,
    fault: outcome.kind === 'accepted' ? null : outcome.fault,
  }
  await audited(centre, actor, async () => {
    const target = { kind: 'sms', id: null }
    return { result: undefined, line: { action: 'sms.tested', target, facts } }
  })
  return { provider: sender.name, outcome }
}
