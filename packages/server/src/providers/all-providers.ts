// The one list of drivers. A new way to take money is a folder here and a line below; when another file
// has to change for it, the port is wrong.

import type { Providers } from '../ports/provider.ts'
import type { Driver } from './driver.ts'
import { createKaspiQrApi, type KaspiQrApiParts } from './kaspi-qr-api/driver.ts'
import { createKaspiSmartPos, type KaspiSmartPosParts } from './kaspi-smart-pos/driver.ts'

export type ProviderParts = KaspiSmartPosParts & KaspiQrApiParts

/** The drivers together with the connections they keep. */
export interface OpenProviders extends Providers {
  /** Gives up the connections that drivers keep; calls under way end without an answer. */
  close(): Promise<void>
}

const DRIVERS: readonly ((parts: ProviderParts) => Driver)[] = [
  createKaspiSmartPos,
  createKaspiQrApi,
]

export function openProviders(parts: ProviderParts): OpenProviders {
  const drivers = DRIVERS.map((create) => create(parts))
  return {
    of: (system, way) =>
      drivers.find((driver) => driver.system === system && driver.way === way) ?? null,
    async close() {
      await Promise.all(drivers.map((driver) => driver.close()))
    },
  }
}
