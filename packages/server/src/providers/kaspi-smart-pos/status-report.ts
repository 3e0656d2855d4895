// An answer to `/v2/status` or `/v2/actualize` as an observation. A yes and a no are the terminal's
// own plain words about the process that was asked about; everything less is neither.

import type { Observation } from '@byfly-pay/core'
import type { ApiVersion } from '../../ports/provider.ts'
import type { CallResult } from '../transport.ts'
import { textField, type WireObject } from '../wire-value.ts'
import { readReply } from './reply.ts'
import {
  failureOf,
  moneyOf,
  phaseOf,
  type SubStatus,
  statusOf,
  subStatusOf,
} from './status-words.ts'
import { readSuccess } from './success.ts'

/** Something in an answer that a developer should hear of. `word` is the device's: clean it. */
export interface Oddity {
  readonly what: 'status' | 'sub_status' | 'product' | 'contradiction' | 'other_process'
  readonly word: string
}

export interface StatusReport {
  readonly observation: Observation
  readonly oddities: readonly Oddity[]
}

export function statusReport(
  result: CallResult,
  version: ApiVersion,
  processId: string,
): StatusReport {
  if (result.kind !== 'answered') return plain({ kind: 'no_answer' })
  const reply = readReply(version, result.httpStatus, result.body)
  switch (reply.kind) {
    case 'worked':
      return dataReport(reply.data, processId)
    case 'failed':
      return plain(errorOf(reply.statusCode))
    case 'nonsense':
      return plain({ kind: 'no_answer' })
  }
}

/**
 * 101 means that the terminal has forgotten the process, which proves nothing. The other codes (no
 * internet, cannot actualize, error while executing) are about the question, not about the payment.
 */
function errorOf(statusCode: number | null): Observation {
  return statusCode === 101 ? { kind: 'not_found' } : { kind: 'no_answer' }
}

function dataReport(data: WireObject, processId: string): StatusReport {
  const named = textField(data, 'processId')
  if (named !== null && named !== processId) {
    // The answer is about somebody else's operation: its money must not be booked here.
    return odd({ kind: 'no_answer' }, 'other_process', named)
  }
  const word = textField(data, 'status')
  if (word === null) return plain({ kind: 'no_answer' })
  const subWord = textField(data, 'subStatus')
  const subStatus = subWord === null ? null : subStatusOf(subWord)
  const report = reportOf(data, word, subStatus)
  if (subWord === null || subStatus !== null) return report
  return { ...report, oddities: [...report.oddities, { what: 'sub_status', word: subWord }] }
}

function reportOf(data: WireObject, word: string, subStatus: SubStatus | null): StatusReport {
  const status = statusOf(word)
  switch (status) {
    case null:
      return odd({ kind: 'waiting', phase: phaseOf(subStatus) }, 'status', word)
    case 'wait':
      return plain({ kind: 'waiting', phase: phaseOf(subStatus) })
    case 'unknown':
      return plain({ kind: 'unknown' })
    case 'success':
      return moneyOf(subStatus) === 'not_moved'
        ? contradiction(word, subStatus)
        : succeeded(data, subStatus)
    case 'fail':
      return moneyOf(subStatus) === 'moved'
        ? contradiction(word, subStatus)
        : plain({ kind: 'failed', reason: failureOf(subStatus, textField(data, 'message')) })
  }
}

function succeeded(data: WireObject, subStatus: SubStatus | null): StatusReport {
  const success = readSuccess(data, subStatus)
  const { methodCode, word } = success.product
  const observation: Observation = { kind: 'succeeded', success }
  return methodCode === null ? odd(observation, 'product', word) : plain(observation)
}

/** Two of the terminal's words disagree about money: it does not know, whatever it believes. */
function contradiction(word: string, subStatus: SubStatus | null): StatusReport {
  return odd({ kind: 'unknown' }, 'contradiction', `${word} ${subStatus}`)
}

function plain(observation: Observation): StatusReport {
  return { observation, oddities: [] }
}

function odd(observation: Observation, what: Oddity['what'], word: string): StatusReport {
  return { observation, oddities: [{ what, word }] }
}
