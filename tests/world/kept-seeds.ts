// Seeds that walk a road worth walking each time, and seeds that once broke something, each with what has to be
// seen at its end. The weights of events are part of every history: who changes them finds new seeds for
// these roads by the same questions.

import type { Books } from './storage/books.ts'

export interface KeptSeed {
  readonly seed: number
  readonly why: string
  readonly shows: (books: Books) => boolean
}

export const KEPT_SEEDS: readonly KeptSeed[] = [
  {
    seed: 4026,
    why: 'S6a: a process stopped in mid-start, its process id was learned late, and it was paid',
    shows: ({ captures, history }) =>
      history.some(
        ({ attemptId, what }) =>
          what === 'start_learned_late' && captures.some((row) => row.attemptId === attemptId),
      ),
  },
  {
    seed: 693,
    why: 'S5: money on an attempt that was given up after its start was lost',
    shows: ({ captures, reconciliation }) =>
      reconciliation.some(({ attemptId }) => captures.some((row) => row.attemptId === attemptId)),
  },
  {
    seed: 8034,
    why: 'S6a: a start in person was lost and found again: the attempt lives',
    shows: ({ history }) =>
      history.some(
        ({ attemptId, what }) =>
          what === 'start_lost' &&
          history.some((line) => line.what === 'start_accepted' && line.attemptId === attemptId),
      ),
  },
  {
    seed: 643,
    why: 'S6b: the terminal named a transaction that is booked already',
    shows: ({ history }) => history.some(({ facts }) => facts['reason'] === 'possible_duplicate'),
  },
  {
    seed: 12,
    why: 'M6: one payment of two captures',
    shows: ({ captures }) =>
      new Set(captures.map(({ paymentId }) => paymentId)).size < captures.length,
  },
  {
    seed: 15,
    why: 'S4: a cancel was held, money came, and the cancel was never told',
    shows: ({ deliveries }) => deliveries.some(({ state }) => state === 'superseded'),
  },
  {
    seed: 22,
    why: 'code 107: somebody else’s operation is on the terminal, which goes into quarantine',
    shows: ({ history }) => history.some(({ facts }) => facts['reason'] === 'terminal_busy'),
  },
  {
    seed: 31,
    why: 'W4: an event that failed four times no longer keeps the next ones back',
    shows: ({ deliveries }) => deliveries.some(({ tries }) => tries >= 4),
  },
  {
    seed: 218,
    why: 'M15: a lost refund kept its question on the desk when another of the payment was settled',
    shows: ({ history, tasks }) =>
      history.some(({ what }) => what === 'refund_start_lost') &&
      tasks.filter(({ kind }) => kind === 'refund_unclear').length > 1,
  },
  {
    seed: 118,
    why: 'M15: a lost refund went back after all, and a person said so by the journal',
    shows: ({ history }) =>
      history.some(({ facts, what }) => what === 'refunded' && facts['by'] === 'operator') &&
      history.some(({ what }) => what === 'refund_start_lost'),
  },
  {
    seed: 27,
    why: 'M15: nobody scanned in time, and the same refund was started again and taken',
    shows: ({ refunds }) =>
      refunds.some(({ refund }) => refund.tries >= 2 && refund.state.kind === 'succeeded'),
  },
  {
    seed: 154,
    why: 'S6a: a process stopped in mid-refund, its process id was learned late',
    shows: ({ history }) => history.some(({ what }) => what === 'refund_learned_late'),
  },
  {
    seed: 293,
    why: 'M15: a second person said yes, and the money went back',
    shows: ({ refunds }) =>
      refunds.some(({ refund }) => refund.approvedBy !== null && refund.state.kind === 'succeeded'),
  },
  {
    seed: 1,
    why: 'S6b: a sale was keyed under the id of a payment that its terminal had forgotten',
    shows: ({ history }) =>
      history.some(
        ({ facts, what }) =>
          what === 'held_for_operator' && facts['reason'] === 'process_forgotten',
      ),
  },
  {
    seed: 3176,
    why: 'S6b: a refund that its terminal had forgotten, and what was said of its id then',
    shows: ({ history }) =>
      history.some(
        ({ facts, what }) => what === 'refund_held' && facts['reason'] === 'process_forgotten',
      ),
  },
  {
    seed: 25,
    why: 'a refund whose result was unknown for a while, and then told',
    shows: ({ history }) =>
      history.some(
        ({ facts, what }) =>
          what === 'refunded' &&
          history.some(
            (line) => line.what === 'refund_unknown' && line.facts['refund'] === facts['refund'],
          ),
      ),
  },
]
