// Numbers of requests. They are random and our own: a counter would tell outsiders how busy the
// centre is, and one taken from a client could be made to look like another's.

import type { Random } from '../ports/clock.ts'

const ID_BYTES = 12
const IDS_AT_ONCE = 256

/** Draws chance for many ids at once; a call per request would cost more than the id is worth. */
export function requestIds(random: Random): () => string {
  let pool: Buffer = Buffer.alloc(0)
  let used = 0
  return () => {
    if (used >= pool.length) {
      pool = random.bytes(ID_BYTES * IDS_AT_ONCE)
      used = 0
    }
    const id = pool.toString('hex', used, used + ID_BYTES)
    used += ID_BYTES
    return id
  }
}
