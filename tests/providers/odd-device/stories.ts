// Stories drawn by chance: payments that come to money, to none, to nobody knows, and to accidents on
// the way.

import fc from 'fast-check'
import {
  ACCIDENTS,
  FAILURES,
  type NamedProduct,
  type Sale,
  type StartWord,
  type Story,
  WAIT_SUB_STATUSES,
  type Word,
} from './story.ts'

const digits = (min: number, max: number) =>
  fc
    .tuple(fc.constantFrom(...'123456789'), fc.stringMatching(new RegExp(`^\\d{${min},${max}}$`)))
    .map(([first, rest]) => `${first}${rest}`)

/** The page's example has 13 digits; 19 are more than a float can hold. */
const processIds = fc.oneof(digits(12, 12), digits(18, 18))
const orderNumbers = fc.oneof(digits(9, 9), digits(15, 18))
/** Twelve digits, often with zeros before them. */
const rrns = fc.oneof(
  digits(11, 11),
  digits(5, 5).map((tail) => tail.padStart(12, '0')),
)

export const sums = fc.oneof(
  fc.constantFrom(505, 1, 999, 1_000, 10_100, 999_999, 1_000_000),
  fc.integer({ min: 1, max: 100_000_000 }),
)

const products: fc.Arbitrary<NamedProduct | null> = fc.oneof(
  fc.constantFrom<NamedProduct | null>({ kind: 'gold' }, { kind: 'red' }, null),
  fc
    .constantFrom(12, 24, 3, 6, 0)
    .map((termMonths): NamedProduct => ({ kind: 'loan', termMonths })),
  fc
    .constantFrom('Platinum', 'Золото', 'Kaspi Red', 'Loan12', 'toString', 'Бонусы')
    .map((word): NamedProduct => ({ kind: 'other', word })),
)

const less = fc.oneof(
  { withCrossShrink: true },
  { weight: 5, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 1_000 }) },
)

function sales(askedTenge: number): fc.Arbitrary<Sale> {
  const tenge = less.map((by) => Math.max(askedTenge - by, 1))
  return fc.oneof(
    fc.record({
      method: fc.constantFrom('qr', 'alaqan'),
      tenge,
      transactionId: orderNumbers,
      product: products,
    }),
    fc.record({
      method: fc.constant('card'),
      tenge,
      transactionId: rrns,
      product: fc.constant(null),
    }),
  )
}

/** Codes other than these say something else about a status question. */
const passingErrors = fc.constantFrom(100, 102, 103, 104, 105, 106, 107, 108, 999, 1, 500, -1)

const onTheWay: fc.Arbitrary<Word> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .constantFrom(...WAIT_SUB_STATUSES)
      .map((subStatus): Word => ({ kind: 'wait', subStatus })),
  },
  { weight: 1, arbitrary: passingErrors.map((code): Word => ({ kind: 'error', code })) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(...ACCIDENTS)
      .map((accident): Word => ({ kind: 'accident', accident })),
  },
)

type WeightedWords = { weight: number; arbitrary: fc.Arbitrary<Word[]> }

function endings(askedTenge: number): fc.Arbitrary<Word[]> {
  const paid = sales(askedTenge).map((sale): Word => ({ kind: 'paid', sale }))
  const failed = fc.constantFrom(...FAILURES).map((how): Word => ({ kind: 'failed', how }))
  const unknown: Word = { kind: 'unknown' }
  return fc.oneof<WeightedWords[]>(
    { weight: 6, arbitrary: paid.map((word) => [word]) },
    { weight: 2, arbitrary: failed.map((word) => [word]) },
    { weight: 1, arbitrary: fc.constant([unknown, unknown]) },
    { weight: 2, arbitrary: fc.oneof(paid, failed).map((word) => [unknown, word]) },
    { weight: 1, arbitrary: fc.constant<Word[]>([{ kind: 'error', code: 101 }]) },
  )
}

const starts: fc.Arbitrary<StartWord> = fc.oneof(
  { weight: 12, arbitrary: fc.constant<StartWord>({ kind: 'accepted' }) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(100, 101, 102, 103, 104, 105, 106, 107, 108, 999, 1, -1)
      .map((code): StartWord => ({ kind: 'error', code })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(...ACCIDENTS)
      .map((accident): StartWord => ({ kind: 'accident', accident })),
  },
)

/** `tenge` is what is asked for. */
export const payments: fc.Arbitrary<{ tenge: number; story: Story }> = sums.chain((tenge) =>
  fc.record({
    tenge: fc.constant(tenge),
    story: fc.record({
      processId: processIds,
      start: starts,
      words: fc
        .tuple(fc.array(onTheWay, { maxLength: 4 }), endings(tenge))
        .map(([before, after]) => [...before, ...after]),
    }),
  }),
)
