// The limit for reading a status: a bare Fastify with the centre's own prepared select of the same row,
// and nothing else. A process of its own; prints its address.

import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import pg from 'pg'
import { STANDING_COLUMNS } from '../packages/server/src/storage/payment-rows.ts'

const pool = new pg.Pool({ connectionString: process.argv[2], max: 20 })
const app = Fastify()

app.get<{ Params: { id: string } }>('/:id', async (request) => {
  const { rows } = await pool.query({
    name: 'status',
    text: `SELECT ${STANDING_COLUMNS} FROM payments p WHERE p.id = $1`,
    values: [request.params.id],
  })
  return { success: true, data: rows[0] }
})

await app.listen({ host: '127.0.0.1', port: 0 })
const { port } = app.server.address() as AddressInfo
process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`)
process.on('SIGTERM', () => process.exit(0))
