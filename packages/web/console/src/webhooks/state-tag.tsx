// How a delivery stands, as a word with a colour.

import type { DeliveryData } from '@byfly-pay/contract'
import { Tag } from 'antd'
import { useWords } from '../words/language.tsx'

type State = DeliveryData['state']

const COLOURS: Readonly<Record<State, string>> = {
  held: 'default',
  waiting: 'processing',
  delivered: 'success',
  parked: 'error',
  superseded: 'default',
}

export function StateTag({ state }: { readonly state: State }) {
  return <Tag color={COLOURS[state]}>{useWords().webhooks.states[state]}</Tag>
}

/** The last answer in short: its code, or that there was none. */
export function LastAnswer({ delivery }: { readonly delivery: DeliveryData }) {
  const words = useWords().webhooks
  if (delivery.last_http_status !== null) return <>{delivery.last_http_status}</>
  return <>{delivery.last_reason === null ? '—' : words.noAnswer}</>
}

/** An event of this release in words, another by its name. */
export function useEventName(): (event: string) => string {
  const { events } = useWords().webhooks
  return (event) => (events as Readonly<Record<string, string>>)[event] ?? event
}
