// Money on its way back: sources and staff ask for it, a second person says yes or no, customers come to scan or
// do not, and operators say by the terminal's journal what became of what no program can tell.

import { EVERYTHING, isRefundUnclear } from '@byfly-pay/core'
import type { By } from '../../../packages/server/src/payments/cancel-by-staff.ts'
import {
  approveRefund,
  cancelRefund,
  declineRefund,
  requestByStaff,
  resolveRefund,
} from '../../../packages/server/src/refunds/refund-by-staff.ts'
import { startRefund } from '../../../packages/server/src/refunds/start-refund.ts'
import type { Instance } from '../instances/instance.ts'
import { operationOfRefund } from '../invariants/evidence.ts'
import type { Mind } from '../people/customers.ts'
import { callRefund, type RefundWanted, refundQrsIn, type ShopCall } from '../people/shop.ts'
import type { Books } from '../storage/books.ts'
import type { RefundRow } from '../storage/rows.ts'
import type { Chance } from '../time/chance.ts'
import type { World } from '../world.ts'
import { act } from './act.ts'
import { someInstance } from './some-instance.ts'

const OPERATOR: By = { actor: { kind: 'cli', name: 'оператор' }, scope: EVERYTHING }
const SENIOR: By = { actor: { kind: 'cli', name: 'старший' }, scope: EVERYTHING }

/** A process that was stopped before its call may wake and make it; nobody speaks for it sooner. */
const HEARD_BY_MS = 10 * 60_000

/** By a source: the whole of it, or a part. */
export async function askRefund(world: World, dice: Chance): Promise<void> {
  const paid = paidPayments(await world.storage.books())
  if (paid.length === 0) return
  const { facts, sourceId } = dice.of(paid)
  const wanted: RefundWanted = {
    refundId: null,
    amountTiyn: dice.isLucky(0.5) ? null : partOf(facts.paidTiyn, dice),
  }
  sendRefund(world, callOf(facts.id, sourceId, wanted, dice), wanted, mindOf(dice))
}

function paidPayments({ payments }: Books): Books['payments'] {
  return payments.filter(({ facts }) => facts.paidTiyn > 0n)
}

/** Sometimes of more than there is, and of tiyn that no terminal knows. */
function partOf(paidTiyn: bigint, dice: Chance): bigint {
  const tiyn = (paidTiyn * BigInt(dice.between(1, 6))) / 5n
  return dice.isLucky(0.9) ? (tiyn / 100n) * 100n : tiyn
}

function callOf(paymentId: string, sourceId: number, wanted: RefundWanted, dice: Chance): ShopCall {
  const body = JSON.stringify({ ...wanted, amountTiyn: wanted.amountTiyn?.toString() ?? null })
  const key = dice.isLucky(0.5) ? `refund-${dice.between(0, 10 ** 9)}` : null
  return { route: 'refund', sourceId, paymentId, key, body }
}

/** What an earlier request asked for, word for word. */
export function refundIn({ body }: ShopCall): RefundWanted {
  const wanted = JSON.parse(body) as Omit<RefundWanted, 'amountTiyn'> & {
    amountTiyn: string | null
  }
  const { amountTiyn } = wanted
  return { ...wanted, amountTiyn: amountTiyn === null ? null : BigInt(amountTiyn) }
}

export function sendRefund(
  world: World,
  call: ShopCall,
  wanted: RefundWanted,
  mind: Mind | null,
): void {
  const at = someInstance(world)
  if (at === null) return
  world.call(
    call,
    () => callRefund(at, call, wanted),
    (reply) => {
      if (reply.kind !== 'answered' || reply.httpStatus !== 200) return
      for (const qr of refundQrsIn(reply.body)) showRefundQr(world, qr, mind)
    },
  )
}

function showRefundQr(world: World, qr: string, mind: Mind | null): void {
  if (mind !== null) world.customers.makeUp(qr, mind)
  world.customers.show(qr, qr)
}

/** Whoever is given money back mostly takes it; some are late, and some never come. */
function mindOf(dice: Chance): Mind {
  return {
    deed: dice.weighted({ pays: 7, declines: 1, walks_away: 2, scans_only: 1 }),
    product: 'gold',
    scanAfterMs: dice.isLucky(0.7) ? dice.between(500, 20_000) : dice.between(20_000, 181_000),
    endAfterMs: dice.isLucky(0.8) ? dice.between(500, 10_000) : dice.between(10_000, 61_000),
  }
}

/** Again, by whoever: a refund that nobody came for, that was released, or that waits to be started. */
export async function startRefundAgain(world: World, dice: Chance): Promise<void> {
  const books = await world.storage.books()
  const approved = books.refunds.filter(({ refund }) => refund.state.kind === 'approved')
  const row = approved.length > 0 ? dice.of(approved) : books.refunds.at(-1)
  if (row === undefined) return
  const { paymentId, refund } = row
  const mind = mindOf(dice)
  const owner = books.payments.find(({ facts }) => facts.id === paymentId)
  if (dice.isLucky(0.5) && owner !== undefined) {
    const wanted: RefundWanted = { refundId: refund.id, amountTiyn: null }
    sendRefund(world, callOf(paymentId, owner.sourceId, wanted, dice), wanted, mind)
  } else {
    act(world, async (at) => {
      await begin(world, at, paymentId, refund.id, mind)
      return false
    })
  }
}

async function begin(
  world: World,
  { centre }: Instance,
  paymentId: string,
  refundId: string,
  mind: Mind,
): Promise<void> {
  const came = await startRefund(centre, { paymentId, refundId })
  world.note(`возврат ${refundId}: ${came.kind === 'refused' ? came.code : came.kind}`)
  if (came.kind === 'started' && came.refund.qr !== null) {
    showRefundQr(world, came.refund.qr.text, mind)
  }
}

/** By staff: of the whole, or of one capture; started at once where nobody has to say yes. */
export async function requestRefundByStaff(world: World, dice: Chance): Promise<void> {
  const books = await world.storage.books()
  const paid = paidPayments(books)
  if (paid.length === 0) return
  const { facts } = dice.of(paid)
  const captures = books.captures.filter(({ paymentId }) => paymentId === facts.id)
  const call = {
    paymentId: facts.id,
    attemptId: dice.isLucky(0.3) ? dice.of(captures).attemptId : null,
    amountTiyn: dice.isLucky(0.6) ? null : partOf(facts.paidTiyn, dice),
    reason: dice.of(['customer_request', 'overpaid', 'late_money'] as const),
    note: null,
    payAgain: false,
  }
  const mind = mindOf(dice)
  const isStarted = dice.isLucky(0.7)
  act(world, async (at) => {
    const came = await requestByStaff(at.centre, OPERATOR, call)
    world.note(`сотрудник просит возврат ${facts.id}: ${came.kind}`)
    if (came.kind !== 'requested') return false
    const [first] = came.refunds
    if (isStarted && first?.state.kind === 'approved') {
      await begin(world, at, facts.id, first.id, mind)
    }
    return true
  })
}

export async function judgeRefund(world: World, dice: Chance): Promise<void> {
  const { refunds } = await world.storage.books()
  const waiting = refunds.filter(({ refund }) => refund.state.kind === 'awaiting_approval')
  if (waiting.length === 0) return
  const { refund } = dice.of(waiting)
  // Whoever asked may try to say yes to themselves.
  const by = dice.isLucky(0.8) ? SENIOR : OPERATOR
  const isYes = dice.isLucky(0.8)
  act(world, async ({ centre }) => {
    const came = isYes
      ? await approveRefund(centre, by, refund.id)
      : await declineRefund(centre, by, refund.id, 'не подтверждаю')
    world.note(`возврат ${refund.id}: ${isYes ? 'да' : 'нет'} — ${came.kind}`)
    return false
  })
}

export async function stopRefund(world: World, dice: Chance): Promise<void> {
  const { refunds } = await world.storage.books()
  if (refunds.length === 0) return
  const { refund } = dice.of(refunds.slice(-3))
  act(world, async ({ centre }) => {
    const came = await cancelRefund(centre, OPERATOR, refund.id)
    world.note(`отмена возврата ${refund.id}: ${came.kind}`)
    return false
  })
}

export async function resolveSomeRefund(world: World, dice: Chance): Promise<void> {
  const books = await world.storage.books()
  const waiting = books.refunds.filter(isRefundForAPerson)
  if (waiting.length > 0) settleRefund(world, dice.of(waiting), books)
}

export function isRefundForAPerson({ refund }: RefundRow): boolean {
  return isRefundUnclear(refund)
}

/** Says of a refund what its terminal's journal says; nothing while the operation is not over. */
export function settleRefund(world: World, row: RefundRow, books: Books): void {
  const { refund, updatedAtMs } = row
  if (world.time.nowMs - updatedAtMs < HEARD_BY_MS) return
  const operation = operationOfRefund(world, row, books)
  if (operation?.isAlive(world.time.nowMs) === true) return
  const sale = operation?.sale ?? null
  const amountTiyn = sale === null ? null : BigInt(sale.amountTenge) * 100n
  const evidence = { evidence: 'журнал терминала', reason: 'по журналу' }
  world.note(`оператор: возврат ${refund.id} — ${amountTiyn}`)
  act(world, async ({ centre }) => {
    await resolveRefund(centre, SENIOR, refund.id, { amountTiyn, ...evidence })
    return false
  })
}
