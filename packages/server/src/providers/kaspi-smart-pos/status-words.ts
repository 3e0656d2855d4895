// The words of a status answer, each in the centre's terms. The lists of the protocol page are whole
// here; a word outside them is treated as waiting, since no answer of a stranger is a no.

import type { NoMoneyReason, Phase } from '@byfly-pay/core'

export const STATUSES = ['wait', 'success', 'fail', 'unknown'] as const
export type Status = (typeof STATUSES)[number]

export const SUB_STATUSES = [
  'Initialize',
  'WaitUser',
  'WaitForQrConfirmation',
  'ProcessingCard',
  'WaitForPinCode',
  'ProcessRefund',
  'QrTransactionSuccess',
  'QrTransactionFailure',
  'CardTransactionSuccess',
  'CardTransactionFailure',
  'ProcessCancelled',
] as const
export type SubStatus = (typeof SUB_STATUSES)[number]

export function statusOf(word: string): Status | null {
  return STATUSES.find((status) => status === word) ?? null
}

export function subStatusOf(word: string): SubStatus | null {
  return SUB_STATUSES.find((subStatus) => subStatus === word) ?? null
}

/**
 * Without a known word the weakest phase: a QR counts only when it is read after `WaitUser`
 * (protocol, rule 5). A last word while the status still says `wait` is not believed yet.
 */
export function phaseOf(subStatus: SubStatus | null): Phase {
  switch (subStatus) {
    case null:
    case 'Initialize':
      return 'starting'
    case 'WaitUser':
    case 'ProcessRefund':
      return 'waiting_for_scan'
    case 'WaitForQrConfirmation':
    case 'QrTransactionSuccess':
    case 'QrTransactionFailure':
    case 'ProcessCancelled':
      return 'waiting_for_confirmation'
    case 'ProcessingCard':
    case 'WaitForPinCode':
    case 'CardTransactionSuccess':
    case 'CardTransactionFailure':
      return 'processing_card'
  }
}

/** What the last word says about money, for holding it against the status. */
export function moneyOf(subStatus: SubStatus | null): 'moved' | 'not_moved' | 'not_said' {
  switch (subStatus) {
    case 'QrTransactionSuccess':
    case 'CardTransactionSuccess':
      return 'moved'
    case 'QrTransactionFailure':
    case 'CardTransactionFailure':
    case 'ProcessCancelled':
      return 'not_moved'
    case null:
    case 'Initialize':
    case 'WaitUser':
    case 'WaitForQrConfirmation':
    case 'ProcessingCard':
    case 'WaitForPinCode':
    case 'ProcessRefund':
      return 'not_said'
  }
}

/** Words of the terminal's message when time ran out, in Russian and in English. */
const RAN_OUT = /ист[её]к|время ожидания|не дождал|тайм-?аут|time-?d? ?out/i

/**
 * Why a `fail` failed. There is no word for a QR that nobody scanned: the terminal reports it as a
 * failure with a message. The message chooses only between reasons that all prove that no money
 * moved; it decides nothing else and goes no further.
 */
export function failureOf(subStatus: SubStatus | null, message: string | null): NoMoneyReason {
  if (message !== null && RAN_OUT.test(message)) return 'ran_out'
  switch (subStatus) {
    case 'QrTransactionFailure':
    case 'CardTransactionFailure':
      return 'declined'
    case 'ProcessCancelled':
      return 'cancelled_on_device'
    default:
      return 'device_error'
  }
}
