// A message that an operator sends to see whether alerts arrive: past the queue, so that the answer is known
// at once.

import { audited } from '../accounts/audited.ts'
import type { Actor } from '../ports/actor.ts'
import type { ChannelName, MessageOutcome } from '../ports/alert-channel.ts'
import type { Centre } from '../ports/centre.ts'

const TEXT = 'ByFly Pay: проверка. Если вы это читаете, тревоги доходят.'

export interface TestedAlert {
  readonly channel: ChannelName
  readonly address: string
  readonly outcome: MessageOutcome
}

/** To every chat that would be told; SMS have a test of their own. */
export async function sendTestAlert(centre: Centre, actor: Actor): Promise<TestedAlert[]> {
  const named = await centre.storage.alerts.destinations()
  const tested: TestedAlert[] = []
  for (const { name, send, usualAddress } of centre.channels) {
    const chats = named.flatMap(({ address, channel }) => (channel === name ? address : []))
    const addresses = new Set([...chats, ...(usualAddress === null ? [] : [usualAddress])])
    for (const address of addresses) {
      tested.push({ channel: name, address, outcome: await send(address, TEXT) })
    }
  }
  await audited(centre, actor, async () => {
    const outcomes = tested.map(({ channel, outcome }) => ({ channel, outcome: outcome.kind }))
    const target = { kind: 'alert', id: null }
    return { result: undefined, line: { action: 'alert.tested', target, facts: { outcomes } } }
  })
  return tested
}
