// Which answers a page of any origin may read: those of the token's own calls, without credentials,
// so that a browser never adds anything by itself (T10).

import type { FastifyCorsOptions } from '@fastify/cors'

const PREFLIGHT_SECONDS = 600

export const OPEN_WITHOUT_CREDENTIALS: FastifyCorsOptions = {
  origin: '*',
  credentials: false,
  methods: ['GET', 'POST'],
  allowedHeaders: ['Content-Type', 'X-API-Token', 'Idempotency-Key', 'Last-Event-ID'],
  exposedHeaders: ['X-Request-Id', 'Retry-After', 'Idempotent-Replayed'],
  maxAge: PREFLIGHT_SECONDS,
  strictPreflight: false,
}
