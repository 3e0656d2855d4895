// The limit for waiting clients: a bare Fastify that answers each once and keeps its connection. A process of its own for
// bench/live.ts; says where it listens, and how much memory it takes when asked. Needs `--expose-gc`.

import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import { memoryOfProcess } from './memory.ts'

const KEEP_ALIVE_MS = 600_000

const app = Fastify({ keepAliveTimeout: KEEP_ALIVE_MS })
app.get('/*', async () => ({ success: true, data: { transaction_id: 'trx_1' } }))
await app.listen({ host: '127.0.0.1', port: 0 })
const { port } = app.server.address() as AddressInfo

process.on('message', async () => process.send?.(await memoryOfProcess()))
process.on('disconnect', () => process.exit(0))
process.send?.(`http://127.0.0.1:${port}`)
