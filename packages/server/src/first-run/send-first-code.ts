// The code by which the first member of staff proves their phone. It goes past the queue, so that what the
// gateway says is known at once: it is the test of the sending, too.

import { audited } from '../accounts/audited.ts'
import { keepNewCode, loginText, maskedPhone } from '../accounts/send-login-code.ts'
import type { Centre } from '../ports/centre.ts'
import type { TextOutcome, TextSenderName } from '../ports/text-sender.ts'
import { FIRST_RUN } from './actor.ts'
import { admit, type NotAdmitted, type SetupCaller } from './setup-code.ts'

export type FirstCodeOutcome =
  | {
      readonly kind: 'tried'
      readonly provider: TextSenderName
      readonly outcome: TextOutcome
    }
  | { readonly kind: 'no_sender' }
  | NotAdmitted

/** @param phone E.164 */
export async function sendFirstCode(
  centre: Pick<Centre, 'loginSecrets' | 'storage' | 'textSenders'>,
  caller: SetupCaller,
  phone: string,
): Promise<FirstCodeOutcome> {
  const admission = await admit(centre, caller)
  if (admission.kind !== 'admitted') return admission
  const sender = await centre.textSenders.inUse()
  if (sender.name === 'none') return { kind: 'no_sender' }
  const kept = await keepNewCode(centre, phone, caller.address, async () => {})
  if (kept.kind === 'too_often') return kept
  const outcome = await sender.send(phone, loginText(kept.code))
  const isProvedLost = outcome.kind === 'refused' || outcome.kind === 'not_sent'
  await audited(centre, FIRST_RUN, async (tx) => {
    // Nobody was sent anything: whoever mends the account need not wait for the next code.
    if (isProvedLost) await centre.storage.logins.unlock(tx, centre.loginSecrets.phoneKey(phone))
    const target = { kind: 'sms', id: null }
    const fault = outcome.kind === 'accepted' ? null : outcome.fault
    const facts = { phone: maskedPhone(phone), provider: sender.name, outcome: outcome.kind, fault }
    return { result: undefined, line: { action: 'sms.tested', target, facts } }
  })
  return { kind: 'tried', provider: sender.name, outcome }
}
