// What changed, with where it belongs: what the console's streams are fed by.

import type { Change } from '@byfly-pay/core'

/** As notices name them. */
export interface Changed {
  readonly payments: readonly string[]
  readonly terminals: readonly string[]
  readonly tasks: readonly string[]
  readonly alerts: readonly string[]
}

export interface ChangeStore {
  /**
   * Where each belongs now, by kinds, and each kind in the order that it came to be in; what is not there any more is
   * left out. With a payment comes its terminal, which is busy or free again.
   */
  placesOf(changed: Changed): Promise<Change[]>
  /**
   * Payments that are younger than some seconds, the newest first, and their versions: a new one has no notice,
   * for making payments is the busiest thing that the centre does.
   */
  youngest(limit: number): Promise<ReadonlyMap<string, number>>
}
