// `node bench/waiting.ts`: four thousand clients that wait, as rows of `npm run bench`; ten thousand by `node bench/live.ts`.

import { atMost, atMostMore, type Figure, figureOf, percentile, type Round } from './report.ts'
import { runAlone } from './run-alone.ts'
import { openWaitingWorld } from './waiting-world.ts'

/** Fewer would not outgrow what a process has taken before they come. */
const CLIENTS = 4_000
const COMMITS = 300

export async function measureWaiting(rounds: number): Promise<Figure[]> {
  const world = await openWaitingWorld(CLIENTS)
  try {
    const memory: Round[] = []
    const news: Round[] = []
    for (let n = 0; n < rounds; n += 1) {
      const bare = await world.measure('bare', CLIENTS, 0)
      const stream = await world.measure('stream', CLIENTS, COMMITS)
      memory.push({ ours: stream.rssBytes / 1_024, limit: bare.rssBytes / 1_024 })
      news.push({ ours: percentile(stream.delays, 0.99), limit: 0 })
    }
    return [
      figureOf(
        {
          what: 'memory of an open stream, 4 000 of them',
          unit: 'KB',
          limit: 'an idle socket on a bare Fastify',
          aim: atMost(1.5),
        },
        memory,
      ),
      figureOf(
        {
          what: 'news at its stream, 100 changes a second, p99',
          unit: 'ms',
          limit: 'the return of the commit',
          aim: atMostMore(50),
        },
        news,
      ),
    ]
  } finally {
    await world.stop()
  }
}

if (import.meta.main) await runAlone('waiting', measureWaiting)
