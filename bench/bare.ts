// The limits of reading: a bare Fastify that answers at once, or with one prepared select of the centre's own columns, and does
// nothing else. A process of its own; says its address.

import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import pg from 'pg'
import { PAYMENT_COLUMNS, STANDING_COLUMNS } from '../packages/server/src/storage/payment-rows.ts'

const pool = new pg.Pool({ connectionString: JSON.parse(process.argv[2] ?? ''), max: 20 })
const app = Fastify()

/** As long as the centre's own answer. */
const STATUS = {
  success: true,
  data: {
    transaction_id: 'trx_01a2b3c4d5e6f708192a3b4c5d6e7f80',
    status: 'pending',
    text: '.'.repeat(520),
  },
}

app.get('/status/:id', async () => STATUS)

for (const [path, columns] of [
  ['standing', STANDING_COLUMNS],
  ['view', PAYMENT_COLUMNS],
] as const) {
  app.get<{ Params: { id: string } }>(`/${path}/:id`, async (request) => {
    const { rows } = await pool.query({
      name: path,
      text: `SELECT ${columns} FROM payments p WHERE p.id = $1`,
      values: [request.params.id],
    })
    return { success: true, data: rows[0] }
  })
}

await app.listen({ host: '127.0.0.1', port: 0 })
const { port } = app.server.address() as AddressInfo
process.on('disconnect', () => process.exit(0))
process.send?.(`http://127.0.0.1:${port}`)
