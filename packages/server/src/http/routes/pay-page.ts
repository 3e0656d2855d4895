// The customer's page itself and its two files, read once at the start. All it shows it asks of the
// calls in pay.ts; nothing of a payment is written into the HTML here (A15).

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'

interface Asset {
  readonly path: string
  readonly type: string
  readonly body: Buffer
}

/** Own files only, no inline script or style, nobody's frame (A15, A25). */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

function asset(path: string, file: string, type: string): Asset {
  const url = import.meta.resolve(`@byfly-pay/web/checkout/${file}`)
  return { path, type: `${type}; charset=utf-8`, body: readFileSync(fileURLToPath(url)) }
}

export async function payPageRoutes(app: FastifyInstance): Promise<void> {
  const page = asset('/:id', 'index.html', 'text/html')
  const files = [
    asset('/assets/checkout.js', 'checkout.js', 'text/javascript'),
    asset('/assets/checkout.css', 'checkout.css', 'text/css'),
  ]
  app.get(page.path, (_request, reply) =>
    reply.header('content-security-policy', PAGE_POLICY).type(page.type).send(page.body),
  )
  for (const { path, type, body } of files) {
    // Short, so that a new release is seen by those who have the page open.
    app.get(path, (_request, reply) =>
      reply.header('cache-control', 'public, max-age=300').type(type).send(body),
    )
  }
}
