// The wall of terminals as one viewer sees it: each with what is on its screen, and the queue before the pools.

import {
  availabilityOf,
  isQuarantined,
  type Line,
  lineOf,
  orderTickets,
  type Screen,
  screenOf,
  serves,
} from '@byfly-pay/core'
import type { Acting } from '../accounts/staff.ts'
import type { Centre } from '../ports/centre.ts'
import type { QueueSight } from '../ports/pool-store.ts'
import type { TerminalView } from '../ports/terminal-store.ts'
import type { WallSight } from '../ports/wall-store.ts'

export interface WallTerminal {
  readonly view: TerminalView
  /** Null for one that was added since. */
  readonly sight: WallSight | null
  readonly screen: Screen
  /** How many of those in the queue it can serve; nobody's while it is out of work. */
  readonly waiting: number
}

export interface Wall {
  readonly terminals: readonly WallTerminal[]
  readonly queues: readonly (Line & { readonly system: string })[]
}

export async function lookAtWall(
  { storage }: Centre,
  { scope }: Pick<Acting, 'scope'>,
): Promise<Wall> {
  const [views, sights] = await Promise.all([
    storage.terminals.list(scope),
    storage.wall.sights(scope),
  ])
  const systems = [...new Set(views.map(({ system }) => system))].sort()
  const pools = new Map<string, QueueSight>()
  for (const system of systems) pools.set(system, await storage.wall.pool(system))
  const sightOf = new Map(sights.map((sight) => [sight.terminalId, sight]))
  return {
    terminals: views.map((view) => {
      const sight = sightOf.get(view.id) ?? null
      const waiting = waitingFor(view, pools.get(view.system))
      return { view, sight, screen: screenAt(view, sight), waiting }
    }),
    queues: [...pools].map(
      ([
        system,
        {
          now,
          view: { terminals, tickets, timesMs },
        },
      ]) => ({
        system,
        ...lineOf(tickets, terminals, timesMs, now),
      }),
    ),
  }
}

/** In quarantine an operation may stand there that the centre knows nothing of. */
function screenAt({ facts, nowMs }: TerminalView, sight: WallSight | null): Screen {
  const screen = screenOf(sight?.state ?? null, sight?.phase ?? null)
  return screen === 'idle' && isQuarantined(facts, nowMs) ? 'unclear' : screen
}

function waitingFor({ id }: TerminalView, pool: QueueSight | undefined): number {
  const facts = pool?.view.terminals.find((terminal) => terminal.id === id)
  if (pool === undefined || facts === undefined) return 0
  if (!['free', 'busy'].includes(availabilityOf(facts, pool.now))) return 0
  return orderTickets(pool.view.tickets, pool.now).filter(({ wanted }) => serves(facts, wanted))
    .length
}
