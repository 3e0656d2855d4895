// Performs one event: the one place where a name of an event becomes a deed.

import { Chance } from '../time/chance.ts'
import type { World } from '../world.ts'
import { bringBack, freeQuarantined, resolveAttempt, takeOut } from './desk-events.ts'
import {
  armFault,
  beUnsure,
  cutLine,
  keySale,
  leaveStaleQr,
  loseInternet,
  makeSaleOdd,
  reboot,
  turnCamera,
  turnReceiver,
} from './device-events.ts'
import type { Event } from './event.ts'
import { crash, faultCommit, loseStatement, stop, takeDatabaseAway } from './process-events.ts'
import {
  askRefund,
  judgeRefund,
  requestRefundByStaff,
  resolveSomeRefund,
  startRefundAgain,
  stopRefund,
} from './refund-events.ts'
import {
  cancel,
  create,
  passBy,
  repeatKey,
  start,
  startAgain,
  startInPerson,
} from './shop-events.ts'

export async function perform(world: World, event: Event): Promise<void> {
  await world.time.pass(event.afterMs)
  const dice = new Chance(event.dice)
  world.note(`— ${event.kind}`)
  await deed(world, event, dice)
}

async function deed(world: World, { kind }: Event, dice: Chance): Promise<void> {
  switch (kind) {
    case 'create':
      return create(world, dice)
    case 'start':
      return start(world, dice, 'any')
    case 'start_again':
      return startAgain(world, dice)
    case 'start_other_method':
      return start(world, dice, 'other_method')
    case 'start_part':
      return start(world, dice, 'part')
    case 'start_in_person':
      return startInPerson(world, dice)
    case 'repeat_key':
      return repeatKey(world, dice)
    case 'cancel':
      return cancel(world, dice)
    case 'passer_by':
      return passBy(world, dice)
    case 'refund':
      return askRefund(world, dice)
    case 'refund_start':
      return startRefundAgain(world, dice)
    case 'fault_at_start':
      return armFault(world, dice, 'payment')
    case 'fault_at_question':
      return armFault(world, dice, 'question')
    case 'reboot':
      return reboot(world, dice)
    case 'unsure':
      return beUnsure(world, dice)
    case 'no_internet':
      return loseInternet(world, dice)
    case 'cut_line':
      return cutLine(world, dice)
    case 'sale_oddity':
      return makeSaleOdd(world, dice)
    case 'key_sale':
      return keySale(world, dice)
    case 'camera':
      return turnCamera(world, dice)
    case 'stale_qr':
      return leaveStaleQr(world, dice)
    case 'receiver':
      return turnReceiver(world, dice)
    default:
      return deedOfTheHouse(world, kind, dice)
  }
}

type OfTheHouse =
  | 'crash'
  | 'crash_soon'
  | 'stop'
  | 'stop_soon'
  | 'new_instance'
  | 'commit_fault'
  | 'statement_lost'
  | 'database_away'
  | 'resolve_attempt'
  | 'resolve_quarantine'
  | 'refund_by_staff'
  | 'refund_judge'
  | 'refund_cancel'
  | 'refund_resolve'
  | 'take_out'
  | 'bring_back'
  | 'wait'
  | 'wait_long'

async function deedOfTheHouse(world: World, kind: OfTheHouse, dice: Chance): Promise<void> {
  switch (kind) {
    case 'crash':
      return crash(world, dice, 'now')
    case 'crash_soon':
      return crash(world, dice, 'soon')
    case 'stop':
      return stop(world, dice, 'now')
    case 'stop_soon':
      return stop(world, dice, 'soon')
    case 'new_instance':
      return world.startInstance()
    case 'commit_fault':
      return faultCommit(world, dice)
    case 'statement_lost':
      return loseStatement(world)
    case 'database_away':
      return takeDatabaseAway(world, dice)
    case 'resolve_attempt':
      return resolveAttempt(world, dice)
    case 'resolve_quarantine':
      return freeQuarantined(world, dice)
    case 'refund_by_staff':
      return requestRefundByStaff(world, dice)
    case 'refund_judge':
      return judgeRefund(world, dice)
    case 'refund_cancel':
      return stopRefund(world, dice)
    case 'refund_resolve':
      return resolveSomeRefund(world, dice)
    case 'take_out':
      return takeOut(world, dice)
    case 'bring_back':
      return bringBack(world, dice)
    case 'wait':
      return world.time.pass(dice.between(1_000, 60_000))
    case 'wait_long':
      return world.time.pass(dice.between(120_000, 360_000))
  }
}
