// R, I4: a statement against the books, beside a second and slower way to work it out.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type BankLine, type BookEntry, type MatchRules, reconcile } from './match.ts'

const RULES: MatchRules = {
  coverage: [{ fromMs: 0, toMs: 10 * 3_600_000 }],
  skewMs: 120_000,
  feeToleranceTiyn: 100n,
}

function line(id: string, more: Partial<BankLine> = {}): BankLine {
  const at = { fromMs: 600_000, toMs: 600_999 }
  const rest = { method: null, feeTiyn: null, numbers: [], device: null }
  return { id, move: 'sale', ...at, tiyn: 1_000n, ...rest, ...more }
}

function entry(id: string, more: Partial<BookEntry> = {}): BookEntry {
  const at = { fromMs: 590_000, toMs: 610_000 }
  const rest = { method: null, feeTiyn: null, number: null, devices: [] }
  return { id, move: 'sale', ...at, tiyn: 1_000n, ...rest, ...more }
}

test('a number pairs whatever the minute; sum, product and fee that differ are named', () => {
  const { pairs } = reconcile(
    [line('l', { numbers: ['x', '77'], tiyn: 900n, method: 'kaspi_red', feeTiyn: 250n })],
    [entry('e', { number: '77', fromMs: 9e6, toMs: 9e6, method: 'kaspi_gold', feeTiyn: 100n })],
    RULES,
  )
  assert.deepEqual(pairs, [{ lineId: 'l', entryId: 'e', differences: ['sum', 'product', 'fee'] }])
})

test('the same number on two devices is told apart by the device, and never guessed without it', () => {
  const entries = [
    entry('a', { number: '7', devices: ['A'] }),
    entry('b', { number: '7', devices: ['B'] }),
  ]
  const told = reconcile([line('l', { numbers: ['7'], device: 'B' })], entries, RULES)
  assert.deepEqual(told.pairs, [{ lineId: 'l', entryId: 'b', differences: [] }])
  assert.deepEqual(told.missingThere, ['a'])
  const untold = reconcile([line('l', { numbers: ['7'] })], entries, RULES)
  assert.deepEqual(untold.pairs, [])
  assert.deepEqual([...untold.ambiguousLines], [['l', ['a', 'b']]])
  assert.deepEqual([untold.missingHere, untold.missingThere], [[], []])
})

test('without numbers: sum and minute on one device, only when nothing else fits', () => {
  const paired = reconcile([line('l', { device: 'A' })], [entry('e', { devices: ['A'] })], RULES)
  assert.equal(paired.pairs.length, 1)
  const other = reconcile([line('l', { device: 'B' })], [entry('e', { devices: ['A'] })], RULES)
  assert.deepEqual([other.missingHere, other.missingThere], [['l'], ['e']])
  const twins = reconcile([line('l'), line('m')], [entry('e'), entry('f')], RULES)
  assert.deepEqual([twins.pairs, twins.ambiguousLines.size], [[], 2])
})

test('an entry that an ambiguous line may be is nobody else’s', () => {
  const entries = [entry('a', { number: '7' }), entry('b', { number: '7', fromMs: 8e6, toMs: 8e6 })]
  const { ambiguousLines, pairs } = reconcile(
    [line('l', { numbers: ['7'] }), line('m')],
    entries,
    RULES,
  )
  assert.deepEqual(pairs, [])
  assert.deepEqual([...ambiguousLines.keys()], ['l', 'm'])
})

test('what no statement covers is not missing there; a refund is no sale', () => {
  const far = entry('e', { fromMs: 9e9, toMs: 9e9 })
  assert.deepEqual(reconcile([], [far], RULES).missingThere, [])
  const refund = reconcile([line('l', { move: 'refund' })], [entry('e')], RULES)
  assert.deepEqual([refund.missingHere, refund.missingThere], [['l'], ['e']])
})

test('what is not told does not differ; a fee may be off by its tolerance, either way', () => {
  const differences = (l: Partial<BankLine>, e: Partial<BookEntry>) =>
    reconcile([line('l', { numbers: ['7'], ...l })], [entry('e', { number: '7', ...e })], RULES)
      .pairs[0]?.differences
  assert.deepEqual(differences({ method: 'kaspi_red' }, { method: 'kaspi_gold' }), ['product'])
  assert.deepEqual(differences({ method: 'kaspi_red' }, { method: 'kaspi_red' }), [])
  assert.deepEqual(differences({ method: 'kaspi_red' }, {}), [])
  assert.deepEqual(differences({}, { method: 'kaspi_red' }), [])
  for (const [there, here, told] of [
    [200n, 100n, []],
    [201n, 100n, ['fee']],
    [100n, 200n, []],
    [100n, 201n, ['fee']],
    [900n, null, []],
    [null, 900n, []],
  ] as const) {
    assert.deepEqual(differences({ feeTiyn: there }, { feeTiyn: here }), told)
  }
})

test('clocks may be apart by so much and no more, over the hour too', () => {
  const paired = (at: number, more: Partial<BookEntry>) =>
    reconcile([line('l', { fromMs: at, toMs: at })], [entry('e', more)], RULES).pairs.length
  const hour = { fromMs: 3_600_000, toMs: 3_600_000 }
  assert.equal(paired(3_600_000 - RULES.skewMs, hour), 1)
  assert.equal(paired(3_600_000 - RULES.skewMs - 1, hour), 0)
  assert.equal(paired(3_600_000 + RULES.skewMs, hour), 1)
  assert.equal(paired(3_600_000 + RULES.skewMs + 1, hour), 0)
  const before = { fromMs: 3_599_999, toMs: 3_599_999 }
  assert.equal(paired(3_600_000, before), 1)
  assert.equal(
    paired(5_400_000, { fromMs: 0, toMs: 10_800_000 }),
    1,
    'a line within an hour of three',
  )
})

test('a refund pairs with a refund, by number and by sum; a number told twice is told once', () => {
  const refund = { move: 'refund' } as const
  const byNumber = reconcile(
    [line('l', { ...refund, numbers: ['7', '7'] })],
    [entry('e', { ...refund, number: '7' })],
    RULES,
  )
  assert.equal(byNumber.pairs.length, 1)
  const sale = reconcile(
    [line('l', { numbers: ['7'] })],
    [entry('e', { ...refund, number: '7' })],
    RULES,
  )
  assert.deepEqual([sale.pairs, sale.missingHere, sale.missingThere], [[], ['l'], ['e']])
  assert.equal(reconcile([line('l', refund)], [entry('e', refund)], RULES).pairs.length, 1)
})

test('an entry is missing there only when one statement covers it whole, to the millisecond', () => {
  const missing = (fromMs: number, toMs: number) =>
    reconcile([], [entry('e', { fromMs, toMs })], {
      ...RULES,
      coverage: [
        { fromMs: 10, toMs: 20 },
        { fromMs: 21, toMs: 30 },
      ],
    }).missingThere.length
  assert.deepEqual(
    [missing(10, 20), missing(9, 20), missing(10, 21), missing(21, 30), missing(15, 25)],
    [1, 0, 0, 1, 0],
  )
})

const small = fc.integer({ min: 0, max: 3 })
const numbers = fc.option(small.map(String), { nil: null })
const device = fc.option(fc.constantFrom('A', 'B'), { nil: null })
const drawn = fc.record({ at: fc.integer({ min: 0, max: 6 }), sum: small, number: numbers, device })
type Drawn = Readonly<{ at: number; sum: number; number: string | null; device: string | null }>

function lineOf({ at, device: told, number, sum }: Drawn, n: number): BankLine {
  const fromMs = at * 60_000
  return line(`l${n}`, {
    fromMs,
    toMs: fromMs + 999,
    tiyn: BigInt(sum + 1),
    numbers: number === null ? [] : [number],
    device: told,
  })
}

function entryOf({ at, device: told, number, sum }: Drawn, n: number): BookEntry {
  const fromMs = at * 60_000
  const devices = told === null ? [] : [told]
  return entry(`e${n}`, { fromMs, toMs: fromMs + 30_000, tiyn: BigInt(sum + 1), number, devices })
}

/** The rule as it is said, with no index and no rounds kept: every line with every entry. */
function slowPairs(lines: readonly BankLine[], entries: readonly BookEntry[]): Map<string, string> {
  const device = (l: BankLine, e: BookEntry) =>
    l.device === null || e.devices.length === 0 || e.devices.includes(l.device)
  const named = (l: BankLine, e: BookEntry) => e.number !== null && l.numbers.includes(e.number)
  const ways = [
    (l: BankLine, e: BookEntry) => named(l, e) && device(l, e),
    named,
    (l: BankLine, e: BookEntry) =>
      !(e.number !== null && l.numbers.length > 0) &&
      l.tiyn === e.tiyn &&
      l.fromMs <= e.toMs + RULES.skewMs &&
      l.toMs >= e.fromMs - RULES.skewMs &&
      device(l, e),
  ]
  const found = new Map<string, string>()
  const doubtful = new Set<string>()
  const claimed = new Set<string>()
  for (const way of ways) {
    const free = lines.filter(({ id }) => !found.has(id) && !doubtful.has(id))
    const left = entries.filter(({ id }) => ![...found.values()].includes(id))
    const before = new Set(claimed)
    for (const l of free) {
      const fits = left.filter((e) => way(l, e))
      const [e] = fits
      if (e === undefined) continue
      const isOnly = fits.length === 1 && free.filter((other) => way(other, e)).length === 1
      if (isOnly && !before.has(e.id)) found.set(l.id, e.id)
      else {
        doubtful.add(l.id)
        for (const { id } of fits) claimed.add(id)
      }
    }
  }
  return found
}

test('it is what the rule says, for rows in any order', () => {
  fc.assert(
    fc.property(
      fc.array(drawn, { maxLength: 8 }),
      fc.array(drawn, { maxLength: 8 }),
      (left, right) => {
        const lines = left.map(lineOf)
        const entries = right.map(entryOf)
        const told = reconcile(lines, entries, RULES)
        const pairs = new Map(told.pairs.map(({ lineId, entryId }) => [lineId, entryId]))
        assert.deepEqual([...pairs].sort(), [...slowPairs(lines, entries)].sort())
        assert.equal(new Set(pairs.values()).size, pairs.size)
        const classes = [...pairs.keys(), ...told.ambiguousLines.keys(), ...told.missingHere]
        assert.deepEqual(classes.sort(), lines.map(({ id }) => id).sort())
        const again = reconcile(lines.toReversed(), entries.toReversed(), RULES)
        assert.deepEqual(sorted(again), sorted(told))
      },
    ),
    { numRuns: 2_000 },
  )
})

function sorted({
  ambiguousLines,
  missingHere,
  missingThere,
  pairs,
}: ReturnType<typeof reconcile>) {
  return {
    pairs: pairs.map((pair) => JSON.stringify(pair)).sort(),
    ambiguous: [...ambiguousLines].map((one) => JSON.stringify(one)).sort(),
    missingHere: [...missingHere].sort(),
    missingThere: [...missingThere].sort(),
  }
}

test('what stands where a number is missing is no number: it pairs nothing and keeps nothing apart', () => {
  const far = { fromMs: 9e6, toMs: 9e6 }
  for (const nothing of ['', 'null']) {
    for (const number of [null, '']) {
      const apart = reconcile(
        [line('l', { numbers: [nothing] })],
        [entry('e', { number, ...far })],
        RULES,
      )
      assert.deepEqual(apart.pairs, [], `${nothing} and ${number}`)
    }
  }
  const unnumbered = reconcile(
    [line('l', { numbers: [''] })],
    [entry('e', { number: '77' })],
    RULES,
  )
  assert.equal(unnumbered.pairs.length, 1, 'by sum and minute')
  const kept = reconcile([line('l', { numbers: ['7'] })], [entry('e', { number: '' })], RULES)
  assert.equal(kept.pairs.length, 1, 'by sum and minute')
})
