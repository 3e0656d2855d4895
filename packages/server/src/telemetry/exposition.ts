// What /metrics answers: what this process counted, what its parts are at, and how the books stand. The books
// are read at most every five seconds, whoever asks, and never wait for the database longer than a limit.

import { SECOND_MS } from '@byfly-pay/core'
import { Counter, collectDefaultMetrics, Gauge, type Registry } from 'prom-client'
import type { Clock } from '../ports/clock.ts'
import type { Exposition } from '../ports/meter.ts'
import type { Connections, StandingStore } from '../ports/standing-store.ts'
import { standingText } from './standing-text.ts'

const FRESH_FOR_MS = 5 * SECOND_MS
const READ_LIMIT_MS = 2 * SECOND_MS

export interface ExpositionParts {
  readonly registry: Registry
  readonly clock: Clock
  readonly standing: StandingStore
  readonly connections: () => Connections
  readonly version: string
}

export function openExposition(parts: ExpositionParts): () => Promise<Exposition> {
  const { registry } = parts
  // Of the process as a whole: lag of the event loop, memory, garbage, open handles.
  collectDefaultMetrics({ register: registry })
  showBuild(registry, parts.version)
  showConnections(registry, parts.connections)
  const books = readBooks(parts)
  return async () => {
    const standing = await books()
    return { type: registry.contentType, text: (await registry.metrics()) + standing }
  }
}

/** Empty where the books cannot be read in time: an old figure would look like a quiet one. */
function readBooks({ clock, registry, standing }: ExpositionParts): () => Promise<string> {
  const failures = new Counter({
    name: 'byfly_scrape_failed_total',
    help: 'Состояние книг не прочиталось вовремя, его метрик в этом ответе нет',
    registers: [registry],
  })
  let kept = { text: '', untilMs: 0 }
  let reading: Promise<string> | null = null

  async function read(): Promise<string> {
    const text = await standingText(await standing.read())
    kept = { text, untilMs: clock.now() + FRESH_FOR_MS }
    return text
  }

  return async () => {
    const leftMs = kept.untilMs - clock.now()
    // A clock that was set back must not keep them for longer.
    if (leftMs > 0 && leftMs <= FRESH_FOR_MS) return kept.text
    // However many ask, and however slow the database is, it is asked once.
    reading ??= read().finally(() => {
      reading = null
    })
    const decided = new AbortController()
    const tooLate = clock.sleep(READ_LIMIT_MS, decided.signal).then(() => null)
    const text = await Promise.race([reading.catch(() => null), tooLate])
    decided.abort()
    if (text === null) failures.inc()
    return text ?? ''
  }
}

function showBuild(registry: Registry, version: string): void {
  new Gauge({
    name: 'byfly_build_info',
    help: 'Версии центра и Node',
    labelNames: ['version', 'node'],
    registers: [registry],
  }).set({ version, node: process.versions.node }, 1)
}

function showConnections(registry: Registry, connections: () => Connections): void {
  const registers = [registry]
  new Gauge({
    name: 'byfly_database_connections',
    help: 'Соединения с базой: основной пул и пул списков',
    labelNames: ['pool', 'state'],
    registers,
    collect() {
      for (const [pool, { busy, idle }] of Object.entries(connections().pools)) {
        this.set({ pool, state: 'busy' }, busy)
        this.set({ pool, state: 'idle' }, idle)
      }
    },
  })
  new Gauge({
    name: 'byfly_database_waiting',
    help: 'Кто ждёт соединения с базой',
    labelNames: ['pool'],
    registers,
    collect() {
      for (const [pool, { waiting }] of Object.entries(connections().pools)) {
        this.set({ pool }, waiting)
      }
    },
  })
  new Gauge({
    name: 'byfly_database_lane_statements',
    help: 'Запросы в пути по соединениям-дорожкам',
    labelNames: ['lane'],
    registers,
    collect() {
      for (const [lane, inFlight] of Object.entries(connections().lanes)) {
        this.set({ lane }, inFlight)
      }
    },
  })
}
