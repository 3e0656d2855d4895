// Somebody who asks again and again where payments stand, of an instance that remembers it. Its connection for
// notices is lost now and then, and that is not noticed at once. No call of his changes anything for others.

import { recentStandings } from '../../../packages/server/src/payments/recent-standings.ts'
import type { PaymentStore } from '../../../packages/server/src/ports/payment-store.ts'
import type { Heard, Notices } from '../../../packages/server/src/ports/storage.ts'
import { demand } from '../invariants/violation.ts'
import type { Policy } from '../policies/policy.ts'
import type { Books } from '../storage/books.ts'
import type { Connected } from '../storage/world-storage.ts'
import type { Chance } from '../time/chance.ts'
import type { SimulatedTime } from '../time/simulated-time.ts'

/** S11: an answer is never older than the last commit plus this. */
const PROMISED_MS = 100

/** How long a silent connection is taken for a quiet one. */
const NOTICED_MS = 5_000

/** More than a history has payments; the room for each is made beforehand. */
const REMEMBERED = 100

const LOST = 0.1
const BACK = 0.3

interface Seen {
  readonly atMs: number
  /** Payment → version. */
  readonly versions: ReadonlyMap<string, number>
}

export class Onlooker {
  readonly #payments: PaymentStore
  readonly #ear: Ear
  readonly #chance: Chance
  readonly #time: SimulatedTime
  #seen: Seen
  /** What everybody who asks now has to be told at least. */
  #firm: ReadonlyMap<string, number> = new Map()

  constructor(
    { notices, storage }: Connected,
    time: SimulatedTime,
    chance: Chance,
    policy: Policy | null,
  ) {
    this.#ear = new Ear(notices, time)
    const ear = policy?.ear?.(this.#ear) ?? this.#ear
    this.#payments = recentStandings(storage.payments, ear, time.clock(), REMEMBERED)
    this.#chance = chance
    this.#time = time
    this.#seen = { atMs: time.nowMs, versions: new Map() }
  }

  /** @throws Violation when one answer is older than promised */
  async look(books: Books): Promise<void> {
    if (this.#time.nowMs - this.#seen.atMs >= PROMISED_MS) {
      this.#firm = this.#seen.versions
      const versions = new Map(books.payments.map(({ facts, version }) => [facts.id, version]))
      this.#seen = { atMs: this.#time.nowMs, versions }
    }
    for (const { facts } of books.payments) {
      const { id } = facts
      const told = await this.#payments.standing(id)
      const least = this.#firm.get(id) ?? 0
      demand(
        (told?.version ?? 0) >= least,
        'S11',
        () => `платёж ${id} показан в версии ${told?.version}, а давно есть ${least}`,
      )
    }
    if (this.#chance.isLucky(this.#ear.isLost ? BACK : LOST)) this.#ear.turn()
  }
}

/** A listening connection that can be lost, as behind a router that forgot it. */
export class Ear implements Pick<Notices, 'listen' | 'behindMs'> {
  readonly #notices: Notices
  readonly #time: SimulatedTime
  readonly #heard = new Set<Heard>()
  #lostAtMs: number | null = null

  constructor(notices: Notices, time: SimulatedTime) {
    this.#notices = notices
    this.#time = time
  }

  get isLost(): boolean {
    return this.#lostAtMs !== null
  }

  turn(): void {
    this.#lostAtMs = this.isLost ? null : this.#time.nowMs
    if (!this.isLost) for (const heard of this.#heard) heard(null)
  }

  listen = (heard: Heard): (() => void) => {
    this.#heard.add(heard)
    return this.#notices.listen((topic) => {
      if (!this.isLost) heard(topic)
    })
  }

  behindMs = (): number => {
    if (this.#lostAtMs === null) return this.#notices.behindMs()
    const silentMs = this.#time.nowMs - this.#lostAtMs
    return silentMs < NOTICED_MS ? silentMs : Number.POSITIVE_INFINITY
  }
}
