// A way to do things wrongly, put around the ports of every instance: what the world has to catch.

import type { Providers } from '../../../packages/server/src/ports/provider.ts'
import type { Storage } from '../../../packages/server/src/ports/storage.ts'

export interface Policy {
  readonly name: string
  /** What would go wrong at a till. */
  readonly harm: string
  readonly storage?: (storage: Storage) => Storage
  readonly providers?: (providers: Providers) => Providers
  /** Rules of the schema that such a centre would have done without. */
  readonly without?: readonly string[]
}
