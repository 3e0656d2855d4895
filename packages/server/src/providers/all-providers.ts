// The one list of drivers. A new payment system is a folder here and a line below; when another file
// has to change for it, the port is wrong.

import type { Providers } from '../ports/provider.ts'
import {
  createKaspiSmartPos,
  type Driver,
  type KaspiSmartPosParts,
} from './kaspi-smart-pos/driver.ts'

export type ProviderParts = KaspiSmartPosParts

/** The drivers together with the connections they keep. */
export interface OpenProviders extends Providers {
  readonly systems: readonly string[]
  /** Gives up the connections that drivers keep; calls under way end without an answer. */
  close(): Promise<void>
}

const DRIVERS: readonly ((parts: ProviderParts) => Driver)[] = [createKaspiSmartPos]

export function openProviders(parts: ProviderParts): OpenProviders {
  const drivers = new Map(
    DRIVERS.map((create) => create(parts)).map((driver) => [driver.system, driver]),
  )
  return {
    of: (system) => drivers.get(system) ?? null,
    systems: [...drivers.keys()],
    async close() {
      await Promise.all([...drivers.values()].map((driver) => driver.close()))
    },
  }
}
