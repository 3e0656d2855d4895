// Scalar's browser bundle, packed. Its package carries the bundle as a string of five megabytes inside a
// module, so a thread of its own loads the module, packs the string and ends: the centre neither
// stops for it nor keeps it.

import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

/** It takes about half a second. */
const PACK_LIMIT_MS = 30_000

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
  try {
    const signal = AbortSignal.timeout(PACK_LIMIT_MS)
    const [bytes] = (await once(worker, 'message', { signal })) as [Uint8Array]
    return Buffer.from(bytes)
  } finally {
    await worker.terminate()
  }
}
