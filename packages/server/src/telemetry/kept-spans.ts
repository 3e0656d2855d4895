// Which spans are sent: all but those that were dropped, since a look a second that finds nothing new would
// bury the rest.

import type { Span } from '@opentelemetry/api'
import { BatchSpanProcessor, type ReadableSpan, type SpanExporter } from '@opentelemetry/sdk-trace'
import type { Log } from '../ports/log.ts'

export class KeptSpans extends BatchSpanProcessor {
  readonly #dropped = new WeakSet<object>()

  drop(span: Span): void {
    this.#dropped.add(span)
  }

  has(span: Span): boolean {
    return !this.#dropped.has(span)
  }

  override onEnd(span: ReadableSpan): void {
    if (!this.#dropped.has(span)) super.onEnd(span)
  }
}

/** Says once that spans are lost, and once that they are not any more. */
export function toldExporter(exporter: SpanExporter, log: Log): SpanExporter {
  let isLosing = false
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        const isLost = result.error !== undefined
        if (isLost && !isLosing) {
          log.warn({ error: result.error?.name ?? null }, 'Сборщик трасс не отвечает')
        }
        if (!isLost && isLosing) log.info({}, 'Сборщик трасс снова отвечает')
        isLosing = isLost
        done(result)
      })
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  }
}
