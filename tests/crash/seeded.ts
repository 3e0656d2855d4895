// Chance that one number repeats.

/** In [0, 1). */
export type Seeded = () => number

/** mulberry32: small, and good enough to choose by. */
export function seeded(seed: number): Seeded {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export function newSeed(): number {
  const given = process.env['SEED']
  return given === undefined ? Math.floor(Math.random() * 1_000_000) : Number(given)
}

export function oneOf<Item>(chance: Seeded, items: readonly Item[]): Item {
  const item = items[Math.floor(chance() * items.length)]
  if (item === undefined) throw new RangeError('не из чего выбрать')
  return item
}

export function shuffled<Item>(chance: Seeded, items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, place: chance() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item)
}
