// Queries that depend on what is asked: lists with their filters. Kysely only words them; they run on a
// session like every other statement, so a transaction holds for them too.

import { hash } from 'node:crypto'
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
} from 'kysely'
import type { Session } from './session.ts'
import type { Tables } from './tables.ts'

export const query = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

/** What a builder comes to: the text with its parameters, and the type of its rows. */
interface Worded<Row> {
  compile(): {
    readonly sql: string
    readonly parameters: readonly unknown[]
    readonly query: object
  }
  /** Never called: it carries the type. */
  execute(): Promise<Row[]>
}

export function rowsOf<Row>(session: Session, worded: Worded<Row>): Promise<Row[]> {
  const { sql, parameters } = worded.compile()
  return session.rows<Row>({ name: null, text: sql }, parameters)
}

/**
 * For what the builder has no words for; values are parameters here too. What is `kept` is planned once for
 * each connection: only for texts of which there are few, and whose plan does not depend on the values.
 */
export function rowsOfSql<Row>(
  session: Session,
  text: RawBuilder<unknown>,
  kept?: 'kept',
): Promise<Row[]> {
  const { sql, parameters } = text.compile(query)
  const name = kept === undefined ? null : `kept_${hash('sha256', sql, 'hex').slice(0, 24)}`
  return session.rows<Row>({ name, text: sql }, parameters)
}
