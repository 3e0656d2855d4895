// What the terminal's screen shows: worked out from the operation, read by cameras, tests and the
// control API. It must never change anything.
import { endedAtMs, type Operation } from './operation.ts'

export type Screen =
  | { readonly state: 'off' }
  | { readonly state: 'idle' }
  | { readonly state: 'asks_permission'; readonly name: string }
  | { readonly state: 'starting' }
  | {
      readonly state: 'qr'
      readonly qr: string
      readonly amount_tenge: number
      readonly purpose: 'payment' | 'refund'
    }
  | { readonly state: 'confirming'; readonly amount_tenge: number }
  | { readonly state: 'card'; readonly amount_tenge: number }
  | { readonly state: 'pin'; readonly amount_tenge: number }
  | { readonly state: 'no_link' }
  | { readonly state: 'result'; readonly ok: boolean; readonly message: string }

/** `operation` is the last one of the device, perhaps long over. */
export function operationScreen(
  operation: Operation,
  nowMs: number,
  resultScreenMs: number,
): Screen {
  if (operation.actualizeCallsLeft > 0) return { state: 'no_link' }
  const ended = endedAtMs(operation)
  if (ended !== null && nowMs - ended >= resultScreenMs) return { state: 'idle' }
  const { phase, amountTenge } = operation
  switch (phase.at) {
    case 'initialize':
      return { state: 'starting' }
    case 'wait_user':
      return {
        state: 'qr',
        qr: operation.qr,
        amount_tenge: amountTenge,
        purpose: operation.kind === 'refund' ? 'refund' : 'payment',
      }
    case 'wait_confirmation':
      return { state: 'confirming', amount_tenge: amountTenge }
    case 'card':
    case 'pin':
      return { state: phase.at, amount_tenge: amountTenge }
    case 'paid':
      return { state: 'result', ok: true, message: 'Успешно' }
    case 'failed':
      return { state: 'result', ok: false, message: phase.message }
    case 'cancelled':
      return { state: 'result', ok: false, message: 'Операция отменена' }
  }
}
