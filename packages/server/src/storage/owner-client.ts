// One connection of the schema's owner for work on the whole database, which takes as long as it takes:
// only waits for locks keep their limit.

import pg from 'pg'
import { OperatorError } from '../ports/operator-error.ts'
import { connection } from './connection.ts'

/** In so many words, for a role may have limits of its own; and rows come in the order in which they lie. */
const SETTINGS = [
  'statement_timeout=0',
  'idle_in_transaction_session_timeout=0',
  'max_parallel_workers_per_gather=0',
  'synchronize_seqscans=off',
]

/** @throws OperatorError when the database does not answer */
export async function withOwner<T>(
  ownerUrl: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    ...connection(ownerUrl, SETTINGS),
    statement_timeout: 0,
    query_timeout: 0,
    idle_in_transaction_session_timeout: 0,
  })
  // A cut connection is told by the statement that it cuts.
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    throw new OperatorError(
      `База данных ${client.host}:${client.port} не принимает соединение: ` +
        `${(error as Error).message}. Проверьте, что она запущена и что адрес верен.`,
      { cause: error },
    )
  }
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}
