// The members of staff whose console listens on this instance. A change is read once, whoever hears of it; each
// hears only of what exists for them at that moment, by rights and sessions read with the change itself.

import { type Change, mayHear, scopeOf } from '@byfly-pay/core'
import type { Centre } from '../../ports/centre.ts'
import type { Changed } from '../../ports/change-store.ts'
import type { AdminAtWork } from '../../ports/staff-store.ts'
import type { HttpLimits } from '../limits.ts'

/** One open console; neither method may throw. */
export interface Hearer {
  readonly sessionId: string
  /** As it was when the stream opened: another one ends it, for the page was made for these rights. */
  readonly admin: AdminAtWork
  /** Null for more than can be told one by one. */
  hear(changes: readonly Change[] | null): void
  dismiss(): void
}

type StaffLimits = Pick<HttpLimits, 'lookAgainMs' | 'gatherMs'>

/** Beyond so many at once nothing is told one by one. */
const DUE_LIMIT = 1_000
/** More new payments than this in a few seconds are a flood of them. */
const YOUNG_LIMIT = 500

const LISTS = {
  payment: 'payments',
  terminal: 'terminals',
  task: 'tasks',
  alert: 'alerts',
} as const
const TOPIC = /^(payment|terminal|task|alert):(.+)$/
const STAFF_TOPIC = 'staff'

export class StaffHub {
  readonly #centre: Centre
  readonly #limits: StaffLimits
  readonly #hearers = new Set<Hearer>()
  readonly #due = new Set<string>()
  readonly #timer: NodeJS.Timeout
  readonly #stopListening: () => void
  readonly #closing = new AbortController()
  /** Versions of the youngest payments as they were last seen; null while nobody listens. */
  #young: Map<string, number> | null = null
  #isTooMuch = false
  #isLooking = false
  #isTelling = false

  constructor(centre: Centre, limits: StaffLimits) {
    this.#centre = centre
    this.#limits = limits
    // What only waits for others keeps no process alive.
    this.#timer = setInterval(() => void this.#look(), limits.lookAgainMs).unref()
    this.#stopListening = centre.notices.listen((topic) => {
      if (this.#hearers.size === 0) return
      if (topic === null) this.#tellAll()
      else if (topic === STAFF_TOPIC || TOPIC.test(topic)) this.#add(topic)
    })
  }

  /** Resolves when everything committed from now on will be told. */
  async join(hearer: Hearer): Promise<void> {
    if (this.#closing.signal.aborted) {
      hearer.dismiss()
      return
    }
    this.#hearers.add(hearer)
    if (this.#young === null) await this.#look()
  }

  leave(hearer: Hearer): void {
    this.#hearers.delete(hearer)
    if (this.#hearers.size === 0) this.#young = null
  }

  close(): void {
    this.#closing.abort()
    clearInterval(this.#timer)
    this.#stopListening()
    for (const hearer of [...this.#hearers]) hearer.dismiss()
    this.#hearers.clear()
    this.#due.clear()
  }

  #add(topic: string): void {
    if (this.#due.size >= DUE_LIMIT) this.#tellAll()
    else this.#due.add(topic)
    void this.#tell()
  }

  #tellAll(): void {
    this.#isTooMuch = true
    this.#due.clear()
    void this.#tell()
  }

  /** A new payment has no notice of its own; a notice that was lost is made up for too. */
  async #look(): Promise<void> {
    if (this.#isLooking || this.#hearers.size === 0) return
    this.#isLooking = true
    try {
      const young = await this.#centre.storage.changes.youngest(YOUNG_LIMIT)
      const known = this.#young
      this.#young = new Map(young)
      if (known === null) return
      const news = [...young].filter(([id, version]) => known.get(id) !== version)
      if (news.length === YOUNG_LIMIT) this.#tellAll()
      else for (const [id] of news) this.#add(`payment:${id}`)
    } catch (error) {
      this.#tellAll()
      this.#warn(error)
    } finally {
      this.#isLooking = false
    }
  }

  async #tell(): Promise<void> {
    if (this.#isTelling) return
    this.#isTelling = true
    const { clock } = this.#centre
    const { signal } = this.#closing
    while ((this.#due.size > 0 || this.#isTooMuch) && this.#hearers.size > 0 && !signal.aborted) {
      const { gatherMs, lookAgainMs } = this.#limits
      await clock.sleep((await this.#isToldSome()) ? gatherMs : lookAgainMs, signal)
    }
    this.#isTelling = false
  }

  async #isToldSome(): Promise<boolean> {
    const [topics, isTooMuch] = [[...this.#due], this.#isTooMuch]
    this.#due.clear()
    this.#isTooMuch = false
    try {
      const { changes, staff } = this.#centre.storage
      const read = isTooMuch ? [] : await changes.placesOf(changedBy(topics))
      for (const change of read) {
        if (change.kind === 'payment') this.#young?.set(change.id, change.version)
      }
      // After the change: whose rights ended before it does not hear of it.
      const sessions = [...new Set([...this.#hearers].map(({ sessionId }) => sessionId))]
      const atWork = await staff.adminsOfSessions(sessions)
      for (const hearer of [...this.#hearers]) {
        const admin = atWork.get(hearer.sessionId)
        if (admin === undefined || !isSame(admin, hearer.admin)) hearer.dismiss()
        else hearer.hear(isTooMuch ? null : heardBy(admin, read))
      }
      return true
    } catch (error) {
      // What cannot be read now is told as soon as it can be, all in one.
      this.#isTooMuch = true
      this.#warn(error)
      return false
    }
  }

  #warn(error: unknown): void {
    const name = error instanceof Error ? error.name : 'unknown'
    this.#centre.log.warn({ error: name }, 'Консоли пока не знают о переменах')
  }
}

/** Whether somebody has the rights and the rows that they had. */
export function isSame(one: AdminAtWork, other: AdminAtWork): boolean {
  const standing = ({ countries, mustEnrol, role, sources, systems }: AdminAtWork) =>
    JSON.stringify([role, countries, systems, sources, mustEnrol])
  return standing(one) === standing(other)
}

function heardBy(admin: AdminAtWork, changes: readonly Change[]): readonly Change[] {
  const scope = scopeOf(admin.role, admin)
  return changes.filter((change) => mayHear(admin.role, scope, change))
}

function changedBy(topics: readonly string[]): Changed {
  const changed: Record<keyof Changed, string[]> = {
    payments: [],
    terminals: [],
    tasks: [],
    alerts: [],
  }
  for (const topic of topics) {
    const [, kind, id] = TOPIC.exec(topic) ?? []
    if (kind !== undefined && id !== undefined) changed[LISTS[kind as keyof typeof LISTS]].push(id)
  }
  return changed
}
