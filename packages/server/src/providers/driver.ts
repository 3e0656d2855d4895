// What every driver of the list is: the port, and a way to let go of what it keeps.

import type { Provider } from '../ports/provider.ts'

/** The provider together with the connections it keeps. */
export interface Driver extends Provider {
  close(): Promise<void>
}
