// The HTTP side put together: one Fastify with its limits, headers, parser and routes. It starts nothing
// and reads no environment; whoever builds it listens.

import { hash } from 'node:crypto'
import swagger from '@fastify/swagger'
import Fastify, {
  type FastifyInstance,
  type FastifyPluginAsync,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import type { Centre } from '../ports/centre.ts'
import type { Certificate } from '../ports/certificate.ts'
import { adminRoutes } from './admin/admin-routes.ts'
import { authRoutes } from './auth/auth-routes.ts'
import { shapeCompiler } from './check-shape.ts'
import { answerBrokenClient, installErrorReplies, replyWithError } from './error-reply.ts'
import { followRequests } from './follow-requests.ts'
import { HTTP_LIMITS, type HttpLimits } from './limits.ts'
import { openLive } from './live/live.ts'
import { readJson } from './read-json.ts'
import { documentOptions } from './reference/document.ts'
import { referenceRoutes } from './reference/reference-routes.ts'
import { Refusal } from './refusal.ts'
import { requestIds } from './request-ids.ts'
import { consoleRoutes } from './routes/console.ts'
import { healthRoutes } from './routes/health.ts'
import { type MetricsAccess, metricsRoutes } from './routes/metrics.ts'
import { payRoutes } from './routes/pay.ts'
import { payPageRoutes } from './routes/pay-page.ts'
import { paymentMethodRoutes } from './routes/payment-methods.ts'
import { paymentRoutes } from './routes/payments.ts'
import { setupRoutes } from './setup/setup-routes.ts'
import { staffCookie } from './staff-cookie.ts'

export interface AppOptions {
  /** Whether the database answers and has this release's schema. */
  readonly isReady: () => Promise<boolean>
  /** Whether this instance is about to close its ports: whoever keeps a connection is to let go of it. */
  readonly isDraining?: () => boolean
  /** How many proxies before the centre may name the client's address (A32). */
  readonly trustedHops?: number
  /** Whether staff may keep a session in a cookie without TLS: in a demonstration only. */
  readonly plainCookies?: boolean
  /** What the centre shows over TLS of its own; plain HTTP without one. */
  readonly certificate?: Certificate | null
  readonly limits?: Partial<HttpLimits>
  /** What monitoring reads, and who may; absent where nobody does. */
  readonly metrics?: MetricsAccess | null
  /** Routes that only a demonstration has, under `/demo`. */
  readonly demo?: FastifyPluginAsync | null
}

/** How often Node looks for connections past their time; its own 30 s would outlast every limit. */
const TIMEOUT_CHECK_MS = 1_000

/** Whoever came over TLS once comes so for half a year, whatever link they follow. */
const HSTS = { 'strict-transport-security': 'max-age=15552000' } as const

/** For every answer; the payment page replaces the policy by its own (A15, A25). */
const HEADERS = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
} as const

export function buildApp(centre: Centre, options: AppOptions): FastifyInstance {
  const limits = { ...HTTP_LIMITS, ...options.limits }
  const app = fastifyWith(centre, limits, options)
  app.decorateRequest('source', null)
  app.decorateRequest('staff', null)
  app.decorateRequest('bodyHash', null)
  app.setValidatorCompiler(shapeCompiler)
  followRequests(app, centre)
  app.addHook('onRequest', (request, reply, done) => {
    setHeaders(request, reply)
    if (hostsOf(request) > 1) done(new Refusal('broken_request'))
    else done()
  })
  if (options.isDraining) letGoOfClients(app, options.isDraining)
  const { plainCookies: allowsPlain = false } = options
  const cookie = staffCookie({ allowsPlain, publicUrl: centre.publicUrl })
  const live = openLive(centre, limits)
  app.addHook('preClose', async () => live.close())
  installErrorReplies(app, centre)
  installParsers(app, limits)
  // It has to see the routes being added, so it comes before them.
  app.register(swagger, documentOptions())
  app.register(healthRoutes, { isReady: options.isReady, limits, clock: centre.clock })
  if (options.metrics) app.register(metricsRoutes, options.metrics)
  app.register(paymentRoutes, { prefix: '/api/payment/', centre, limits, live })
  app.register(paymentMethodRoutes, { prefix: '/api/payment-methods', centre })
  app.register(authRoutes, { prefix: '/api/auth', centre, cookie })
  app.register(setupRoutes, { prefix: '/api/setup', centre, cookie })
  app.register(adminRoutes, { prefix: '/api/admin', centre, cookie, live })
  app.register(payRoutes, { prefix: '/pay', centre, live })
  app.register(payPageRoutes, { prefix: '/pay' })
  app.register(consoleRoutes, { prefix: '/console', random: centre.random })
  app.register(referenceRoutes, { prefix: '/docs' })
  if (options.demo) app.register(options.demo, { prefix: '/demo' })
  return app
}

function fastifyWith(
  centre: Centre,
  limits: HttpLimits,
  { certificate = null, trustedHops = 0 }: AppOptions,
): FastifyInstance {
  const newRequestId = requestIds(centre.random)
  const waits = {
    headersTimeout: limits.headersMs,
    connectionsCheckingInterval: Math.min(TIMEOUT_CHECK_MS, limits.headersMs),
  }
  const app = Fastify({
    // The centre's log tells what matters; a line for every poll would drown it.
    logger: false,
    genReqId: newRequestId,
    requestIdHeader: false,
    bodyLimit: limits.bodyBytes,
    // By count alone, so only where nothing but those proxies can reach the centre.
    trustProxy: trustedHops > 0 ? (_address, hop) => hop < trustedHops : false,
    connectionTimeout: limits.idleSocketMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.keepAliveMs,
    ...(certificate === null
      ? { http: waits }
      : { https: { ...waits, handshakeTimeout: limits.headersMs, ...certificate.secure } }),
    // While it drains, a client that keeps its connection is served as ever and told to close it.
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => {
      setHeaders(request, reply)
      replyWithError(centre, error, request, reply)
    },
    clientErrorHandler: answerBrokenClient(newRequestId),
  })
  app.server.maxConnections = limits.connections
  // Node would refuse an expectation that it does not know by itself, without a header of ours.
  app.server.on('checkExpectation', (request, response) => {
    app.server.emit('request', request, response)
  })
  return app
}

/** Of two Hosts a proxy may take one and we the other; Node lets both pass and keeps the first (A32). */
function hostsOf({ raw: { rawHeaders } }: FastifyRequest): number {
  return rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host').length
}

function setHeaders(request: FastifyRequest, reply: FastifyReply): void {
  reply.header('x-request-id', request.id).headers(HEADERS)
  if (request.protocol === 'https') reply.headers(HSTS)
}

/** Told with the answer, also of a call that began before the stop: an idle connection would hold it up. */
function letGoOfClients(app: FastifyInstance, isDraining: () => boolean): void {
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (isDraining()) reply.header('connection', 'close')
    done()
  })
}

/** JSON or nothing: any other body is refused, an empty one is no body whatever it is called. */
function installParsers(app: FastifyInstance, limits: HttpLimits): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser<Buffer>(
    'application/json',
    { parseAs: 'buffer' },
    (request, bytes, done) => {
      try {
        refuseEncoded(request.headers['content-encoding'])
        const body = readJson(bytes, limits)
        if (request.headers['idempotency-key'] !== undefined) {
          request.bodyHash = hash('sha256', bytes, 'buffer')
        }
        done(null, body)
      } catch (error) {
        done(error as Error)
      }
    },
  )
  app.addContentTypeParser<Buffer>('*', { parseAs: 'buffer' }, (_request, bytes, done) => {
    if (bytes.length === 0) done(null, undefined)
    else done(new Refusal('wrong_content_type'))
  })
}

/** A few bytes can unpack into gigabytes, and no request here is long enough to gain from it (A20). */
function refuseEncoded(encoding: string | undefined): void {
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw new Refusal('wrong_content_encoding')
  }
}
