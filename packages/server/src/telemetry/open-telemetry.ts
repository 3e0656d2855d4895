// What is told of the centre's work, opened together. One registry for each centre: several may live in one
// process.

import { readFileSync } from 'node:fs'
import { Registry } from 'prom-client'
import type { Clock } from '../ports/clock.ts'
import type { Exposition, Meter } from '../ports/meter.ts'
import type { Connections, StandingStore } from '../ports/standing-store.ts'
import { openExposition } from './exposition.ts'
import { openMeter } from './meter.ts'

const { version } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { readonly version: string }

export interface Telemetry {
  readonly meter: Meter
  /** Begins to watch the process as a whole; to be called once, and only where somebody may ask. */
  expose(books: Books): () => Promise<Exposition>
}

export interface Books {
  readonly standing: StandingStore
  readonly connections: () => Connections
}

export function openTelemetry(clock: Clock): Telemetry {
  const registry = new Registry()
  return {
    meter: openMeter(registry),
    expose: (books) => openExposition({ ...books, registry, clock, version }),
  }
}
