// A bank's statement against the books. Pure and the same for the same rows in any order: what could be
// paired in two ways is never guessed.

import { HOUR_MS, type Moment } from '../time.ts'

export type MoneyMove = 'sale' | 'refund'

interface Row {
  readonly id: string
  readonly move: MoneyMove
  /** When it happened, both inclusive: a statement may know the minute only, or the day. */
  readonly fromMs: Moment
  readonly toMs: Moment
  readonly tiyn: bigint
  /** Code of the method really used; null when it is not known. */
  readonly method: string | null
  /** What the bank kept of it, or is expected to keep; null when it is not told. */
  readonly feeTiyn: bigint | null
}

/** One operation of a statement. */
export interface BankLine extends Row {
  /** Order number and rrn, as far as they are told. */
  readonly numbers: readonly string[]
  /** As the bank calls the device; null when it is not told. */
  readonly device: string | null
}

/** Money of the books: a capture, or a refund that was done. */
export interface BookEntry extends Row {
  readonly number: string | null
  /** Every name that the bank may call its device by; empty when none is known. */
  readonly devices: readonly string[]
}

export interface Coverage {
  readonly fromMs: Moment
  readonly toMs: Moment
}

export interface MatchRules {
  /** For what times statements were read: outside nothing of the books can be missing there. */
  readonly coverage: readonly Coverage[]
  /** How far the clocks of a terminal and of the bank may be apart. */
  readonly skewMs: number
  /** A fee that differs by no more is rounding. */
  readonly feeToleranceTiyn: bigint
}

export const DIFFERENCES = ['sum', 'product', 'fee'] as const
export type Difference = (typeof DIFFERENCES)[number]

export interface Pair {
  readonly lineId: string
  readonly entryId: string
  readonly differences: readonly Difference[]
}

/** Every line is in exactly one of `pairs`, `ambiguousLines` and `missingHere`. */
export interface Reconciled {
  readonly pairs: readonly Pair[]
  readonly ambiguousLines: ReadonlyMap<string, readonly string[]>
  readonly missingHere: readonly string[]
  /** Ids of entries; one that an ambiguous line may be is not among them. */
  readonly missingThere: readonly string[]
}

/**
 * By number first: where one number is told of several devices, on the same device before on any. Then by
 * sum, minute and device among what no number has paired.
 */
export function reconcile(
  lines: readonly BankLine[],
  entries: readonly BookEntry[],
  rules: MatchRules,
): Reconciled {
  const rounds: Round[] = []
  let rest: Rest = { lines, entries, claimed: new Set() }
  for (const [keysOf, mayBe] of waysOf(rules)) {
    const round = pairUp(rest, keysOf, mayBe)
    rounds.push(round)
    rest = restAfter(rest, round)
  }
  const ambiguousLines = new Map(rounds.flatMap(({ ambiguous }) => [...ambiguous]))
  return {
    pairs: rounds
      .flatMap(({ pairs }) => pairs)
      .map(([line, entry]) => ({
        lineId: line.id,
        entryId: entry.id,
        differences: differencesOf(line, entry, rules.feeToleranceTiyn),
      })),
    ambiguousLines,
    missingHere: rest.lines.map(({ id }) => id),
    missingThere: rest.entries
      .filter((entry) => !rest.claimed.has(entry.id) && isCovered(entry, rules.coverage))
      .map(({ id }) => id),
  }
}

interface Rest {
  readonly lines: readonly BankLine[]
  readonly entries: readonly BookEntry[]
  /** Ids of entries that an ambiguous line may be: pairing one with another line would be a guess. */
  readonly claimed: ReadonlySet<string>
}

interface KeysOf {
  readonly line: (line: BankLine) => readonly string[]
  readonly entry: (entry: BookEntry) => readonly string[]
}

type MayBe = (line: BankLine, entry: BookEntry) => boolean

function waysOf({ skewMs }: MatchRules): readonly (readonly [KeysOf, MayBe])[] {
  const byNumber: KeysOf = {
    line: (line) => [...new Set(line.numbers)].flatMap((number) => numberKey(line, number)),
    entry: (entry) => numberKey(entry, entry.number),
  }
  const bySum: KeysOf = {
    line: (line) => sumKeys(line, skewMs),
    entry: (entry) => sumKeys(entry, 0),
  }
  return [
    [byNumber, isOnSameDevice],
    [byNumber, () => true],
    [bySum, (line, entry) => mayBeSame(line, entry, skewMs)],
  ]
}

/** None for what is no number: two rows without one have nothing in common. */
function numberKey({ move }: Row, number: string | null): string[] {
  return isNumber(number) ? [`${move} ${number}`] : []
}

function isNumber(number: string | null): boolean {
  return number !== null && number !== ''
}

/** Rows of one sum by the hours that they touch, so that a row is compared with its neighbours only. */
function sumKeys({ fromMs, move, tiyn, toMs }: Row, skewMs: number): string[] {
  const first = Math.floor((fromMs - skewMs) / HOUR_MS)
  const last = Math.floor((toMs + skewMs) / HOUR_MS)
  return Array.from({ length: last - first + 1 }, (_, n) => `${move} ${tiyn} ${first + n}`)
}

interface Round {
  readonly pairs: readonly (readonly [BankLine, BookEntry])[]
  /** Line → the entries that it may be. */
  readonly ambiguous: ReadonlyMap<string, readonly string[]>
}

/** A pair is one line and one entry that may be each other and nothing else. */
function pairUp({ claimed, entries, lines }: Rest, keysOf: KeysOf, mayBe: MayBe): Round {
  const known = new Map<string, BookEntry[]>()
  for (const entry of entries) {
    for (const key of keysOf.entry(entry)) {
      const others = known.get(key)
      if (others === undefined) known.set(key, [entry])
      else others.push(entry)
    }
  }
  const candidates: (readonly [BankLine, readonly BookEntry[]])[] = []
  const suitors = new Map<BookEntry, number>()
  for (const line of lines) {
    const found = new Set(keysOf.line(line).flatMap((key) => known.get(key) ?? []))
    const possible = [...found].filter((entry) => mayBe(line, entry))
    if (possible.length > 0) candidates.push([line, possible])
    for (const entry of possible) {
      suitors.set(entry, (suitors.get(entry) ?? (claimed.has(entry.id) ? 1 : 0)) + 1)
    }
  }
  const pairs: [BankLine, BookEntry][] = []
  const ambiguous = new Map<string, readonly string[]>()
  for (const [line, possible] of candidates) {
    const [only, ...others] = possible
    if (only !== undefined && others.length === 0 && suitors.get(only) === 1) {
      pairs.push([line, only])
    } else {
      ambiguous.set(line.id, possible.map(({ id }) => id).sort())
    }
  }
  return { pairs, ambiguous }
}

/** A line that may be several entries is not looked at again. */
function restAfter({ claimed, entries, lines }: Rest, { ambiguous, pairs }: Round): Rest {
  const pairedLines = new Set(pairs.map(([line]) => line))
  const pairedEntries = new Set(pairs.map(([, entry]) => entry))
  return {
    lines: lines.filter((line) => !pairedLines.has(line) && !ambiguous.has(line.id)),
    entries: entries.filter((entry) => !pairedEntries.has(entry)),
    claimed: new Set([...claimed, ...[...ambiguous.values()].flat()]),
  }
}

/** Numbers that are both known and differ are two operations, whatever the minute. */
function mayBeSame(line: BankLine, entry: BookEntry, skewMs: number): boolean {
  if (isNumber(entry.number) && line.numbers.some(isNumber)) return false
  const isApart = line.fromMs > entry.toMs + skewMs || line.toMs < entry.fromMs - skewMs
  return !isApart && isOnSameDevice(line, entry)
}

/** A device that one of the two does not name is no reason against. */
function isOnSameDevice({ device }: BankLine, { devices }: BookEntry): boolean {
  return device === null || devices.length === 0 || devices.includes(device)
}

function differencesOf(line: BankLine, entry: BookEntry, tolerance: bigint): Difference[] {
  const differences: Difference[] = []
  if (line.tiyn !== entry.tiyn) differences.push('sum')
  if (line.method !== null && entry.method !== null && line.method !== entry.method) {
    differences.push('product')
  }
  if (line.feeTiyn !== null && entry.feeTiyn !== null) {
    const over = line.feeTiyn - entry.feeTiyn
    if ((over < 0n ? -over : over) > tolerance) differences.push('fee')
  }
  return differences
}

function isCovered({ fromMs, toMs }: BookEntry, coverage: readonly Coverage[]): boolean {
  return coverage.some((covered) => covered.fromMs <= fromMs && toMs <= covered.toMs)
}
