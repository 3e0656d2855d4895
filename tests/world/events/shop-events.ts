// What shops and their customers do.

import { PRODUCTS, type Product } from '../devices/operation.ts'
import type { Mind } from '../people/customers.ts'
import {
  type Called,
  callCancel,
  callInit,
  callStart,
  type Init,
  paymentIdIn,
  qrIn,
  type Reply,
  type ShopCall,
  type Start,
} from '../people/shop.ts'
import type { Chance } from '../time/chance.ts'
import type { World } from '../world.ts'
import { refundIn, sendRefund } from './refund-events.ts'
import { someInstance } from './some-instance.ts'

const METHODS = ['kaspi_gold', 'kaspi_red', 'kaspi_credit', 'kaspi_installment_12'] as const
const BY_QR = PRODUCTS.filter((product) => product !== 'card' && product !== 'alaqan')
const SOME_MINUTES = [120, 300, 900, 3_600] as const

/** A payment that a shop was told of. */
export interface Known {
  readonly paymentId: string
  readonly sourceId: number
}

export function knownPayments(world: World): Known[] {
  return world.calls.flatMap(({ reply, route, sourceId }) => {
    if (route !== 'init' || reply.kind !== 'answered' || reply.httpStatus !== 201) return []
    const paymentId = paymentIdIn(reply.body)
    return paymentId === null ? [] : [{ paymentId, sourceId }]
  })
}

/** Mostly the newest. */
function somePayment(world: World, dice: Chance): Known | null {
  const known = knownPayments(world)
  const back = dice.isLucky(0.6) ? 0 : dice.between(0, 4)
  return known.at(-1 - back) ?? known.at(-1) ?? null
}

export function create(world: World, dice: Chance): void {
  const at = dice.between(0, world.storage.sourceIds.length - 1)
  const sourceId = world.storage.sourceIds[at] ?? 1
  const wanted: Init = {
    amountTiyn: BigInt(dice.of([1_000, 5_000, 50_500, 1_000_000, 1_234_567])),
    externalId: dice.isLucky(0.2) ? `заказ-${dice.between(1, 3)}` : null,
    lifetimeSeconds: dice.of(SOME_MINUTES),
    webhookUrl: hookOf(at),
  }
  const body = JSON.stringify({ ...wanted, amountTiyn: String(wanted.amountTiyn) })
  const key = dice.isLucky(0.5) ? `init-${dice.between(0, 10 ** 9)}` : null
  sendInit(world, { route: 'init', sourceId, paymentId: null, key, body }, wanted)
}

export function hookOf(sourceIndex: number): string {
  return `https://shop${sourceIndex + 1}.kz/hook`
}

function sendInit(world: World, call: ShopCall, wanted: Init): void {
  const at = someInstance(world)
  if (at !== null) world.call(call, () => callInit(at, call, wanted))
}

export function start(world: World, dice: Chance, how: 'any' | 'other_method' | 'part'): void {
  const known = somePayment(world, dice)
  if (known === null) return
  const wanted: Start = {
    method: how === 'other_method' ? dice.of(['kaspi_credit', 'kaspi_gold']) : dice.of(METHODS),
    partTiyn: how === 'part' ? BigInt(dice.of([1_000, 20_000, 300_000])) : null,
    presence: 'remote',
    terminalId: null,
  }
  if (dice.isLucky(0.9)) world.customers.makeUp(known.paymentId, mindOf(dice, wanted.method))
  sendStart(world, startCall(known, wanted, dice), wanted)
}

/** The same request once more, by the same shop, without waiting for the first. */
export function startAgain(world: World, dice: Chance): void {
  const earlier = world.calls.findLast(({ route }) => route === 'kaspi')
  if (earlier === undefined) start(world, dice, 'any')
  else sendStart(world, { ...earlier, key: null }, startIn(earlier))
}

/** What an earlier request asked for, word for word. */
function startIn({ body }: ShopCall): Start {
  const { wanted } = JSON.parse(body) as { wanted: Start & { partTiyn: string | null } }
  return { ...wanted, partTiyn: wanted.partTiyn === null ? null : BigInt(wanted.partTiyn) }
}

export function startInPerson(world: World, dice: Chance): void {
  const known = somePayment(world, dice)
  if (known === null) return
  const terminalId = dice.between(1, world.terminals.length)
  const wanted: Start = {
    method: dice.of(METHODS),
    partTiyn: null,
    presence: 'in_person',
    terminalId,
  }
  const mind = mindOf(dice, wanted.method)
  const product = dice.isLucky(0.4) ? dice.of(['card', 'alaqan'] as const) : mind.product
  if (dice.isLucky(0.8)) world.customers.stand(terminalId, { ...mind, product })
  sendStart(world, startCall(known, wanted, dice), wanted)
}

/** Somebody before a terminal pays the next thing its screen asks for, whoever it was meant for. */
export function passBy(world: World, dice: Chance): void {
  const terminalId = dice.between(1, world.terminals.length)
  world.customers.stand(terminalId, { ...mindOf(dice, dice.of(METHODS)), deed: 'pays' })
}

function startCall({ paymentId, sourceId }: Known, wanted: Start, dice: Chance): ShopCall {
  const shown = { ...wanted, partTiyn: wanted.partTiyn === null ? null : String(wanted.partTiyn) }
  const key = dice.isLucky(0.4) ? `kaspi-${dice.between(0, 10 ** 9)}` : null
  return { route: 'kaspi', sourceId, paymentId, key, body: JSON.stringify({ wanted: shown }) }
}

function sendStart(world: World, call: ShopCall, wanted: Start): void {
  const at = someInstance(world)
  if (at === null) return
  world.call(
    call,
    () => callStart(at, call, wanted),
    (reply) => showQr(world, call, reply),
  )
}

function showQr(world: World, { paymentId }: ShopCall, reply: Reply): void {
  if (reply.kind !== 'answered' || reply.httpStatus !== 200 || paymentId === null) return
  const qr = qrIn(reply.body)
  if (qr !== null) world.customers.show(paymentId, qr)
}

function mindOf(dice: Chance, method: string): Mind {
  return {
    deed: dice.weighted({ pays: 7, declines: 1, walks_away: 2, scans_only: 1 }),
    product: productOf(dice, method),
    // Up to the last moments of the QR, and of the confirmation.
    scanAfterMs: dice.isLucky(0.7) ? dice.between(500, 20_000) : dice.between(20_000, 181_000),
    endAfterMs: dice.isLucky(0.8) ? dice.between(500, 10_000) : dice.between(10_000, 61_000),
  }
}

function productOf(dice: Chance, method: string): Product {
  if (dice.isLucky(0.4)) return dice.of(BY_QR)
  switch (method) {
    case 'kaspi_red':
      return 'red'
    case 'kaspi_credit':
      return 'credit'
    case 'kaspi_installment_12':
      return 'loan_12'
    default:
      return 'gold'
  }
}

export function cancel(world: World, dice: Chance): void {
  const known = somePayment(world, dice)
  if (known === null) return
  const key = dice.isLucky(0.3) ? `cancel-${dice.between(0, 10 ** 9)}` : null
  sendCancel(world, { route: 'cancel', ...known, key, body: '{}' })
}

function sendCancel(world: World, call: ShopCall): void {
  const at = someInstance(world)
  if (at !== null) world.call(call, () => callCancel(at, call))
}

/** The same request under the same key, however long ago: the same answer is due (T9). */
export function repeatKey(world: World, dice: Chance): void {
  const keyed = world.calls.filter(({ key }) => key !== null)
  if (keyed.length === 0) return
  const earlier: Called = dice.of(keyed)
  const { route, sourceId, paymentId, key, body } = earlier
  const call: ShopCall = { route, sourceId, paymentId, key, body }
  switch (route) {
    case 'init': {
      const wanted = JSON.parse(body) as Omit<Init, 'amountTiyn'> & { amountTiyn: string }
      sendInit(world, call, { ...wanted, amountTiyn: BigInt(wanted.amountTiyn) })
      break
    }
    case 'kaspi':
      sendStart(world, call, startIn(call))
      break
    case 'refund':
      sendRefund(world, call, refundIn(call), null)
      break
    case 'cancel':
      sendCancel(world, call)
  }
}
