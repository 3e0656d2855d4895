// Named leases for work that is done once among all instances, by the database's clock.

import type { LeaseStore } from '../ports/pool-store.ts'
import type { Session, Statement } from './session.ts'

/** Taken when it is free, ran out, or is the asker's own. */
const ACQUIRE: Statement = {
  name: 'lease_acquire',
  text: `
    INSERT INTO leases (name, owner, until)
    VALUES ($1, $2, centre_now() + $3::integer * interval '1 millisecond')
    ON CONFLICT (name) DO UPDATE SET owner = EXCLUDED.owner, until = EXCLUDED.until
    WHERE leases.owner = EXCLUDED.owner OR leases.until <= centre_now()
    RETURNING name`,
}

const RELEASE: Statement = {
  name: 'lease_release',
  text: 'DELETE FROM leases WHERE name = $1 AND owner = $2',
}

const NOW: Statement = { name: 'centre_now', text: 'SELECT centre_now() AS now' }

export function leaseStore(session: Session): LeaseStore {
  return {
    async acquire(name, owner, forMs) {
      return (await session.rows(ACQUIRE, [name, owner, forMs])).length > 0
    },
    async release(name, owner) {
      await session.rows(RELEASE, [name, owner])
    },
    async now() {
      const [row] = await session.rows<{ now: number }>(NOW, [])
      if (row === undefined) throw new Error('База данных не назвала времени')
      return row.now
    },
  }
}
