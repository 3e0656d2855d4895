// What is told of the centre's work, opened together: figures always, traces where a collector is named. One of
// each for a centre: several may live in one process.

import { readFileSync } from 'node:fs'
import { Registry } from 'prom-client'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { Exposition, Meter } from '../ports/meter.ts'
import type { Connections, StandingStore } from '../ports/standing-store.ts'
import type { Tracer } from '../ports/tracer.ts'
import { openExposition } from './exposition.ts'
import { openMeter } from './meter.ts'
import { silentTracer } from './silent-tracer.ts'

const { version } = JSON.parse(
  readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8'),
) as { readonly version: string }

/** Where traces are sent, and by what name. */
export interface TraceSettings {
  readonly endpoint: string
  readonly serviceName: string
}

export interface TelemetryOptions {
  readonly clock: Clock
  readonly log: Log
  readonly traces: TraceSettings | null
}

export interface Telemetry {
  readonly meter: Meter
  readonly tracer: Tracer
  /** Begins to watch the process as a whole; to be called once, and only where somebody may ask. */
  expose(books: Books): () => Promise<Exposition>
  close(): Promise<void>
}

export interface Books {
  readonly standing: StandingStore
  readonly connections: () => Connections
}

export async function openTelemetry({ clock, log, traces }: TelemetryOptions): Promise<Telemetry> {
  const registry = new Registry()
  const tracing = traces === null ? null : await openTraces(traces, log)
  return {
    meter: openMeter(registry),
    tracer: tracing ?? silentTracer,
    expose: (books) => openExposition({ ...books, registry, clock, version }),
    async close() {
      await tracing?.close()
    },
  }
}

/** The library is read from the disk only by those who use it. */
async function openTraces(settings: TraceSettings, log: Log) {
  const { openOtlpTracer } = await import('./otlp-tracer.ts')
  return openOtlpTracer({ ...settings, version, log })
}
