// `/docs`: the interactive reference and the document it shows, all of it from this centre. Nothing here
// may ask another origin for anything, and nothing is worked out before somebody looks.

import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { pagePolicy } from '../page-policy.ts'
import { packedScalar } from './scalar-bundle.ts'

/** Scalar sets styles on its elements, which neither a hash nor a nonce can allow; its few icons are data. */
const PAGE_POLICY = pagePolicy("'unsafe-inline'")

const JAVASCRIPT = 'text/javascript; charset=utf-8'

export async function referenceRoutes(app: FastifyInstance): Promise<void> {
  const page = pageFile('index.html')
  app.get('/', (request, reply) => {
    reply.header('content-security-policy', PAGE_POLICY)
    return sendFile(request, reply, 'text/html; charset=utf-8', page)
  })
  const script = pageFile('reference.js')
  app.get('/assets/reference.js', (request, reply) => sendFile(request, reply, JAVASCRIPT, script))
  const style = pageFile('reference.css')
  app.get('/assets/reference.css', (request, reply) =>
    sendFile(request, reply, 'text/css; charset=utf-8', style),
  )
  let scalar: File | null = null
  app.get('/assets/scalar.js', async (request, reply) => {
    scalar ??= file(await packedScalar())
    return sendPacked(request, reply, JAVASCRIPT, scalar)
  })
  const json = once(() => file(JSON.stringify(app.swagger(), null, 2)))
  app.get('/openapi.json', (request, reply) =>
    sendFile(request, reply, 'application/json; charset=utf-8', json()),
  )
  const yaml = once(() => file(app.swagger({ yaml: true })))
  app.get('/openapi.yaml', (request, reply) =>
    sendFile(request, reply, 'application/yaml; charset=utf-8', yaml()),
  )
}

interface File {
  readonly bytes: Buffer
  readonly etag: string
}

function file(content: string | Buffer): File {
  const bytes = Buffer.from(content)
  return { bytes, etag: `"${hash('sha256', bytes, 'base64url').slice(0, 22)}"` }
}

function pageFile(name: string): File {
  return file(readFileSync(new URL(`page/${name}`, import.meta.url)))
}

function once<T extends object>(make: () => T): () => T {
  let made: T | null = null
  return () => {
    made ??= make()
    return made
  }
}

/** Kept by the browser, and asked for again by its tag each time, so that a new release shows at once. */
function isKnown(request: FastifyRequest, reply: FastifyReply, etag: string): boolean {
  reply.header('cache-control', 'no-cache').header('etag', etag)
  return request.headers['if-none-match'] === etag
}

function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  type: string,
  { bytes, etag }: File,
): FastifyReply {
  if (isKnown(request, reply, etag)) return reply.code(304).send()
  return reply.type(type).send(bytes)
}

function sendPacked(
  request: FastifyRequest,
  reply: FastifyReply,
  type: string,
  { bytes, etag }: File,
): FastifyReply {
  reply.header('vary', 'accept-encoding')
  if (isKnown(request, reply, etag)) return reply.code(304).send()
  if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) {
    return reply.type(type).send(gunzipSync(bytes))
  }
  return reply.header('content-encoding', 'gzip').type(type).send(bytes)
}
