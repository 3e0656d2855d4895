// One client's Server-Sent Events about one payment (S11): the present state, then each newer one. A state
// once told is not told again.

import { hash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { END_EVENT, type LiveEventName, type StreamEnd } from '@byfly-pay/contract'
import type { PaymentView } from '../../ports/payment-store.ts'
import type { HttpLimits } from '../limits.ts'
import type { Beating } from './heartbeat.ts'
import type { Watcher } from './hub.ts'
import { Pipe } from './pipe.ts'
import { isAtRest, type Sight, type Wording } from './sight.ts'

/** What a stream tells of its payment; one object serves all streams that tell the same. */
export interface Told {
  readonly event: LiveEventName
  /** Equal names must mean equal data: the text is made once for all streams of it. */
  readonly wording: string
  readonly show: (view: PaymentView) => Promise<object>
}

export interface StreamTerms {
  readonly told: Told
  /** The version that the client has already; 0 for none. */
  readonly version: number
  /** Asked at every heartbeat. May throw: then it is asked again at the next one. */
  readonly isAllowed: () => Promise<boolean>
  /** Called once, when the client is gone or the stream has ended. */
  readonly onClose: () => void
}

type StreamLimits = Pick<HttpLimits, 'heartbeatMs' | 'streamMs' | 'reconnectMs' | 'unreadBytes'>

const END: StreamEnd = { reason: 'final' }
const END_TEXT = `event: ${END_EVENT}\ndata: ${JSON.stringify(END)}\n\n`
/** A comment: no event, but traffic, which proxies want to see. */
const BEAT_TEXT = ':\n\n'

export class EventStream implements Watcher, Beating {
  readonly #pipe: Pipe
  readonly #terms: StreamTerms
  #version: number
  #digest = ''
  #beatsLeft: number

  /** The head of `response` must have been written. */
  constructor(response: ServerResponse, terms: StreamTerms, limits: StreamLimits) {
    this.#terms = terms
    this.#version = terms.version
    this.#beatsLeft = Math.ceil(limits.streamMs / limits.heartbeatMs)
    this.#pipe = new Pipe(response, limits, terms.onClose)
  }

  see(sight: Sight): void {
    void this.#tell(sight)
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
    this.#pipe.write(BEAT_TEXT)
    void this.#askWhetherAllowed()
  }

  async #tell(sight: Sight): Promise<void> {
    const { told } = this.#terms
    const { view } = sight
    try {
      const { event, digest } = await sight.wording(told.wording, (seen) => word(told, seen))
      if (view.version > this.#version) {
        this.#version = view.version
        // An id alone is no event: it only moves on what the client would come again with.
        this.#pipe.write(digest === this.#digest ? `id: ${view.version}\n\n` : event)
        this.#digest = digest
      }
      if (isAtRest(view)) this.#pipe.end(END_TEXT)
    } catch {
      // The client comes again with the id it has, and so misses nothing.
      this.dismiss()
    }
  }

  async #askWhetherAllowed(): Promise<void> {
    try {
      if (!(await this.#terms.isAllowed())) this.dismiss()
    } catch {
      // The database does not answer: nobody learns anything meanwhile.
    }
  }
}

/** JSON has no line breaks, so one `data:` line carries it whole. */
async function word({ event, show }: Told, view: PaymentView): Promise<Wording> {
  const data = JSON.stringify(await show(view))
  return {
    event: `event: ${event}\nid: ${view.version}\ndata: ${data}\n\n`,
    digest: hash('sha256', data, 'base64'),
  }
}
