// What an error of the database means to whoever ran the statement. Nothing here decides about money;
// what it does not know stays an ordinary error.

import pg from 'pg'

export type Fault =
  /** Two transactions met; this one was rolled back and may run again. */
  | 'race'
  /** The connection is gone, and with it the answer to what was asked last. */
  | 'cut'
  /** The server is there and does not do it: too slow, no room, no entry, no writing. */
  | 'refused'
  /** A mistake of the program or of the data. */
  | 'other'

const SERIALIZATION_FAILURE = '40001'
const DEADLOCK = '40P01'
const UNIQUE_VIOLATION = '23505'

/** Rows that two transactions may both find missing; the loser runs again and sees the winner's. */
const RACED_CONSTRAINTS: ReadonlySet<string> = new Set([
  'open_attempts_terminal',
  'open_attempts_one_per_payment',
  'open_attempts_pkey',
  'captures_money_once',
  'qr_seen_pkey',
])

/** The server ended the connection: shutdown, crash, too long idle, starting up. */
const CUT_STATES: ReadonlySet<string> = new Set(['57P01', '57P02', '57P03', '57P05', '25P03'])

/** Statement timeout, lock timeout, a standby that does not take writes, no such database. */
const REFUSED_STATES: ReadonlySet<string> = new Set(['57014', '55P03', '25006', '3D000'])

/** Out of connections, memory or disk; not let in. */
const REFUSED_CLASSES: ReadonlySet<string> = new Set(['53', '28'])

/** How pg words an unusable connection when no system call failed. */
const CUT_MESSAGES =
  /^(Connection terminated|Client has encountered|Client was closed|Query read timeout|timeout e|Cannot use a pool)/

export function faultOf(error: unknown): Fault {
  if (error instanceof pg.DatabaseError) return faultOfState(error)
  if (!(error instanceof Error)) return 'other'
  // A failed system call (ECONNRESET, EPIPE, ENOTFOUND, …), or one failure for each address of a host.
  const isOfNetwork = 'syscall' in error || error instanceof AggregateError
  return isOfNetwork || CUT_MESSAGES.test(error.message) ? 'cut' : 'other'
}

function faultOfState({ code = '', constraint = '' }: pg.DatabaseError): Fault {
  if (code === SERIALIZATION_FAILURE || code === DEADLOCK) return 'race'
  if (code === UNIQUE_VIOLATION && RACED_CONSTRAINTS.has(constraint)) return 'race'
  if (CUT_STATES.has(code) || code.startsWith('08')) return 'cut'
  if (REFUSED_STATES.has(code) || REFUSED_CLASSES.has(code.slice(0, 2))) return 'refused'
  return 'other'
}
