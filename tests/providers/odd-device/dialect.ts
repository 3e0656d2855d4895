// A device's dialect: of each kind of oddity one or none, drawn independently. It must never change
// what a story says, only how it is said.

import fc from 'fast-check'
import type { Oddity } from './oddity.ts'
import { SUM_ODDITIES, UNREADABLE_SUM_ODDITIES } from './sum-oddities.ts'
import {
  CHEQUE_ODDITIES,
  EXTRA_ODDITIES,
  LOAN_TERM_ODDITIES,
  LOAN_WORD_ODDITIES,
  MESSAGE_ODDITIES,
  ORDER_ODDITIES,
  PROCESS_ID_ODDITIES,
  PRODUCT_ODDITIES,
  STATUS_CODE_ODDITIES,
  SUB_STATUS_ODDITIES,
  TOP_AMOUNT_ODDITIES,
  TRANSACTION_ID_ODDITIES,
} from './value-oddities.ts'
import {
  CONTENT_TYPE_ODDITIES,
  DRESS_ODDITIES,
  FRAMING_ODDITIES,
  HEADER_ODDITIES,
  HTTP_STATUS_ODDITIES,
  LETTER_ODDITIES,
} from './wire-oddities.ts'

/** In the order in which they are put on an answer: those that look at `statusCode` come first. */
export const ODDITIES = {
  message: MESSAGE_ODDITIES,
  extra: EXTRA_ODDITIES,
  processId: PROCESS_ID_ODDITIES,
  transactionId: TRANSACTION_ID_ODDITIES,
  subStatus: SUB_STATUS_ODDITIES,
  loanWord: LOAN_WORD_ODDITIES,
  loanTerm: LOAN_TERM_ODDITIES,
  product: PRODUCT_ODDITIES,
  cheque: CHEQUE_ODDITIES,
  topAmount: TOP_AMOUNT_ODDITIES,
  sum: { ...SUM_ODDITIES, ...UNREADABLE_SUM_ODDITIES },
  statusCode: STATUS_CODE_ODDITIES,
  order: ORDER_ODDITIES,
  letters: LETTER_ODDITIES,
  dress: DRESS_ODDITIES,
  httpStatus: HTTP_STATUS_ODDITIES,
  contentType: CONTENT_TYPE_ODDITIES,
  header: HEADER_ODDITIES,
  framing: FRAMING_ODDITIES,
} satisfies Record<string, Record<string, Oddity>>

type Kinds = typeof ODDITIES
export type OddityKind = keyof Kinds
export type Dialect = { readonly [Kind in OddityKind]?: keyof Kinds[Kind] | undefined }

export const ODDITY_KINDS = Object.keys(ODDITIES) as OddityKind[]

export function odditiesOf(dialect: Dialect): Oddity[] {
  return ODDITY_KINDS.flatMap((kind) => {
    const name = dialect[kind]
    const ofKind: Readonly<Record<string, Oddity>> = ODDITIES[kind]
    return name === undefined ? [] : [ofKind[name] ?? unknownOddity(kind, name)]
  })
}

function unknownOddity(kind: string, name: string): never {
  throw new Error(`no oddity ${name} among those of ${kind}`)
}

/** Every oddity by itself. */
export function singleDialects(): { kind: OddityKind; name: string; dialect: Dialect }[] {
  return ODDITY_KINDS.flatMap((kind) =>
    Object.keys(ODDITIES[kind]).map((name) => ({ kind, name, dialect: { [kind]: name } })),
  )
}

/** Shrinks towards a device with nothing odd about it. */
export const dialects: fc.Arbitrary<Dialect> = fc.record({
  message: half(MESSAGE_ODDITIES),
  extra: half(EXTRA_ODDITIES),
  processId: half(PROCESS_ID_ODDITIES),
  transactionId: half(TRANSACTION_ID_ODDITIES),
  subStatus: seldom(SUB_STATUS_ODDITIES),
  loanWord: half(LOAN_WORD_ODDITIES),
  loanTerm: half(LOAN_TERM_ODDITIES),
  product: seldom(PRODUCT_ODDITIES),
  cheque: half(CHEQUE_ODDITIES),
  topAmount: half(TOP_AMOUNT_ODDITIES),
  sum: oneOf([
    [4, fc.constant(undefined)],
    [10, fc.constantFrom(...namesOf(SUM_ODDITIES))],
    [2, fc.constantFrom(...namesOf(UNREADABLE_SUM_ODDITIES))],
  ]),
  statusCode: half(STATUS_CODE_ODDITIES),
  order: half(ORDER_ODDITIES),
  letters: seldom(LETTER_ODDITIES),
  dress: half(DRESS_ODDITIES),
  httpStatus: half(HTTP_STATUS_ODDITIES),
  contentType: half(CONTENT_TYPE_ODDITIES),
  header: half(HEADER_ODDITIES),
  framing: half(FRAMING_ODDITIES),
})

function half<Table extends object>(table: Table) {
  return oneOf<keyof Table | undefined>([
    [1, fc.constant(undefined)],
    [1, fc.constantFrom(...namesOf(table))],
  ])
}

/** For what hides so much that little would be left to read. */
function seldom<Table extends object>(table: Table) {
  return oneOf<keyof Table | undefined>([
    [5, fc.constant(undefined)],
    [1, fc.constantFrom(...namesOf(table))],
  ])
}

function oneOf<T>(choices: [number, fc.Arbitrary<T>][]): fc.Arbitrary<T> {
  const weighted = choices.map(([weight, arbitrary]) => ({ weight, arbitrary }))
  return fc.oneof({ withCrossShrink: true }, ...weighted)
}

function namesOf<Table extends object>(table: Table): (keyof Table)[] {
  return Object.keys(table) as (keyof Table)[]
}
