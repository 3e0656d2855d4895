// The limit of deliveries: a bare loop that signs and posts, so many in flight, and records nothing. A process of its own; told
// where and how many, it answers how many a second.

import { Agent } from 'undici'
import { signWebhook } from '../packages/contract/src/webhook-signature.ts'

export interface Posts {
  readonly url: string
  readonly secret: string
  readonly body: string
  readonly count: number
  readonly inFlight: number
}

async function perSecond({ body, count, inFlight, secret, url }: Posts): Promise<number> {
  const { origin, pathname } = new URL(url)
  const agent = new Agent({ connections: inFlight, pipelining: 1 })
  let left = count
  const post = async () => {
    while (left > 0) {
      left -= 1
      const id = `evt_${left}`
      const timestampSeconds = Math.floor(Date.now() / 1_000)
      const answer = await agent.request({
        method: 'POST',
        origin,
        path: pathname,
        headers: {
          'Content-Type': 'application/json',
          ...signWebhook({ body, id, secrets: [secret], timestampSeconds }),
        },
        body,
      })
      await answer.body.dump()
    }
  }
  const beganMs = performance.now()
  await Promise.all(Array.from({ length: inFlight }, post))
  const tookMs = performance.now() - beganMs
  await agent.close()
  return (1_000 * count) / tookMs
}

process.on('message', async (posts: Posts) => process.send?.(await perSecond(posts)))
process.on('disconnect', () => process.exit(0))
process.send?.('ready')
