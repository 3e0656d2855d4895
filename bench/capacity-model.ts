// What a machine carries, by what each piece of work costs: sums and quotients, nothing else. The costs are measured by
// bench/capacity.ts on the machine at hand.

/** Processor time, ms, of the centre's process and of the database's processes. */
export interface Cost {
  readonly centreMs: number
  readonly databaseMs: number
}

export interface Costs {
  readonly creation: Cost
  readonly statusRead: Cost
  /** From POST kaspi to paid with everything it takes, but for the looks and for pictures. */
  readonly start: Cost
  /** More, where the camera sends a picture and not the text of the code. */
  readonly picture: Cost
  /** One question to a terminal, once a second while an operation is open. */
  readonly look: Cost
  readonly delivery: Cost
  /** A client with an open stream, for a second, nothing happening. */
  readonly waitingSecond: Cost
  /** An instance with nothing to do, for a second. */
  readonly idleSecond: Cost
}

/** What is to be done in a second. */
export interface Demand {
  readonly creations: number
  readonly statusReads: number
  readonly starts: number
  readonly pictures: number
  readonly looks: number
  readonly deliveries: number
  readonly waiting: number
  readonly instances: number
}

const NO_COST: Cost = { centreMs: 0, databaseMs: 0 }

/** Processor time that a second of the demand takes: 1 000 ms are one core. */
export function costOf(demand: Demand, costs: Costs): Cost {
  const parts: readonly (readonly [number, Cost])[] = [
    [demand.creations, costs.creation],
    [demand.statusReads, costs.statusRead],
    [demand.starts, costs.start],
    [demand.pictures, costs.picture],
    [demand.looks, costs.look],
    [demand.deliveries, costs.delivery],
    [demand.waiting, costs.waitingSecond],
    [demand.instances, costs.idleSecond],
  ]
  return parts.reduce((sum, [times, cost]) => plus(sum, times, cost), NO_COST)
}

function plus(sum: Cost, times: number, { centreMs, databaseMs }: Cost): Cost {
  return {
    centreMs: sum.centreMs + times * centreMs,
    databaseMs: sum.databaseMs + times * databaseMs,
  }
}

/** Of a machine: so much of it may be busy over minutes, the rest is for bursts and for the system. */
export const BUSY_SHARE = 0.5
/** Of one core: an instance whose event loop is busier answers late. */
export const LOOP_SHARE = 0.6

/** How payments go: each pays once, and its shop hears of it once. */
export interface Habits {
  /** From the start to the terminal's last word. */
  readonly heldSeconds: number
  /** Status reads for each payment, by shops that ask instead of waiting. */
  readonly readsEach: number
}

export interface Carried {
  readonly cores: number
  readonly paymentsAnHour: number
  /** Operations open at one time: so many terminals are at work. */
  readonly terminals: number
  readonly instances: number
}

/** With payments at their habits and nothing beside them. */
export function carriedBy(cores: number, costs: Costs, habits: Habits): Carried {
  const each = costOf(demandOf(1, habits, 0), costs)
  const instances = (perSecond: number) =>
    Math.max(1, Math.ceil((perSecond * each.centreMs) / (1_000 * LOOP_SHARE)))
  const idle = (count: number) => count * (costs.idleSecond.centreMs + costs.idleSecond.databaseMs)
  const room = (count: number) => cores * 1_000 * BUSY_SHARE - idle(count)
  const eachMs = each.centreMs + each.databaseMs
  let perSecond = room(1) / eachMs
  // More instances idle more: their number follows from the rate, and the rate from what they leave.
  perSecond = room(instances(perSecond)) / eachMs
  return {
    cores,
    paymentsAnHour: 3_600 * perSecond,
    terminals: perSecond * habits.heldSeconds,
    instances: instances(perSecond),
  }
}

export function demandOf(perSecond: number, habits: Habits, instances: number): Demand {
  return {
    creations: perSecond,
    statusReads: perSecond * habits.readsEach,
    starts: perSecond,
    pictures: perSecond,
    looks: perSecond * (1 + habits.heldSeconds),
    deliveries: perSecond,
    waiting: perSecond * habits.heldSeconds,
    instances,
  }
}

/** How many of one thing a second fit into the same share of a machine, with nothing beside them. */
export function fitting(cores: number, { centreMs, databaseMs }: Cost): number {
  return (cores * 1_000 * BUSY_SHARE) / (centreMs + databaseMs)
}
