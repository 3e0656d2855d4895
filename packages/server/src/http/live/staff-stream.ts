// One console's Server-Sent Events: that something changed, and now and then the time, by which a page that has
// lost its line says how old it is. Not a word of what anything has become.

import type { ServerResponse } from 'node:http'
import { STAFF_EVENTS, type StaffBeat, type StaffChange } from '@byfly-pay/contract'
import { type Change, localTime, transactionIdOf, utcTime } from '@byfly-pay/core'
import type { Centre } from '../../ports/centre.ts'
import type { AdminAtWork } from '../../ports/staff-store.ts'
import type { HttpLimits } from '../limits.ts'
import type { Beating } from './heartbeat.ts'
import { Pipe } from './pipe.ts'
import { type Hearer, isSame } from './staff-hub.ts'

export interface StaffStreamTerms {
  readonly centre: Pick<Centre, 'clock' | 'storage' | 'zone'>
  readonly sessionId: string
  readonly admin: AdminAtWork
  /** Called once, when the client is gone or the stream has ended. */
  readonly onClose: () => void
}

type StreamLimits = Pick<HttpLimits, 'heartbeatMs' | 'streamMs' | 'reconnectMs' | 'unreadBytes'>

/** A page that would have to look at more than this looks at everything. */
const TOLD_LIMIT = 50

const EVERYTHING: StaffChange = { kind: 'everything', id: null, version: null }

export class StaffStream implements Hearer, Beating {
  readonly sessionId: string
  readonly admin: AdminAtWork
  readonly #centre: StaffStreamTerms['centre']
  readonly #pipe: Pipe
  #beatsLeft: number

  /** The head of `response` must have been written. */
  constructor(response: ServerResponse, terms: StaffStreamTerms, limits: StreamLimits) {
    this.sessionId = terms.sessionId
    this.admin = terms.admin
    this.#centre = terms.centre
    this.#beatsLeft = Math.ceil(limits.streamMs / limits.heartbeatMs)
    this.#pipe = new Pipe(response, limits, terms.onClose)
  }

  hear(changes: readonly Change[] | null): void {
    if (changes === null || changes.length > TOLD_LIMIT) this.#pipe.write(wordChange(EVERYTHING))
    else for (const change of changes) this.#pipe.write(wordChange(shown(change)))
  }

  dismiss(): void {
    this.#pipe.dismiss()
  }

  beat(): void {
    this.#beatsLeft -= 1
    if (this.#beatsLeft < 0) {
      this.dismiss()
      return
    }
    this.sayTime()
    void this.#askWhetherAtWork()
  }

  sayTime(): void {
    const { clock, zone } = this.#centre
    const now = clock.now()
    const beat: StaffBeat = { at: localTime(now, zone), at_utc: utcTime(now) }
    this.#pipe.write(word(STAFF_EVENTS.beat, beat))
  }

  /** Where nothing changes nobody is looked up, and a session that ran out would go on. */
  async #askWhetherAtWork(): Promise<void> {
    try {
      const atWork = await this.#centre.storage.staff.adminsOfSessions([this.sessionId])
      const admin = atWork.get(this.sessionId)
      if (admin === undefined || !isSame(admin, this.admin)) this.dismiss()
    } catch {
      // The database does not answer: nobody learns anything meanwhile.
    }
  }
}

function shown(change: Change): StaffChange {
  return change.kind === 'payment'
    ? { kind: change.kind, id: transactionIdOf(change.id), version: change.version }
    : { kind: change.kind, id: change.id, version: null }
}

function wordChange(change: StaffChange): string {
  return word(STAFF_EVENTS.change, change)
}

/** JSON has no line breaks, so one `data:` line carries it whole. */
function word(event: string, data: object): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}
