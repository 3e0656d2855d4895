// What must hold of money on its way back (0009): never more than was taken, in the books and at the bank; a
// start that was lost never again; whatever is open is asked about, or on a desk.

import { holdsSum, isRefundUnclear, type RefundStateKind } from '@byfly-pay/core'
import type { Books } from '../storage/books.ts'
import type { CaptureRow, RefundRow } from '../storage/rows.ts'
import type { World } from '../world.ts'
import { isOfPurchase, refundOperations } from './evidence.ts'
import { demand } from './violation.ts'

function refundsOf({ refunds }: Pick<Books, 'refunds'>, { attemptId }: CaptureRow): RefundRow[] {
  return refunds.filter(({ refund }) => refund.attemptId === attemptId)
}

/** Gross tiyn of those that are done. */
function doneTiyn(rows: readonly RefundRow[]): bigint {
  return rows.reduce(
    (sum, { refund }) => sum + (refund.state.kind === 'succeeded' ? refund.amountTiyn : 0n),
    0n,
  )
}

/** I3: what is asked back of a capture is counted, part by part, and is never more than it was. */
export function neverMoreThanTaken(_: World, books: Books): void {
  for (const capture of books.captures) {
    const holding = refundsOf(books, capture).filter(({ refund }) => holdsSum(refund))
    const sum = (pick: (row: RefundRow['refund']) => bigint) =>
      holding.reduce((total, { refund }) => total + pick(refund), 0n)
    const gross = sum(({ amountTiyn }) => amountTiyn)
    const id = capture.attemptId
    demand(gross === capture.returningTiyn, 'I3', () => `захват ${id}: счёт возвратов`)
    demand(gross <= capture.grossTiyn, 'I3', () => `захват ${id}: возвращают больше взятого`)
    const isCreditKept = sum(({ creditTiyn }) => creditTiyn) <= capture.creditTiyn
    const isOverpaidKept = sum(({ overpaidTiyn }) => overpaidTiyn) <= capture.overpaidTiyn
    demand(isCreditKept && isOverpaidKept, 'I3', () => `захват ${id}: доли возвратов`)
  }
}

/** I3: a payment's sums of refunds are those of its refunds, and its postings say the same. */
export function refundsAddUp(_: World, { payments, postings, refunds }: Books): void {
  for (const { facts } of payments) {
    const own = refunds.filter(({ paymentId }) => paymentId === facts.id)
    const given = doneTiyn(own)
    demand(facts.refundedTiyn === given, 'I3', () => `${facts.id}: Σ возвращённого`)
    const withheld = own.reduce(
      (sum, { refund }) => sum + (holdsSum(refund) ? refund.creditTiyn : 0n),
      0n,
    )
    demand(facts.withheldTiyn === withheld, 'I3', () => `${facts.id}: Σ удержанного`)
    const posted = postings
      .filter(({ paymentId }) => paymentId === facts.id)
      .flatMap(({ postings: set }) => set)
      .reduce((sum, { account, tiyn }) => sum + (account === 'refunded' ? tiyn : 0n), 0n)
    demand(posted === given, 'I3', () => `${facts.id}: проводки возвратов`)
  }
}

/** I4 at the bank: what went back or still may is never more than what was taken under that number. */
export function bankGivesNoMore(world: World, { captures }: Books): void {
  const asked = new Map<string, bigint>()
  for (const { amountTenge, qr, refundOf, sale } of livingRefunds(world)) {
    const purchase = `${refundOf?.method} ${refundOf?.transactionId}`
    const tiyn = BigInt(sale?.amountTenge ?? amountTenge) * 100n
    const total = (asked.get(purchase) ?? 0n) + tiyn
    asked.set(purchase, total)
    const taken = captures
      .filter((capture) => isOfPurchase({ refundOf }, capture))
      .reduce((sum, { grossTiyn }) => sum + grossTiyn, 0n)
    demand(total <= taken, 'I4', () => `по ${purchase} взято ${taken}, возвращают ${total} (${qr})`)
  }
}

/** Done, or with a QR that somebody may still scan. */
function livingRefunds({ terminals, time }: World) {
  return refundOperations({ terminals }).flatMap((operation) => {
    const { amountTenge, qr, refundOf, sale } = operation
    const isLiving = sale !== null || operation.isAlive(time.nowMs)
    return isLiving ? [{ amountTenge, qr, refundOf, sale }] : []
  })
}

function givenAtBank(world: World, capture: CaptureRow): bigint {
  return refundOperations(world)
    .filter((operation) => isOfPurchase(operation, capture))
    .reduce((sum, { sale }) => sum + BigInt(sale?.amountTenge ?? 0) * 100n, 0n)
}

/** I4, one way: nothing is booked as given back that did not go back at the bank. */
export function noRefundOutOfThinAir(world: World, books: Books): void {
  for (const capture of books.captures) {
    const booked = doneTiyn(refundsOf(books, capture))
    const given = givenAtBank(world, capture)
    demand(booked <= given, 'I4', () => `захват ${capture.attemptId}: ${booked} против ${given}`)
  }
}

/** I4, the other way, once all is quiet: what went back is booked, or a person is asked about it. */
export function everyRefundIsBookedOrNamed(world: World, books: Books): void {
  for (const capture of books.captures) {
    const booked = doneTiyn(refundsOf(books, capture))
    const given = givenAtBank(world, capture)
    demand(
      booked === given || isOnDesk(books, capture.paymentId),
      'I4',
      () => `захват ${capture.attemptId}: вернулось ${given}, записано ${booked}`,
    )
  }
}

function isOnDesk({ tasks }: Books, paymentId: string): boolean {
  return tasks.some(
    (task) => task.kind === 'refund_unclear' && task.paymentId === paymentId && task.isOpen,
  )
}

/** I13: a refund on a terminal has a watcher to come; one that nobody can tell of is on a desk. */
export function noRefundIsForgotten({ time }: World, books: Books): void {
  for (const { paymentId, refund } of books.refunds) {
    const { id, state } = refund
    const lease = books.open.find(({ attemptId }) => attemptId === id)
    const isBounded = (lease?.leaseUntilMs ?? 0) <= time.nowMs + LONGEST_LEASE_MS
    demand(isBounded, 'I13', () => `аренда возврата ${id} не кончится`)
    const isWatched = lease !== undefined
    demand(isWatched === WATCHED.has(state.kind), 'I13', () => `${state.kind} ${id}: аренда`)
    demand(
      !isRefundUnclear(refund) || isOnDesk(books, paymentId),
      'I13',
      () => `возврат ${id} ${state.kind}, и никто о нём не спросит`,
    )
  }
}

/** Nobody is asked to say yes to what waits for no yes. */
export function approvalsAreWaitedFor(_: World, { refunds, tasks }: Books): void {
  for (const { isOpen, kind, paymentId } of tasks) {
    if (!isOpen || kind !== 'refund_approval') continue
    const isWaiting = refunds.some(
      (row) => row.paymentId === paymentId && row.refund.state.kind === 'awaiting_approval',
    )
    demand(isWaiting, 'I13', () => `${paymentId}: подтверждения ждут, а подтверждать нечего`)
  }
}

const LONGEST_LEASE_MS = 60_000

const WATCHED: ReadonlySet<RefundStateKind> = new Set([
  'reserved',
  'calling',
  'live',
  'unknown',
  'lost',
])

type Word = RefundStateKind | 'asked'

/** What a line makes of its refund: from which states, to which. Lines that are not here change nothing. */
const STEPS: Readonly<Record<string, readonly [from: readonly Word[], to: readonly Word[]]>> = {
  refund_approved: [['asked'], ['approved']],
  refund_declined: [['asked'], ['declined']],
  refund_cancelled: [['asked', 'approved', 'reserved', 'live', 'unknown'], ['cancelled']],
  refund_reserved: [['asked', 'approved'], ['reserved']],
  refund_called: [['reserved'], ['calling']],
  refund_accepted: [['calling'], ['live']],
  refund_learned_late: [
    ['lost', 'held', 'failed'],
    ['live', 'failed'],
  ],
  refund_refused: [['calling'], ['approved', 'cancelled']],
  refund_start_lost: [['calling'], ['lost']],
  refund_released: [['reserved'], ['approved']],
  refund_unknown: [['live'], ['unknown']],
  refund_ran_out: [['live', 'unknown'], ['approved']],
  refund_failed: [['live', 'unknown', 'lost', 'held', 'failed'], ['failed']],
  refund_held: [['live', 'unknown', 'lost'], ['held']],
  refunded: [['live', 'unknown', 'lost', 'held', 'failed'], ['succeeded']],
}

/** I6: a refund has gone only where it may go: one whose start was lost to no second start (M15). */
export function onlyAllowedRefundSteps(_: World, { history, refunds }: Books): void {
  for (const { refund } of refunds) {
    let may: readonly Word[] = ['asked']
    for (const { facts, what } of history) {
      const step = facts['refund'] === refund.id ? STEPS[what] : undefined
      if (step === undefined) continue
      const [from, to] = step
      const isAllowed = may.some((word) => from.includes(word))
      demand(isAllowed, 'I6', () => `${refund.id}: ${what} из ${may.join(' ')}`)
      may = to
    }
    const now = refund.state.kind
    const isAsked = may[0] === 'asked' && (now === 'approved' || now === 'awaiting_approval')
    demand(isAsked || may.includes(now), 'I6', () => `${refund.id}: ${now}, а не ${may.join(' ')}`)
  }
}

/** I5: what was given back stays given back. */
export function givenBackStays(before: Books, { refunds }: Books): void {
  for (const { refund: was } of before.refunds) {
    if (was.state.kind !== 'succeeded') continue
    const now = refunds.find(({ refund }) => refund.id === was.id)?.refund
    const isKept = now?.state.kind === 'succeeded' && now.amountTiyn === was.amountTiyn
    demand(isKept, 'I5', () => `возврат ${was.id} перестал быть сделанным`)
  }
}
