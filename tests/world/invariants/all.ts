// The list: what is checked after every event, and what once all is at rest.

import type { Books } from '../storage/books.ts'
import type { World } from '../world.ts'
import {
  acknowledgedIsKept,
  actsAreAudited,
  answersNameTheirOwn,
  oneEffectPerKey,
  sameKeySameAnswer,
} from './answers.ts'
import {
  allIsTold,
  eachEventHasItsRow,
  inOrder,
  noForeignWord,
  sameIdSameBytes,
} from './deliveries.ts'
import {
  endedOnlyByProof,
  historyIsWhole,
  onlyAllowedSteps,
  paidNeverReverts,
} from './histories.ts'
import {
  booksAddUp,
  everySaleIsBookedOrNamed,
  noMoneyOutOfThinAir,
  noMoneyTwice,
  nothingAboveThePrice,
  paidByCredits,
} from './money.ts'
import {
  approvalsAreWaitedFor,
  bankGivesNoMore,
  everyRefundIsBookedOrNamed,
  givenBackStays,
  neverMoreThanTaken,
  noRefundIsForgotten,
  noRefundOutOfThinAir,
  onlyAllowedRefundSteps,
  refundsAddUp,
} from './refunds.ts'
import {
  noOverlapOnTerminals,
  nothingOpenIsForgotten,
  oneAttemptPerPayment,
  oneAttemptPerQr,
  oneAttemptPerTerminal,
} from './terminals.ts'

type Invariant = (world: World, books: Books) => void

const ALWAYS: readonly Invariant[] = [
  oneAttemptPerTerminal,
  noOverlapOnTerminals,
  oneAttemptPerPayment,
  nothingOpenIsForgotten,
  oneAttemptPerQr,
  booksAddUp,
  noMoneyOutOfThinAir,
  paidByCredits,
  noMoneyTwice,
  nothingAboveThePrice,
  neverMoreThanTaken,
  refundsAddUp,
  bankGivesNoMore,
  noRefundOutOfThinAir,
  noRefundIsForgotten,
  approvalsAreWaitedFor,
  onlyAllowedRefundSteps,
  historyIsWhole,
  onlyAllowedSteps,
  endedOnlyByProof,
  eachEventHasItsRow,
  sameIdSameBytes,
  inOrder,
  noForeignWord,
  acknowledgedIsKept,
  sameKeySameAnswer,
  oneEffectPerKey,
  actsAreAudited,
  answersNameTheirOwn,
]

const AT_REST: readonly Invariant[] = [
  everySaleIsBookedOrNamed,
  everyRefundIsBookedOrNamed,
  allIsTold,
]

/** @throws Violation, or the first error that nobody may ever see */
export function checkAlways(world: World, before: Books | null, books: Books): void {
  world.throwFault()
  if (before !== null) {
    paidNeverReverts(before, books)
    givenBackStays(before, books)
  }
  for (const holds of ALWAYS) holds(world, books)
}

export function checkAtRest(world: World, books: Books): void {
  for (const holds of AT_REST) holds(world, books)
}
