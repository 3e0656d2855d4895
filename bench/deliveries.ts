// `node bench/deliveries.ts`: webhooks a second, signed, sent and recorded by one instance, against a bare loop of signed posts to
// the same receiver.

import { setTimeout as sleep } from 'node:timers/promises'
import type { Posts } from './bare-deliveries.ts'
import { startChild } from './child.ts'
import { atLeast, type Figure, type Measure, measure } from './report.ts'
import { runAlone } from './run-alone.ts'
import { type BenchSource, type BenchWorld, openWorld } from './world.ts'

const COUNT = 3_000
/** As many as an instance has on their way. */
const IN_FLIGHT = 64
const LOOK_EVERY_MS = 20
const PATIENCE_MS = 60_000

const BODY = JSON.stringify({
  event: 'payment.paid',
  transaction_id: '01A2B3C4D5E6F708192A3B4C5D6E7F80',
  status: 'paid',
  text: '.'.repeat(600),
})

/** Each of a payment of its own, all due at once. */
const FILL = `
  WITH filled AS (
    INSERT INTO deliveries (id, payment_id, source_id, event, sequence, url, endpoint, body, state, next_at,
      created_at)
    SELECT new_id(), new_id(), $1, 'paid', 1, $2, $2, $3, 'waiting', now(), now()
    FROM generate_series(1, $4) RETURNING 1
  )
  SELECT pg_notify('centre', 'delivery_due') FROM filled LIMIT 1`

/** A delivery is over with the line of its try, which is written last. */
const TRIED = 'SELECT count(*)::integer AS tried FROM delivery_tries'

export async function measureDeliveries(rounds: number): Promise<Figure[]> {
  const world = await openWorld()
  const receiver = await startChild<string>('receiver.ts', { argument: { saysEach: false } })
  const bare = await startChild<string>('bare-deliveries.ts')
  try {
    const source = await world.addSource('bench', receiver.hello)
    const instance = await world.startInstance()
    const ours = () => deliveredPerSecond(world, source, receiver.hello, COUNT)
    const limit = () => bare.ask<number>(postsTo(receiver.hello, source))
    const measured: Measure = {
      what: 'webhooks, signed and recorded',
      unit: 'a second',
      limit: `bare loop of signed posts, ${IN_FLIGHT} in flight`,
      aim: atLeast(0.6),
      round: async () => ({ ours: await ours(), limit: await limit() }),
    }
    try {
      await measured.round()
      return [await measure(measured, rounds)]
    } finally {
      await instance.stop()
    }
  } finally {
    await bare.stop()
    await receiver.stop()
    await world.stop()
  }
}

function postsTo(url: string, { webhookSecret }: BenchSource): Posts {
  return { url, secret: webhookSecret, body: BODY, count: COUNT, inFlight: IN_FLIGHT }
}

/** Ends when the try of the last is written. */
export async function deliveredPerSecond(
  { sql }: BenchWorld,
  source: BenchSource,
  url: string,
  count: number,
): Promise<number> {
  const tried = async () => (await sql.query<{ tried: number }>(TRIED)).rows[0]?.tried ?? 0
  const before = await tried()
  await sql.query(FILL, [source.id, url, BODY, count])
  const beganMs = performance.now()
  while ((await tried()) < before + count) {
    if (performance.now() - beganMs > PATIENCE_MS) throw new Error('Не всё доставлено')
    await sleep(LOOK_EVERY_MS)
  }
  return (1_000 * count) / (performance.now() - beganMs)
}

if (import.meta.main) await runAlone('deliveries', measureDeliveries)
