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

export function openLog({ level, request, to }: LogOptions): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: () => {
      const id = request()
      return id === null ? {} : { request: id }
    },
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
