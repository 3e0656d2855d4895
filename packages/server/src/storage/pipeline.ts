// Connections on which short single statements travel one behind the other, none waiting for the answer
// to the one before. Half the work of handing a pooled connection over for each. Nothing that may wait
// for a lock belongs here: whatever is behind it would wait too.

import pg from 'pg'
import { run, type Session, standaloneSession } from './session.ts'

export interface Pipeline extends Session {
  /** Statements on their way over all lanes. */
  inFlight(): number
  close(): Promise<void>
}

/** One connection and what is on its way over it. */
interface Lane {
  client: pg.Client | null
  opening: Promise<pg.Client> | null
  inFlight: number
}

/** `@types/pg` does not know the option yet. */
type PipelineConfig = pg.ClientConfig & { readonly pipeline: true }

/** A connection that sends each statement at once, whatever is on its way; the database answers them in order. */
export function pipelined(config: pg.ClientConfig): PipelineConfig {
  return { ...config, pipeline: true }
}

/** Each statement is still a transaction of its own; one that fails takes no other with it. */
export function openPipeline(config: pg.ClientConfig, laneCount: number): Pipeline {
  const lanes: Lane[] = Array.from({ length: laneCount }, () => ({
    client: null,
    opening: null,
    inFlight: 0,
  }))
  let isClosed = false

  async function connect(lane: Lane): Promise<pg.Client> {
    const client = new pg.Client(pipelined(config))
    const forget = () => {
      if (lane.client === client) lane.client = null
    }
    // A cut connection fails all that is on its way; the next statement opens another.
    client.on('error', forget)
    client.on('end', forget)
    try {
      await client.connect()
      lane.client = client
      return client
    } finally {
      lane.opening = null
    }
  }

  function clientOf(lane: Lane): pg.Client | Promise<pg.Client> {
    if (isClosed) throw new Error('Connection terminated: the storage is closed')
    if (lane.client !== null) return lane.client
    lane.opening ??= connect(lane)
    return lane.opening
  }

  const session = standaloneSession(async (statement, values) => {
    const lane = lanes.reduce((best, other) => (other.inFlight < best.inFlight ? other : best))
    lane.inFlight += 1
    try {
      return await run(await clientOf(lane), statement, values)
    } finally {
      lane.inFlight -= 1
    }
  })

  return {
    ...session,
    inFlight: () => lanes.reduce((sum, lane) => sum + lane.inFlight, 0),
    async close() {
      isClosed = true
      const clients = lanes.map(async ({ client, opening }) => (client ?? (await opening))?.end())
      await Promise.allSettled(clients)
    },
  }
}
