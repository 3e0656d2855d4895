// The table: every step × every fault. A cell is run, or it says here why it cannot occur; the table's
// test holds that there is no third kind.

import { FAULTS, type FaultName, faultOf } from './faults.ts'
import { isAfterPayment, STEPS, type StepName } from './steps.ts'

export interface Cell {
  readonly step: StepName
  readonly fault: FaultName
}

/** Why a cell cannot occur; null when it can, and is run. */
export function whyNever({ fault, step }: Cell): string | null {
  const { forgets, never, strike } = faultOf(fault)
  if (never !== undefined) return never
  if (step === 'released') {
    return 'отдельного шага нет: место попытки удаляет тот же COMMIT, который пишет деньги'
  }
  if (forgets === true && isAfterPayment(step)) {
    return 'терминал забыл операцию и об оплате уже не скажет: её ждёт задача сотрудника'
  }
  const breaksWrite = strike === 'serialization_failure' || strike === 'disk_full'
  if (breaksWrite && step === 'webhook_marked') {
    return 'после этого шага о платеже больше ничего не пишется'
  }
  return null
}

export function allCells(): Cell[] {
  return FAULTS.flatMap(({ name: fault }) => STEPS.map(({ name: step }) => ({ step, fault })))
}

export function runnableCells(): Cell[] {
  return allCells().filter((cell) => whyNever(cell) === null)
}

export function nameOf({ fault, step }: Cell): string {
  return `${step} × ${fault}`
}

/** Payments under way in one process at a time; half of its pool of connections stays free. */
const BATCH_LIMIT = 25

/**
 * Cells that one process dies of: each with a payment of its own that stands at its own step. They share
 * the strike, and only one of them may hold the pool of terminals locked.
 */
export function batchesOf(cells: readonly Cell[]): Cell[][] {
  const batches: Cell[][] = []
  for (const cell of cells) {
    const batch = batches.find((each) => fits(each, cell))
    if (batch === undefined) batches.push([cell])
    else batch.push(cell)
  }
  return batches
}

function fits(batch: readonly Cell[], cell: Cell): boolean {
  const [first] = batch
  if (first === undefined || batch.length >= BATCH_LIMIT) return false
  const { beside, strike } = faultOf(cell.fault)
  const shared = faultOf(first.fault)
  const isAlike = shared.strike === strike && shared.beside === beside
  const locks = ({ step }: Cell) => step === 'reserve_unsaved'
  return isAlike && !(locks(cell) && batch.some(locks))
}
