// What lies on a desk until a person has seen to it: the closed list of kinds, the desk of each, what may
// be done there, and by whose right. Whose entries exist for whom is the scope's to say.

import type { TaskKind } from '../payment/effect.ts'
import type { Right } from '../staff/role.ts'
import { MINUTE_MS } from '../time.ts'

/** Two payments of one customer within this time may be one that was paid twice. */
export const DUPLICATE_WITHIN_MS = 10 * MINUTE_MS

export const DESKS = [
  'unknown_results',
  'late_money',
  'overpaid',
  'refunds',
  'terminals',
  'outside',
  'statements',
  'other',
] as const
export type Desk = (typeof DESKS)[number]

/** What a statement, or a look over the books, brings to a desk. */
export const FINDINGS = [
  /** Money that a statement shows and the books do not: keyed on the device, or taken in the bank's app. */
  'sale_outside',
  'refund_outside',
  /** A terminal that still remembers an operation tells of other money than the books. */
  'terminal_disagrees',
  /** Another payment of the same source's for the same order has been paid too (T9). */
  'second_payment',
  /** The same customer paid the same sum to the same source twice within minutes. */
  'possible_duplicate',
  /** Money in the books that a statement of that time does not show. */
  'missing_there',
  'statement_differs',
  /** Several pairs are possible, and none is guessed. */
  'ambiguous',
] as const
export type Finding = (typeof FINDINGS)[number]

/** What only a person ends on a terminal, or its own next start. */
export type TerminalKind =
  | 'quarantined'
  | 'not_registered'
  | 'certificate_changed'
  /** The books are older than what it may have done (I18). */
  | 'books_restored'

export type EntryKind = TaskKind | Finding | TerminalKind

/** What is done about a cause itself, elsewhere in the centre, and the right it takes there. */
const CURES = {
  resolve_attempt: 'payments.resolve',
  cancel_payment: 'payments.cancel',
  approve_refund: 'refunds.approve',
  resolve_refund: 'refunds.approve',
  resolve_quarantine: 'terminals.operate',
  register_terminal: 'terminals.operate',
  // Whoever may not say where a device is may not unlock its certificate either.
  trust_certificate: 'terminals.connect',
} as const satisfies Readonly<Record<string, Right>>
type Cure = keyof typeof CURES

export const DESK_ACTIONS = [
  'take',
  'assign',
  'note',
  'close',
  ...(Object.keys(CURES) as Cure[]),
] as const
export type DeskAction = (typeof DESK_ACTIONS)[number]

interface KindRow {
  readonly desk: Desk
  readonly cure?: Cure
  /**
   * Who may close it: anybody of its desk; nobody while its attempt is open, for that would hide an
   * operation nobody has a word about; or nobody at all, for it ends with its cause.
   */
  readonly closes: 'by_hand' | 'once_attempt_ended' | 'by_itself'
}

const KINDS: Readonly<Record<EntryKind, KindRow>> = {
  result_unknown: {
    desk: 'unknown_results',
    cure: 'resolve_attempt',
    closes: 'once_attempt_ended',
  },
  start_lost: { desk: 'unknown_results', cure: 'resolve_attempt', closes: 'once_attempt_ended' },
  settle_by_hand: {
    desk: 'unknown_results',
    cure: 'resolve_attempt',
    closes: 'once_attempt_ended',
  },
  late_money: { desk: 'late_money', closes: 'by_hand' },
  overpaid: { desk: 'overpaid', closes: 'by_hand' },
  refund_due: { desk: 'refunds', closes: 'by_hand' },
  refund_approval: { desk: 'refunds', cure: 'approve_refund', closes: 'by_itself' },
  refund_unclear: { desk: 'refunds', cure: 'resolve_refund', closes: 'by_itself' },
  quarantined: { desk: 'terminals', cure: 'resolve_quarantine', closes: 'by_itself' },
  not_registered: { desk: 'terminals', cure: 'register_terminal', closes: 'by_itself' },
  certificate_changed: { desk: 'terminals', cure: 'trust_certificate', closes: 'by_itself' },
  books_restored: { desk: 'terminals', closes: 'by_hand' },
  sale_outside: { desk: 'outside', closes: 'by_hand' },
  refund_outside: { desk: 'outside', closes: 'by_hand' },
  terminal_disagrees: { desk: 'outside', closes: 'by_hand' },
  second_payment: { desk: 'outside', closes: 'by_hand' },
  possible_duplicate: { desk: 'outside', closes: 'by_hand' },
  missing_there: { desk: 'statements', closes: 'by_hand' },
  statement_differs: { desk: 'statements', closes: 'by_hand' },
  ambiguous: { desk: 'statements', closes: 'by_hand' },
  unknown_product: { desk: 'other', closes: 'by_hand' },
  sum_differs: { desk: 'other', closes: 'by_hand' },
  partially_paid_idle: { desk: 'other', cure: 'cancel_payment', closes: 'by_hand' },
}

export const ENTRY_KINDS = Object.keys(KINDS) as readonly EntryKind[]

const DESK_RIGHTS: Readonly<Record<Desk, Right>> = {
  unknown_results: 'payments.resolve',
  late_money: 'payments.resolve',
  overpaid: 'payments.resolve',
  refunds: 'payments.resolve',
  terminals: 'terminals.operate',
  outside: 'books.reconcile',
  statements: 'books.reconcile',
  other: 'books.reconcile',
}

export function deskOf(kind: EntryKind): Desk {
  return KINDS[kind].desk
}

export function kindsOn(desk: Desk): readonly EntryKind[] {
  return ENTRY_KINDS.filter((kind) => KINDS[kind].desk === desk)
}

/** The right to work at a desk; reading it takes `desks.read`. */
export function rightAtDesk(desk: Desk): Right {
  return DESK_RIGHTS[desk]
}

export interface EntryStanding {
  readonly kind: EntryKind
  readonly isClosed: boolean
  /** Whether its attempt still waits for a word; false without one. */
  readonly isAttemptOpen: boolean
}

export function isClosableByHand({ kind, isClosed, isAttemptOpen }: EntryStanding): boolean {
  const { closes } = KINDS[kind]
  if (isClosed || closes === 'by_itself') return false
  return closes === 'by_hand' || !isAttemptOpen
}

/** What a person with these rights may do about it as it stands. */
export function actionsOn(entry: EntryStanding, has: (right: Right) => boolean): DeskAction[] {
  const { cure, desk } = KINDS[entry.kind]
  const mayWork = has(rightAtDesk(desk))
  if (entry.isClosed) return mayWork ? ['note'] : []
  const needsWord = cure !== 'resolve_attempt' || entry.isAttemptOpen
  return [
    ...(mayWork ? (['take', 'assign', 'note'] as const) : []),
    ...(cure !== undefined && needsWord && has(CURES[cure]) ? [cure] : []),
    ...(mayWork && isClosableByHand(entry) ? (['close'] as const) : []),
  ]
}
