// An empty database beside the real one on the same server, for as long as a rehearsal takes. It drops only what
// it has made itself.

import pg from 'pg'
import type { Random } from '../ports/clock.ts'
import { OperatorError } from '../ports/operator-error.ts'
import { withOwner } from './owner-client.ts'

/** `insufficient_privilege` */
const NOT_ALLOWED = '42501'

export interface ScratchDatabase {
  readonly ownerUrl: string
  /** As people know it. */
  readonly place: string
  close(): Promise<void>
}

/** @throws OperatorError when the owner may create none */
export async function createBeside(ownerUrl: string, random: Random): Promise<ScratchDatabase> {
  const name = `byfly_rehearsal_${random.bytes(5).toString('hex')}`
  const quoted = pg.escapeIdentifier(name)
  await withOwner(ownerUrl, async (client) => {
    try {
      await client.query(`CREATE DATABASE ${quoted}`)
    } catch (error) {
      if ((error as pg.DatabaseError).code !== NOT_ALLOWED) throw error
      throw new OperatorError(
        'Владелец базы не может создать рядом ещё одну: назовите пустую базу в --scratch',
        { cause: error },
      )
    }
  })
  const beside = new URL(ownerUrl)
  beside.pathname = `/${name}`
  return {
    ownerUrl: beside.href,
    place: `база ${name}`,
    close: () =>
      withOwner(ownerUrl, async (client) => {
        await client.query(`DROP DATABASE IF EXISTS ${quoted} WITH (FORCE)`)
      }),
  }
}
