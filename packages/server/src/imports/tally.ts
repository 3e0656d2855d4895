// Counts and sums of an import, there and here, by source and status. It only adds up; whether an import is
// whole is whether both sides are equal.

import type { PaymentStatus } from '@byfly-pay/core'
import type { BroughtTotal } from '../ports/import-store.ts'

export interface Sums {
  readonly payments: bigint
  readonly originalTiyn: bigint
  readonly paidTiyn: bigint
}

/** Where a row belongs; what cannot be read of it is null. */
export interface Place {
  readonly sourceId: number | null
  readonly status: PaymentStatus | null
}

export interface TallyGroup extends Place {
  readonly there: Sums
  readonly here: Sums
}

export const NOTHING: Sums = { payments: 0n, originalTiyn: 0n, paidTiyn: 0n }

export class Tally {
  readonly #there = new Map<string, Place & Sums>()
  readonly #refused = new Map<string, Sums>()
  readonly #leftOut = new Map<string, number>()
  rows = 0
  left = 0
  brought = 0
  alreadyHere = 0

  readThere(place: Place, sums: Omit<Sums, 'payments'>): void {
    const key = keyOf(place)
    const known = this.#there.get(key) ?? { ...place, ...NOTHING }
    this.#there.set(key, { ...known, ...plus(known, { ...sums, payments: 1n }) })
  }

  refuse(code: string, sums: Omit<Sums, 'payments'>): void {
    const known = this.#refused.get(code) ?? NOTHING
    this.#refused.set(code, plus(known, { ...sums, payments: 1n }))
  }

  leaveOut(field: string): void {
    this.#leftOut.set(field, (this.#leftOut.get(field) ?? 0) + 1)
  }

  get refused(): ReadonlyMap<string, Sums> {
    return this.#refused
  }

  get leftOut(): ReadonlyMap<string, number> {
    return this.#leftOut
  }

  /** Both sides beside each other, in the order of sources and statuses. */
  against(here: readonly BroughtTotal[]): TallyGroup[] {
    const groups = new Map<string, TallyGroup>()
    for (const { sourceId, status, ...there } of this.#there.values()) {
      const place = { sourceId, status }
      groups.set(keyOf(place), { ...place, there, here: NOTHING })
    }
    for (const { sourceId, status, ...sums } of here) {
      const place = { sourceId, status }
      const there = groups.get(keyOf(place))?.there ?? NOTHING
      groups.set(keyOf(place), { ...place, there, here: sums })
    }
    return [...groups.values()].toSorted(
      (a, b) =>
        (a.sourceId ?? 0) - (b.sourceId ?? 0) || (a.status ?? '').localeCompare(b.status ?? ''),
    )
  }
}

export function isSame(a: Sums, b: Sums): boolean {
  return a.payments === b.payments && a.originalTiyn === b.originalTiyn && a.paidTiyn === b.paidTiyn
}

function plus(a: Sums, b: Sums): Sums {
  return {
    payments: a.payments + b.payments,
    originalTiyn: a.originalTiyn + b.originalTiyn,
    paidTiyn: a.paidTiyn + b.paidTiyn,
  }
}

function keyOf({ sourceId, status }: Place): string {
  return `${sourceId} ${status}`
}
