// What befalls terminals, cameras, wires and receivers.

import type { SaleOddity } from '../devices/operation.ts'
import type { Terminal } from '../devices/terminal.ts'
import { type CameraMode, WIRE_FAULTS, type WireCall } from '../devices/wires.ts'
import { RECEIVER_MODES } from '../people/receivers.ts'
import type { Chance } from '../time/chance.ts'
import type { World } from '../world.ts'
import { hookOf } from './shop-events.ts'

const CAMERA_MODES: readonly CameraMode[] = ['well', 'down', 'garbage']
const SALE_ODDITIES: readonly SaleOddity[] = ['other_sum', 'unreadable_sum', 'known_transaction']

function someTerminal(world: World, dice: Chance): Terminal {
  return dice.of(world.terminals)
}

export function armFault(world: World, dice: Chance, call: WireCall): void {
  const { id } = someTerminal(world, dice)
  const fault = dice.of(WIRE_FAULTS)
  world.wires.line(id).faults.push({ call, fault })
  world.note(`терминал ${id}: ${call} ждёт ${fault}`)
}

/** Somebody tries a terminal that was reset: the sale keyed on it takes a process id that was given before. */
const TRIED_AFTER_MS = 4_000

export function reboot(world: World, dice: Chance): void {
  const terminal = someTerminal(world, dice)
  const forgets = dice.isLucky(0.7)
  const manner = { forgets, idsToRepeat: forgets ? dice.between(0, 2) : 0 }
  terminal.reboot(manner)
  world.note(`терминал ${terminal.id} перезапущен ${JSON.stringify(manner)}`)
  if (manner.idsToRepeat === 0) return
  const [tenge, payAfterMs] = [dice.between(100, 9_999), dice.between(1_000, 30_000)]
  world.time.after(TRIED_AFTER_MS, () => {
    key(world, terminal, tenge, payAfterMs).catch((error: unknown) => world.fail(error))
  })
}

export function beUnsure(world: World, dice: Chance): void {
  const terminal = someTerminal(world, dice)
  terminal.unsureUntilMs = world.time.nowMs + dice.between(10_000, 400_000)
}

export function loseInternet(world: World, dice: Chance): void {
  const terminal = someTerminal(world, dice)
  terminal.hasInternet = !terminal.hasInternet
}

export function cutLine(world: World, dice: Chance): void {
  const line = world.wires.line(someTerminal(world, dice).id)
  line.isCut = true
  world.time.after(dice.between(5_000, 60_000), () => {
    line.isCut = false
  })
}

export function makeSaleOdd(world: World, dice: Chance): void {
  someTerminal(world, dice).nextSaleOddity = dice.of(SALE_ODDITIES)
}

export function keySale(world: World, dice: Chance): Promise<void> {
  const terminal = someTerminal(world, dice)
  return key(world, terminal, dice.between(100, 9_999), dice.between(5_000, 90_000))
}

/**
 * Not under an id that the centre asks about, or is still to hear from a start, and was never told to be
 * forgotten: until its next question nobody can tell such a sale from its own.
 */
async function key(
  world: World,
  terminal: Terminal,
  tenge: number,
  payAfterMs: number,
): Promise<void> {
  const { open } = await world.storage.books()
  const isTrusted = open.some(
    ({ forgotten, processId, state, terminalId }) =>
      terminalId === terminal.id &&
      (processId === terminal.nextProcessId || (processId === null && state !== 'reserved')) &&
      !forgotten &&
      state !== 'held',
  )
  if (isTrusted) return
  const keyed = terminal.keySale(tenge, payAfterMs)
  if (keyed !== null) world.keyedSales.add(keyed.qr)
}

export function turnCamera(world: World, dice: Chance): void {
  world.wires.line(someTerminal(world, dice).id).camera = dice.of(CAMERA_MODES)
}

export function leaveStaleQr(world: World, dice: Chance): void {
  world.wires.line(someTerminal(world, dice).id).staleLooks = dice.between(1, 5)
}

export function turnReceiver(world: World, dice: Chance): void {
  const index = dice.between(0, world.storage.sourceIds.length - 1)
  const mode = dice.of(RECEIVER_MODES)
  world.receivers.turn(hookOf(index), mode)
  world.note(`получатель ${index + 1}: ${mode}`)
}
