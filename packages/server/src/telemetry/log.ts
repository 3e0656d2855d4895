// The log: JSON, a line for each thing that matters. Phones, tokens and what devices say never go in; what is
// listed here is taken out should it ever be tried.

import { type DestinationStream, type Logger, pino } from 'pino'

const HIDDEN = '[скрыто]'

export interface LogOptions {
  readonly level: string
  /** The request that is being answered; null outside of requests. */
  readonly request: () => string | null
  /** Where lines go; the standard output unless given. */
  readonly to?: DestinationStream
}

/** What values look like, in messages that others wrote: a database quotes what it could not read. */
const VALUES = /\S+@\S+|https?:\S+|whsec_\S+|[\da-f]{32,}|\+?\d[\d\s()-]{7,}\d/gi

/** The one field whose words are not our own. */
function withoutValues(message: unknown): unknown {
  return typeof message === 'string' ? message.replace(VALUES, HIDDEN) : message
}

export function openLog({ level, request, to }: LogOptions): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: () => {
      const id = request()
      return id === null ? {} : { request: id }
    },
    serializers: { error: withoutValues },
    redact: {
      paths: [
        'phone',
        'customer_phone',
        'token',
        'secret',
        'authorization',
        '*.phone',
        '*.token',
        'req.headers',
      ],
      censor: HIDDEN,
    },
  }
  return to === undefined ? pino(options) : pino(options, to)
}
