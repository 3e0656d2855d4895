// Scalar's browser bundle, packed. Its package carries the bundle as a string of five megabytes inside a
// module, so a thread of its own loads the module, packs the string and ends: the centre neither
// stops for it nor keeps it.

import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

let packed: Promise<Buffer> | null = null

/** Gzipped. Made when first asked for; a failure is tried again by the next one who asks. */
export function packedScalar(): Promise<Buffer> {
  packed ??= pack().catch((error: unknown) => {
    packed = null
    throw error
  })
  return packed
}

async function pack(): Promise<Buffer> {
  const worker = new Worker(new URL('scalar-worker.ts', import.meta.url))
  const [bytes]: [Uint8Array] = (await once(worker, 'message')) as [Uint8Array]
  return Buffer.from(bytes)
}
