// Words of the contract that the rules only pass on: whoever renames one renames it for every source.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ATTEMPT_STATES } from './payment/attempt.ts'
import { HISTORY_WHATS } from './payment/effect.ts'
import { PAYMENT_STATUSES } from './payment/state.ts'
import { PHASES } from './provider/observation.ts'
import { DIFFERENCES } from './reconciliation/match.ts'
import { STATEMENT_FIELDS } from './reconciliation/statement-row.ts'
import { REFUND_STATUSES } from './refund/figures.ts'
import { COMMISSION_BEARERS, REFUND_REASONS, REFUND_STATES } from './refund/state.ts'
import { OPTIONAL_EVENTS, SOURCE_TYPES } from './source.ts'
import { TERMINAL_STATUSES } from './terminal/status.ts'

/** Of each list its words, in its order. */
const WORDS = {
  payment_statuses: 'pending processing paid partially_paid cancelled failed',
  attempt_states:
    'reserved calling live unknown lost stray held released refused succeeded failed abandoned',
  phases: 'starting waiting_for_scan waiting_for_confirmation processing_card',
  refund_statuses: 'requested processing partially_refunded refunded',
  refund_states:
    'awaiting_approval approved reserved calling live unknown lost held succeeded failed declined cancelled',
  commission_bearers: 'source customer centre',
  refund_reasons:
    'customer_request service_cancelled duplicate_payment overpaid late_money pay_again other',
  source_types: 'website mobile_app desktop_app other',
  optional_events: 'partially_paid failed cancelled refunded',
  terminal_statuses: 'online busy offline error quarantined',
  statement_fields: 'number rrn at time amount fee payout device product operation',
  differences: 'sum product fee',
}

test('S1, N7, W3, M15, T6: the words that others match', () => {
  const lists: Readonly<Record<keyof typeof WORDS, readonly string[]>> = {
    payment_statuses: PAYMENT_STATUSES,
    attempt_states: ATTEMPT_STATES,
    phases: PHASES,
    refund_statuses: REFUND_STATUSES,
    refund_states: REFUND_STATES,
    commission_bearers: COMMISSION_BEARERS,
    refund_reasons: REFUND_REASONS,
    source_types: SOURCE_TYPES,
    optional_events: OPTIONAL_EVENTS,
    terminal_statuses: TERMINAL_STATUSES,
    statement_fields: STATEMENT_FIELDS,
    differences: DIFFERENCES,
  }
  const told = Object.entries(lists).map(([name, words]) => [name, words.join(' ')])
  assert.deepEqual(Object.fromEntries(told), WORDS)
})

test('I10: every line of the history has a word, and a phase is told by its own name', () => {
  assert.deepEqual(
    HISTORY_WHATS.join(' '),
    'created terminal_reserved start_called start_accepted start_refused start_lost ' +
      'start_learned_late terminal_released attempt_abandoned qr_read stop_requested ' +
      'stop_withdrawn result_unknown process_forgotten attempt_failed held_for_operator captured ' +
      'cancelled expired ' +
      'refund_requested refund_approved refund_declined refund_cancelled refund_reserved ' +
      'refund_called refund_accepted refund_refused refund_start_lost refund_learned_late ' +
      'refund_released refund_qr_read refund_waiting refund_stop_requested refund_unknown ' +
      'refund_process_forgotten ' +
      `refund_ran_out refund_failed refund_held refunded brought_over ` +
      `former_status ${PHASES.join(' ')}`,
  )
})
