// A way to do things wrongly, put around the ports of every instance: what the world has to catch.

import type { Providers } from '../../../packages/server/src/ports/provider.ts'
import type { Notices, Storage } from '../../../packages/server/src/ports/storage.ts'

type Ear = Pick<Notices, 'listen' | 'behindMs'>

export interface Policy {
  readonly name: string
  /** What would go wrong at a till. */
  readonly harm: string
  readonly storage?: (storage: Storage) => Storage
  readonly providers?: (providers: Providers) => Providers
  /** How whoever remembers payments hears of their changes. */
  readonly ear?: (ear: Ear) => Ear
  /** Rules of the schema that such a centre would have done without. */
  readonly without?: readonly string[]
}
