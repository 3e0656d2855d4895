// Names the account by which SMS are sent. What the environment says is not for anybody in a browser to
// change, and where the gateway is only the environment says: nobody has the centre call elsewhere.

import { audited } from '../accounts/audited.ts'
import type { Actor } from '../ports/actor.ts'
import type { Centre } from '../ports/centre.ts'
import type { KeptTextSettings } from '../ports/text-sender.ts'

export async function setUpTexts(
  centre: Pick<Centre, 'storage' | 'textSenders'>,
  actor: Actor,
  settings: KeptTextSettings,
): Promise<'kept' | 'fixed'> {
  if (centre.textSenders.isFixed) return 'fixed'
  await audited(centre, actor, async (tx) => {
    await centre.storage.texts.keepSettings(tx, settings)
    const target = { kind: 'sms', id: null }
    const facts = { provider: settings.sender, from: settings.from }
    return { result: undefined, line: { action: 'sms.set_up', target, facts } }
  })
  return 'kept'
}
