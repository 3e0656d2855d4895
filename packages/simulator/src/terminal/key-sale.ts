// A sale that the cashier keys on the device itself, past the centre: the terminal is busy and its
// money is real, and no one asked for it over the wire.
import { BadInput, fieldsOf, optionalInteger, required } from '../http/bad-input.ts'
import type { Device } from './device.ts'
import type { Operation } from './operation.ts'

const MAX_TENGE = 1_000_000_000

/** Null when an operation holds the terminal. The customer scans the QR as any other. */
export function keySale(device: Device, amountTenge: number): Operation | null {
  if (!Number.isInteger(amountTenge) || amountTenge < 1 || amountTenge > MAX_TENGE) {
    throw new BadInput(`Поле «amount_tenge»: нужно целое число от 1 до ${MAX_TENGE}`)
  }
  return device.start({ kind: 'keyed_sale', amountTenge, ownCheque: false, refundOf: null })
}

export function readKeySale(body: unknown): number {
  const fields = fieldsOf(body, ['amount_tenge'])
  return required(optionalInteger(fields, 'amount_tenge', 1, MAX_TENGE), 'amount_tenge')
}
