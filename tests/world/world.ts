// One world: terminals, customers, receivers, shops and the processes of the centre between them, over one
// database, in one simulated time. What happens in it is told by events; it decides nothing by itself.

import { COMMISSION_BEARERS } from '@byfly-pay/core'
import { DEFAULT_LIMITS, type Limits } from '../../packages/server/src/ports/centre.ts'
import { methodOf } from './devices/operation.ts'
import { Terminal } from './devices/terminal.ts'
import { Wires } from './devices/wires.ts'
import { DatabaseWire } from './instances/faulty-storage.ts'
import { type Instance, startInstance } from './instances/instance.ts'
import { Customers } from './people/customers.ts'
import { Receivers } from './people/receivers.ts'
import type { Called, Reply, ShopCall } from './people/shop.ts'
import type { Policy } from './policies/policy.ts'
import type { Connected, Setting, WorldStorage } from './storage/world-storage.ts'
import { Chance } from './time/chance.ts'
import type { SimulatedTime } from './time/simulated-time.ts'

/** As in the field, but for loops that would only tick: a world lives through hours. */
export const WORLD_LIMITS: Limits = {
  ...DEFAULT_LIMITS,
  pollMs: 2_000,
  qrPollMs: 500,
  queueWaitMs: 5_000,
  leaseMs: 20_000,
  heartbeatMs: 5_000,
  sweepMs: 5_000,
}

/** Every tick of a loop costs a real server's answer. */
const LIMITS_OVER_A_SERVER: Limits = { ...WORLD_LIMITS, sweepMs: 30_000, heartbeatMs: 8_000 }

const INSTANCES_LIMIT = 3

export function settingOf(seed: number): Setting {
  const chance = new Chance(seed, 'setting')
  const terminals = chance.between(1, 4)
  return {
    sources: [1, 2].map(() => ({
      toleranceTiyn: chance.of([0n, 100n, 5_000n]),
      overpaidPolicy: chance.of(['task', 'keep'] as const),
      addCommissionToAmount: chance.of([null, null, false]),
      openAttemptsLimit: chance.of([null, null, 2]),
      refundCommission: chance.of(COMMISSION_BEARERS),
      refundApprovalAboveTiyn: chance.of([null, null, null, 20_000n, 0n]),
    })),
    // One without a camera now and then: it takes only those who stand before it.
    cameras: Array.from({ length: terminals }, (_, index) => index === 0 || chance.isLucky(0.8)),
    leaseMs: WORLD_LIMITS.leaseMs,
  }
}

export class World {
  readonly storage: WorldStorage
  readonly time: SimulatedTime
  readonly terminals: readonly Terminal[]
  readonly wires: Wires
  readonly customers: Customers
  readonly receivers: Receivers
  readonly database = new DatabaseWire()
  readonly instances: Instance[] = []
  /** Everything that shops were answered, in the order of the answers. */
  readonly calls: Called[] = []
  /** What happened, a line each; the same seed writes the same lines. */
  readonly log: string[] = []
  /** QRs of operations that a cashier keyed on the device itself: no attempt's. */
  readonly keyedSales = new Set<string>()
  /** Audit lines that operators' acts must have left. */
  auditsDue = 0
  readonly #chance: Chance
  readonly #policy: Policy | null
  #desk: Connected | null = null
  #count = 0
  #fault: Error | null = null

  readonly seed: number

  constructor(seed: number, setting: Setting, storage: WorldStorage, policy: Policy | null) {
    this.#chance = new Chance(seed, 'world')
    this.#policy = policy
    this.seed = seed
    this.storage = storage
    this.time = storage.time
    const devices = new Chance(seed, 'devices')
    this.terminals = setting.cameras.map(
      (_, index) => new Terminal(index + 1, this.time, new Chance(seed, `terminal ${index}`)),
    )
    for (const terminal of this.terminals) {
      terminal.isPurchase = ({ method, transactionId }) =>
        this.terminals.some(({ journal }) =>
          journal.some(
            ({ refundOf, sale }) =>
              refundOf === null &&
              sale?.transactionId === transactionId &&
              methodOf(sale.product) === method,
          ),
        )
    }
    this.wires = new Wires(this.terminals, this.time, devices)
    this.customers = new Customers(this.terminals, this.time)
    this.receivers = new Receivers(this.time)
  }

  note(line: string): void {
    this.log.push(`${this.time.nowMs} ${line}`)
  }

  /** A fault of the program itself: an error that nobody may ever see. */
  fail(error: unknown): void {
    this.#fault ??= error instanceof Error ? error : new Error(String(error))
  }

  throwFault(): void {
    if (this.#fault !== null) throw this.#fault
  }

  get running(): Instance[] {
    return this.instances.filter(({ gate }) => !gate.isDead && !gate.isStopped)
  }

  /** What people at a desk see of the database, whatever becomes of processes. */
  async desk(): Promise<Connected> {
    this.#desk ??= await this.storage.connect('desk')
    return this.#desk
  }

  async startInstance(): Promise<void> {
    if (this.running.length >= INSTANCES_LIMIT) return
    this.#count += 1
    const name = `instance-${this.#count}`
    const { storage, notices } = await this.storage.connect(name)
    this.note(`${name} начинает работу`)
    this.instances.push(
      startInstance({
        name,
        time: this.time,
        chance: new Chance(this.#chance.between(0, 2 ** 31), name),
        limits: this.storage.isReal ? LIMITS_OVER_A_SERVER : WORLD_LIMITS,
        storage: this.database.over(storage),
        notices,
        wires: this.wires,
        webhooks: this.receivers.sender(),
        policy: this.#policy,
        isReal: this.storage.isReal,
        onDeath: () => {
          this.note(`${name} умирает`)
          this.storage.cut(name)
          // Whoever keeps processes running starts another.
          const inMs = this.#chance.between(500, 20_000)
          this.time.after(inMs, () => void this.startInstance().catch((e) => this.fail(e)))
        },
      }),
    )
  }

  /** Sends a shop's call on its way; its answer comes when it comes. */
  call(
    call: ShopCall,
    ask: () => Promise<Reply>,
    onReply: (reply: Reply) => void = () => {},
  ): void {
    const askedAtMs = this.time.nowMs
    ask().then(
      (reply) => {
        this.calls.push({ ...call, reply, askedAtMs, answeredAtMs: this.time.nowMs })
        const told = reply.kind === 'answered' ? `${reply.httpStatus} ${reply.body}` : reply.kind
        this.note(`${call.route} ${call.paymentId ?? ''} → ${told}`)
        onReply(reply)
      },
      (error: unknown) => this.fail(error),
    )
  }
}
