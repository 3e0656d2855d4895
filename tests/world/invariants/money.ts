// I3, I4, I7, I8, I14: the books against themselves, and against what moved at the bank.

import { dueOf, figuresOf, priceOf, usedPricing } from '@byfly-pay/core'
import type { BookedPayment, Books } from '../storage/books.ts'
import type { CaptureRow } from '../storage/rows.ts'
import type { World } from '../world.ts'
import { attemptsByOperation, calledOperations } from './evidence.ts'
import { demand } from './violation.ts'

function sumOf(rows: readonly CaptureRow[], pick: (row: CaptureRow) => bigint): bigint {
  return rows.reduce((sum, row) => sum + pick(row), 0n)
}

/** I3: every figure is a sum of captures, and every set of postings adds up to zero. */
export function booksAddUp(_: World, { captures, payments, postings, refunds }: Books): void {
  for (const { facts } of payments) {
    const own = captures.filter(({ paymentId }) => paymentId === facts.id)
    const { amountTiyn, paidTiyn, remainingTiyn } = figuresOf(facts)
    demand(paidTiyn === sumOf(own, (row) => row.grossTiyn), 'I3', () => `${facts.id}: Σ захватов`)
    const credits = sumOf(own, (row) => row.creditTiyn)
    demand(facts.creditedTiyn === credits, 'I3', () => `${facts.id}: Σ зачтённого`)
    const overpaid = sumOf(own, (row) => row.overpaidTiyn)
    const overpaidBack = refunds
      .filter(
        ({ paymentId, refund }) => paymentId === facts.id && refund.state.kind === 'succeeded',
      )
      .reduce((sum, { refund }) => sum + refund.overpaidTiyn, 0n)
    demand(facts.overpaidTiyn === overpaid - overpaidBack, 'I3', () => `${facts.id}: Σ переплат`)
    demand(amountTiyn === paidTiyn + remainingTiyn, 'I3', () => `${facts.id}: amount`)
    const given = postings
      .filter(({ paymentId }) => paymentId === facts.id)
      .flatMap(({ postings: set }) => set)
      .filter(({ account }) => account === 'customer')
      .reduce((sum, { tiyn }) => sum - tiyn, 0n)
    demand(given === paidTiyn, 'I3', () => `${facts.id}: проводки покупателя`)
  }
  for (const { kind, postings: set, paymentId } of postings) {
    const sum = set.reduce((total, { tiyn }) => total + tiyn, 0n)
    demand(sum === 0n, 'I3', () => `набор ${kind} платежа ${paymentId} даёт ${sum}`)
  }
}

/** I4, one way: no money in the books that did not move at the bank. */
export function noMoneyOutOfThinAir(world: World, books: Books): void {
  const moved = new Map(
    [...attemptsByOperation(world, books)].map(([{ sale }, { attempt }]) => [attempt.id, sale]),
  )
  for (const { attemptId, grossTiyn } of books.captures) {
    const sale = moved.get(attemptId) ?? null
    demand(sale !== null, 'I4', () => `захват ${attemptId} без продажи на терминале`)
    const isSame = grossTiyn === BigInt(sale.amountTenge) * 100n
    demand(isSame, 'I4', () => `захват ${attemptId}: другая сумма`)
  }
}

/** I4, the other way, once all is quiet: no money moved that the books do not have, or name. */
export function everySaleIsBookedOrNamed(world: World, books: Books): void {
  const owners = attemptsByOperation(world, books)
  for (const operation of calledOperations(world)) {
    if (operation.sale === null) continue
    const id = owners.get(operation)?.attempt.id ?? null
    const isBooked = books.captures.some(({ attemptId }) => attemptId === id)
    demand(
      isBooked || isNamed(books, id),
      'I4',
      () => `${operation.sale?.amountTenge} ₸ по ${operation.qr} нигде не названы`,
    )
  }
}

function isNamed({ reconciliation, tasks }: Books, attemptId: string | null): boolean {
  return (
    attemptId !== null &&
    (tasks.some((task) => task.attemptId === attemptId && task.isOpen) ||
      reconciliation.some((row) => row.attemptId === attemptId))
  )
}

/** I7: paid exactly when the credits that count have reached the original but for the tolerance. */
export function paidByCredits(_: World, { payments }: Books): void {
  for (const { facts, status } of payments) {
    const { creditedTiyn, withheldTiyn } = facts
    // Once paid it stays so, whatever is given back (I5).
    const counted = status === 'paid' ? creditedTiyn : creditedTiyn - withheldTiyn
    demand(isEnough(facts, counted) === (status === 'paid'), 'I7', () => `${facts.id}: ${status}`)
  }
}

/** I8: one operation's money once, whatever was asked how often. */
export function noMoneyTwice(_: World, { captures, open }: Books): void {
  const money = new Set<string>()
  for (const { device, moneyKind, providerTransactionId } of captures) {
    if (providerTransactionId === null) continue
    const key = `${device} ${moneyKind} ${providerTransactionId}`
    demand(!money.has(key), 'I8', () => `${key} зачтено дважды`)
    money.add(key)
  }
  const processes = new Set<string>()
  for (const { device, forgotten, processId, state } of open) {
    if (processId === null || state === 'held' || forgotten) continue
    const key = `${device} ${processId}`
    demand(!processes.has(key), 'I8', () => `процесс ${key} у двух попыток`)
    processes.add(key)
  }
}

/** I14: a capture above the price of what was due is flagged as overpaid, or as late. */
export function nothingAboveThePrice(_: World, books: Books): void {
  for (const payment of books.payments) {
    const { facts } = payment
    let creditedTiyn = 0n
    let paidAtMs: number | null = null
    for (const capture of books.captures.filter((row) => row.paymentId === payment.facts.id)) {
      const { originalTiyn } = facts
      const withheldTiyn = mostWithheld(books, capture)
      const due = dueOf({ originalTiyn, creditedTiyn, withheldTiyn, paidAtMs })
      const price = priceThen(books, capture, due)
      const isFlagged = capture.overpaidTiyn > 0n || capture.late
      demand(
        price === null || capture.grossTiyn <= price || isFlagged,
        'I14',
        () => `захват ${capture.attemptId} больше цены и не помечен`,
      )
      creditedTiyn += capture.creditTiyn
      paidAtMs ??= isEnough(facts, creditedTiyn - withheldTiyn) ? capture.atMs : null
    }
  }
}

function priceThen({ attempts }: Books, capture: CaptureRow, due: bigint): bigint | null {
  const row = attempts.find(({ attempt }) => attempt.id === capture.attemptId)
  if (row === undefined) return null
  const { productWord: word, usedMethod: methodCode } = capture
  return priceOf(due, usedPricing(row.attempt.quote, { methodCode, word }))
}

/** Of what the payment's refunds had asked back before this capture, whatever became of them since. */
function mostWithheld({ refunds }: Books, { atMs, paymentId }: CaptureRow): bigint {
  return refunds
    .filter((row) => row.paymentId === paymentId && row.createdAtMs <= atMs)
    .reduce((sum, { refund }) => sum + refund.creditTiyn, 0n)
}

function isEnough({ originalTiyn, toleranceTiyn }: BookedPayment['facts'], tiyn: bigint): boolean {
  return tiyn > 0n && tiyn >= originalTiyn - toleranceTiyn
}
