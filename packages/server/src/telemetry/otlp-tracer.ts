// Spans by OpenTelemetry, sent to a collector by OTLP over HTTP. Loaded only where a collector is named. A
// collector that is slow or gone costs spans and nothing else. Nothing is global: several centres may live in
// one process.

import { AsyncLocalStorage } from 'node:async_hooks'
import {
  type Attributes,
  type Context,
  isSpanContextValid,
  type Span as OtlpSpan,
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { TracerProvider } from '@opentelemetry/sdk-trace'
import { LRUCache } from 'lru-cache'
import type { Log } from '../ports/log.ts'
import type { OpenSpan, Span, SpanFacts, Tracer } from '../ports/tracer.ts'
import { KeptSpans, toldExporter } from './kept-spans.ts'

export interface OtlpTracerOptions {
  /** Base of the collector's address; `/v1/traces` is added. */
  readonly endpoint: string
  readonly serviceName: string
  readonly version: string
  readonly log: Log
}

export interface OpenTracer extends Tracer {
  /** Sends what is left, and gives up after a limit. */
  close(): Promise<void>
}

const SEND_LIMIT_MS = 5_000
const VALUE_LIMIT = 200

/** How many payments' last spans are remembered, and how long: a webhook goes out seconds after them. */
const PAYMENTS_LIMIT = 10_000
const PAYMENT_LIFE_MS = 3_600_000

const NAMES: Readonly<Record<keyof SpanFacts, string>> = {
  payment: 'byfly.payment',
  attempt: 'byfly.attempt',
  terminal: 'byfly.terminal',
  delivery: 'byfly.delivery',
  state: 'byfly.state',
  input: 'byfly.input',
  outcome: 'byfly.outcome',
  method: 'http.request.method',
  route: 'http.route',
  httpStatus: 'http.response.status_code',
}

export function openOtlpTracer(options: OtlpTracerOptions): OpenTracer {
  const { endpoint, log, serviceName, version } = options
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`
  const exporter = toldExporter(new OTLPTraceExporter({ url, timeoutMillis: SEND_LIMIT_MS }), log)
  const kept = new KeptSpans({ exporter, exportTimeoutMillis: SEND_LIMIT_MS })
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName, 'service.version': version }),
    spanLimits: { attributeValueLengthLimit: VALUE_LIMIT },
    spanProcessors: [kept],
  })
  const tracer = provider.getTracer('byfly-pay')
  const active = new AsyncLocalStorage<Context>()
  const lastOf = new LRUCache<string, SpanContext>({ max: PAYMENTS_LIMIT, ttl: PAYMENT_LIFE_MS })

  function placeOf(payment: string | undefined) {
    const around = active.getStore() ?? ROOT_CONTEXT
    const own = trace.getSpanContext(around)
    const last = payment === undefined ? undefined : lastOf.get(payment)
    if (last === undefined) return { parent: around, links: [] }
    if (own === undefined) return { parent: trace.setSpanContext(around, last), links: [] }
    return { parent: around, links: own.traceId === last.traceId ? [] : [{ context: last }] }
  }

  const faceOf = (span: OtlpSpan): Span => ({
    tell: (facts) => void span.setAttributes(attributesOf(facts)),
    drop: () => kept.drop(span),
  })

  return {
    begin(name, facts, traceparent): OpenSpan {
      const parent = contextOf(traceparent)
      const attributes = attributesOf(facts)
      const span = tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, parent)
      const inside = trace.setSpan(parent, span)
      return {
        ...faceOf(span),
        run: (next) => active.run(inside, next),
        end: () => span.end(),
      }
    },
    async span(name, facts, work) {
      const { links, parent } = placeOf(facts.payment)
      const span = tracer.startSpan(name, { attributes: attributesOf(facts), links }, parent)
      try {
        return await active.run(trace.setSpan(parent, span), () => work(faceOf(span)))
      } catch (error) {
        // Its message may quote what was sent.
        span.setAttribute('error.type', error instanceof Error ? error.name : 'unknown')
        span.setStatus({ code: SpanStatusCode.ERROR })
        throw error
      } finally {
        span.end()
        const { payment } = facts
        if (payment !== undefined && kept.has(span)) lastOf.set(payment, span.spanContext())
      }
    },
    traceparent() {
      const own = trace.getSpanContext(active.getStore() ?? ROOT_CONTEXT)
      if (own === undefined) return null
      const flags = own.traceFlags.toString(16).padStart(2, '0')
      return `00-${own.traceId}-${own.spanId}-${flags}`
    },
    close: () => provider.shutdown().catch(() => {}),
  }
}

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/

/** Of what a caller sends only the numbers are taken: `tracestate` and `baggage` may hold anything. */
function contextOf(traceparent: unknown): Context {
  if (typeof traceparent !== 'string') return ROOT_CONTEXT
  const [, traceId = '', spanId = '', flags = ''] = TRACEPARENT.exec(traceparent) ?? []
  const caller: SpanContext = {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16) & 1,
    isRemote: true,
  }
  return isSpanContextValid(caller) ? trace.setSpanContext(ROOT_CONTEXT, caller) : ROOT_CONTEXT
}

function attributesOf(facts: SpanFacts): Attributes {
  const told = Object.entries(facts).filter(([, value]) => value !== undefined)
  return Object.fromEntries(told.map(([fact, value]) => [NAMES[fact as keyof SpanFacts], value]))
}
