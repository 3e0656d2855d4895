// What operators do: they look at the terminal's own journal, which is their evidence, and say what they saw.

import { EVERYTHING, type ReadableSuccess } from '@byfly-pay/core'
import type { Acting } from '../../../packages/server/src/accounts/staff.ts'
import { applyInput } from '../../../packages/server/src/payments/apply-input.ts'
import { resolveQuarantine } from '../../../packages/server/src/terminals/resolve-quarantine.ts'
import {
  bringBackTerminal,
  takeOutTerminal,
} from '../../../packages/server/src/terminals/take-out-terminal.ts'
import { methodOf, type Sale } from '../devices/operation.ts'
import { operationOf } from '../invariants/evidence.ts'
import type { Books } from '../storage/books.ts'
import type { AttemptRow } from '../storage/rows.ts'
import type { Chance } from '../time/chance.ts'
import type { World } from '../world.ts'
import { act } from './act.ts'

/** Nobody calls an operation off before the call that was sent can have been heard. */
const HEARD_BY_MS = 90_000

const OPERATOR: Acting = { actor: { kind: 'cli', name: 'оператор' }, scope: EVERYTHING }

export async function resolveAttempt(world: World, dice: Chance): Promise<void> {
  const books = await world.storage.books()
  const waiting = books.attempts.filter(({ attempt }) => isForAPerson(attempt.state.kind))
  if (waiting.length > 0) settle(world, dice.of(waiting), books)
}

export function isForAPerson(state: AttemptRow['attempt']['state']['kind']): boolean {
  switch (state) {
    case 'unknown':
    case 'held':
    case 'stray':
    case 'lost':
    case 'abandoned':
      return true
    default:
      return false
  }
}

/** Says of an attempt what its terminal's journal says; nothing while the operation is not over. */
export function settle(world: World, row: AttemptRow, books: Books): void {
  const { attempt, createdAtMs, paymentId } = row
  if (world.time.nowMs - createdAtMs < HEARD_BY_MS) return
  const operation = operationOf(world, row, books)
  if (operation?.isAlive(world.time.nowMs) === true) return
  const sale = operation?.sale ?? null
  // Without an operation of its own there is nothing to say of a process that was never found.
  const resolution =
    sale === null
      ? ({ kind: 'no_money' } as const)
      : ({ kind: 'money', success: successOf(sale) } as const)
  world.note(`оператор: попытка ${attempt.id} — ${resolution.kind}`)
  act(world, async ({ centre }) => {
    await applyInput(centre, paymentId, { kind: 'resolve', attemptId: attempt.id, resolution })
    return false
  })
}

function successOf(sale: Sale): ReadableSuccess {
  return {
    grossTiyn: BigInt(sale.amountTenge) * 100n,
    moneyKind: methodOf(sale.product),
    // A person has looked and found two sales behind one number: it is no number of this one.
    providerTransactionId: null,
    product: { methodCode: 'kaspi_gold', word: 'со слов оператора' },
  }
}

export function freeQuarantined(world: World, dice: Chance): void {
  const { id, isBusy } = dice.of(world.terminals)
  // The evidence is the screen: an operator who sees an operation on it says nothing.
  if (isBusy) return
  act(world, async ({ centre }) => {
    const evidence = { reason: 'экран пуст', evidence: 'журнал терминала' }
    return (await resolveQuarantine(centre, OPERATOR, id, evidence)) === 'released'
  })
}

export function takeOut(world: World, dice: Chance): void {
  const { id } = dice.of(world.terminals)
  act(world, async ({ centre }) => {
    return (await takeOutTerminal(centre, OPERATOR, id, 'чинят')) === 'taken_out'
  })
}

export function bringBack(world: World, dice: Chance): void {
  const { id } = dice.of(world.terminals)
  act(world, async ({ centre }) => {
    return (await bringBackTerminal(centre, OPERATOR, id, 'починили')) === 'brought_back'
  })
}
