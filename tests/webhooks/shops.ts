// Shops that receive webhooks for a check of the doctor's: one that does all as documented, and ones that
// each do one thing wrong. They count what they would have done to orders.

import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { Webhook } from 'standardwebhooks'
import { type Received, startReceiver } from './receivers.ts'

export type Habit =
  | 'correct'
  /** Of the documented header alone, which carries no time. */
  | 'documented'
  | 'trusting'
  | 'twice'
  | 'breaks_on_twice'
  | 'picky'
  | 'breaks_down'
  | 'slow'
  | 'redirects'

export interface Shop {
  readonly url: string
  readonly received: readonly Received[]
  /** What was done, by the id of its event. */
  readonly done: readonly string[]
  stop(): Promise<void>
}

const SLOW_MS = 3_200

export async function startShop(habit: Habit, secretOf: () => string): Promise<Shop> {
  const done: string[] = []
  const receiver = await startReceiver((response) => {
    const request = receiver.received.at(-1)
    if (request === undefined) return
    const [status, text] = answerOf(habit, request, secretOf(), done)
    const answer = () =>
      response.writeHead(status, { Location: '/elsewhere' }).end(text.slice(0, 2_000))
    if (habit === 'slow') setTimeout(answer, SLOW_MS)
    else answer()
  })
  return { ...receiver, url: `http://127.0.0.1:${receiver.port}/hook?key=1`, done }
}

function answerOf(
  habit: Habit,
  { headers, raw }: Received,
  secret: string,
  done: string[],
): [number, string] {
  const text = raw.toString('utf8')
  const id = String(headers['webhook-id'])
  if (habit === 'redirects') return [302, '']
  if (habit !== 'trusting') {
    const isGenuine =
      habit === 'documented'
        ? isDocumented(text, headers, secret)
        : isStandard(text, headers, secret)
    if (!isGenuine) return habit === 'breaks_down' ? [500, 'boom'] : [401, 'no']
  }
  const { event } = JSON.parse(text)
  if (event !== 'paid') return habit === 'picky' ? [422, 'unknown event'] : [200, 'ignored']
  if (done.includes(id) && habit === 'breaks_on_twice') return [500, 'duplicate key <b>value</b>']
  if (!done.includes(id) || habit === 'twice') done.push(id)
  return [200, 'ok']
}

function isDocumented(text: string, headers: IncomingHttpHeaders, secret: string): boolean {
  const expected = createHmac('sha256', secret).update(text).digest('hex')
  const given = String(headers['x-webhook-signature'])
  return (
    given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected))
  )
}

function isStandard(text: string, headers: IncomingHttpHeaders, secret: string): boolean {
  try {
    new Webhook(secret).verify(text, headers as Record<string, string>)
    return true
  } catch {
    return false
  }
}
