// Whether this process is alive, and whether it can serve. Plain JSON for machines: no envelope, and
// no word about the inside beyond yes or no.

import type { FastifyPluginAsync } from 'fastify'
import type { Clock } from '../../ports/clock.ts'
import type { HttpLimits } from '../limits.ts'

export interface HealthRoutesOptions {
  /** Whether the database answers and has this release's schema. */
  readonly isReady: () => Promise<boolean>
  readonly limits: HttpLimits
  readonly clock: Clock
}

const RETRY_AFTER_SECONDS = 5

export const healthRoutes: FastifyPluginAsync<HealthRoutesOptions> = async (app, options) => {
  app.get('/healthz', async () => ({ status: 'ok' }))

  app.get('/readyz', async (_request, reply) => {
    if (await answersInTime(options)) return { status: 'ready' }
    reply.code(503).header('retry-after', RETRY_AFTER_SECONDS)
    return { status: 'unavailable' }
  })
}

/** A database that hangs is as good as none, and the one who asks has a time limit too. */
async function answersInTime({ isReady, limits, clock }: HealthRoutesOptions): Promise<boolean> {
  const decided = new AbortController()
  const tooLate = clock.sleep(limits.readinessMs, decided.signal).then(() => false)
  const ready = isReady().catch(() => false)
  const answer = await Promise.race([ready, tooLate])
  decided.abort()
  return answer
}
