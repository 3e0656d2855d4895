// An attempt as columns and back, the whole of its state in both directions. A word that this release
// does not know stops the work: guessing a state of money is never safe.

import {
  type Attempt,
  type AttemptState,
  type AttemptStateKind,
  type CommissionMode,
  type HoldReason,
  isAtWork,
  isOpen,
  type NoMoneyReason,
  occupiesTerminal,
  PHASES,
  type Presence,
  type Qr,
  type StartRefusal,
  utcTime,
} from '@byfly-pay/core'
import { momentOf, momentOrNull } from './type-parsers.ts'

export interface QrColumns {
  readonly qr_text: string | null
  readonly qr_url: string | null
}

/** A row of `attempts` as JSON carries it: moments as ISO text, sums within what a number holds. */
export interface AttemptRow extends QrColumns {
  readonly id: string
  readonly terminal_id: number
  readonly presence: Presence
  readonly state: AttemptStateKind
  readonly reason: string | null
  readonly phase: string | null
  readonly since: string | null
  readonly process_id: string | null
  readonly forgotten: boolean
  readonly method: string
  readonly mode: CommissionMode
  readonly rate_bp: number
  readonly step_tiyn: number
  readonly charge_tiyn: number
  readonly original_tiyn: number
  readonly rates: Readonly<Record<string, number>>
  readonly qr_expires_at: string | null
  readonly stop_requested: boolean
  readonly holds_terminal: boolean
  readonly lost_at: string | null
}

type FailureReason = NoMoneyReason | 'resolved_by_operator'

/** Every word of a union, kept whole by the compiler. */
export type Words<Word extends string> = Readonly<Record<Word, true>>

const HOLD_REASONS: Words<HoldReason> = {
  sum_unreadable: true,
  possible_duplicate: true,
  start_lost_in_person: true,
  process_forgotten: true,
}

const REFUSAL_REASONS: Words<StartRefusal> = {
  not_connected: true,
  no_internet: true,
  method_not_supported: true,
  payments_blocked: true,
  terminal_busy: true,
  not_registered: true,
  bad_request: true,
  access_denied: true,
  purchase_not_found: true,
  refund_not_allowed: true,
}

export const FAILURE_REASONS: Words<FailureReason> = {
  declined: true,
  ran_out: true,
  cancelled_on_device: true,
  device_error: true,
  resolved_by_operator: true,
}

type StateColumns = Pick<AttemptRow, 'reason' | 'phase' | 'since'>

const NO_COLUMNS: StateColumns = { reason: null, phase: null, since: null }

function stateColumns(state: AttemptState): StateColumns {
  switch (state.kind) {
    case 'live':
    case 'stray':
      return { ...NO_COLUMNS, phase: state.phase, since: utcTime(state.sinceMs) }
    case 'unknown':
    case 'lost':
      return { ...NO_COLUMNS, since: utcTime(state.sinceMs) }
    case 'held':
    case 'refused':
    case 'failed':
      return { ...NO_COLUMNS, reason: state.reason }
    case 'reserved':
    case 'calling':
    case 'released':
    case 'succeeded':
    case 'abandoned':
      return NO_COLUMNS
  }
}

function stateOf(row: AttemptRow): AttemptState {
  const { state: kind } = row
  switch (kind) {
    case 'live':
    case 'stray':
      return { kind, phase: phaseOf(row), sinceMs: sinceOf(row) }
    case 'unknown':
    case 'lost':
      return { kind, sinceMs: sinceOf(row) }
    case 'held':
      return { kind, reason: wordOf(HOLD_REASONS, row.reason) }
    case 'refused':
      return { kind, reason: wordOf(REFUSAL_REASONS, row.reason) }
    case 'failed':
      return { kind, reason: wordOf(FAILURE_REASONS, row.reason) }
    case 'reserved':
    case 'calling':
    case 'released':
    case 'succeeded':
    case 'abandoned':
      return { kind }
  }
}

export function phaseOf({ phase }: Pick<AttemptRow, 'phase'>) {
  const known = PHASES.find((candidate) => candidate === phase)
  if (known === undefined) throw unknownWord(phase)
  return known
}

export function sinceOf({ since }: Pick<AttemptRow, 'since'>): number {
  if (since === null) throw unknownWord(since)
  return momentOf(since)
}

export function wordOf<Word extends string>(words: Words<Word>, word: string | null): Word {
  if (word === null || !Object.hasOwn(words, word)) throw unknownWord(word)
  return word as Word
}

function unknownWord(word: string | null): Error {
  return new Error(`Эта программа не знает такого состояния попытки: ${word}`)
}

export function attemptOf(row: AttemptRow): Attempt {
  return {
    id: row.id,
    terminalId: row.terminal_id,
    presence: row.presence,
    quote: {
      method: row.method,
      mode: row.mode,
      rateBp: row.rate_bp,
      stepTiyn: BigInt(row.step_tiyn),
      chargeTiyn: BigInt(row.charge_tiyn),
      originalTiyn: BigInt(row.original_tiyn),
      rates: row.rates,
    },
    state: stateOf(row),
    processId: row.process_id,
    forgotten: row.forgotten,
    qr: qrOf(row, momentOrNull(row.qr_expires_at)),
    stopRequested: row.stop_requested,
    holdsTerminal: row.holds_terminal,
    lostAtMs: momentOrNull(row.lost_at),
  }
}

export function qrOf({ qr_text: text, qr_url: url }: QrColumns, expiresAtMs: number | null) {
  return text === null || url === null || expiresAtMs === null ? null : { text, url, expiresAtMs }
}

export function qrColumns(qr: Qr | null) {
  return {
    qr_text: qr?.text ?? null,
    qr_url: qr?.url ?? null,
    qr_expires_at: qr === null ? null : utcTime(qr.expiresAtMs),
  }
}

/** What is written of an attempt: its columns, and what its row in `open_attempts` comes to. */
export function attemptColumns(attempt: Attempt) {
  const { quote, state } = attempt
  return {
    id: attempt.id,
    terminal_id: attempt.terminalId,
    presence: attempt.presence,
    state: state.kind,
    ...stateColumns(state),
    process_id: attempt.processId,
    forgotten: attempt.forgotten,
    method: quote.method,
    mode: quote.mode,
    rate_bp: quote.rateBp,
    step_tiyn: String(quote.stepTiyn),
    charge_tiyn: String(quote.chargeTiyn),
    original_tiyn: String(quote.originalTiyn),
    rates: quote.rates,
    ...qrColumns(attempt.qr),
    stop_requested: attempt.stopRequested,
    holds_terminal: attempt.holdsTerminal,
    lost_at: attempt.lostAtMs === null ? null : utcTime(attempt.lostAtMs),
    is_open: isOpen(attempt),
    occupies_terminal: occupiesTerminal(attempt),
    is_at_work: isAtWork(attempt),
  }
}
