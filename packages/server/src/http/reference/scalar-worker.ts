// The thread of scalar-bundle.ts. The package gives its bundle to nobody but a Fastify it is registered
// on, so it gets one that never listens.

import { parentPort } from 'node:worker_threads'
import { gzipSync } from 'node:zlib'
import scalar from '@scalar/fastify-api-reference'
import Fastify from 'fastify'

const app = Fastify()
await app.register(scalar, { routePrefix: '/docs', configuration: { url: '/openapi.json' } })
const { rawPayload } = await app.inject('/docs/js/scalar.js')
await app.close()
parentPort?.postMessage(gzipSync(rawPayload, { level: 9 }))
