// The instance that is fuzzed, in a process of its own: what it remembers is measured after its garbage is gone.
// Run with --expose-gc; answers each message with its memory.

import '../support/centre-process.ts'

// The channel to the run would keep it alive.
process.on('SIGTERM', () => process.disconnect())

process.on('message', () => {
  globalThis.gc?.()
  const { heapUsed, rss } = process.memoryUsage()
  process.send?.({ heapBytes: heapUsed, rssBytes: rss })
})
