// Who watches which open attempt. A lease is by the database's clock and carries a number that grows
// with each holder, so that a process that was stopped and woke finds itself fenced off.

import type { LeasedAttempt } from '../ports/pool-store.ts'
import type { Session, Statement } from './session.ts'

const RENEW: Statement = {
  name: 'attempt_leases_renew',
  text: `
    UPDATE open_attempts SET lease_until = centre_now() + $3::integer * interval '1 millisecond'
    WHERE lease_owner = $1 AND attempt_id = ANY ($2::uuid[])
    RETURNING attempt_id`,
}

/** One that is held waits for a person: there is nothing to watch. */
const TAKE_OVER: Statement = {
  name: 'attempt_leases_take_over',
  text: `
    UPDATE open_attempts o SET lease_owner = $1, fence = o.fence + 1,
      lease_until = centre_now() + $2::integer * interval '1 millisecond'
    FROM (
      SELECT attempt_id FROM open_attempts
      WHERE lease_until <= (SELECT centre_now()) AND state <> 'held'
      ORDER BY lease_until
      FOR UPDATE SKIP LOCKED
      LIMIT $3
    ) AS ran_out
    WHERE o.attempt_id = ran_out.attempt_id
    RETURNING o.attempt_id, o.payment_id, o.terminal_id, o.fence, o.purpose`,
}

const RELEASE: Statement = {
  name: 'attempt_leases_release',
  text: 'UPDATE open_attempts SET lease_until = centre_now() WHERE lease_owner = $1',
}

const LEASE_OF: Statement = {
  name: 'attempt_lease',
  text: `
    SELECT attempt_id, payment_id, terminal_id, fence, purpose
    FROM open_attempts WHERE attempt_id = $1`,
}

/** By the terminal, not its registration: whichever device it is by now, it is asked about both. */
const SHARING: Statement = {
  name: 'attempts_sharing_process',
  text: `
    SELECT attempt_id, payment_id, terminal_id, fence, purpose FROM open_attempts
    WHERE terminal_id = $1 AND process_id = $2 AND attempt_id <> $3
      AND state <> 'held' AND NOT forgotten`,
}

interface LeasedRow {
  readonly attempt_id: string
  readonly payment_id: string
  readonly terminal_id: number
  readonly fence: bigint
  readonly purpose: LeasedAttempt['purpose']
}

export async function renewLeases(
  session: Session,
  owner: string,
  attemptIds: readonly string[],
  forMs: number,
): Promise<string[]> {
  const rows = await session.rows<LeasedRow>(RENEW, [owner, attemptIds, forMs])
  return rows.map(({ attempt_id }) => attempt_id)
}

export async function takeOver(
  session: Session,
  owner: string,
  forMs: number,
  limit: number,
): Promise<LeasedAttempt[]> {
  const rows = await session.rows<LeasedRow>(TAKE_OVER, [owner, forMs, limit])
  return rows.map(leasedAttemptOf)
}

export async function releaseLeases(session: Session, owner: string): Promise<void> {
  await session.rows(RELEASE, [owner])
}

export async function leaseOf(session: Session, attemptId: string): Promise<LeasedAttempt | null> {
  const [row] = await session.rows<LeasedRow>(LEASE_OF, [attemptId])
  return row === undefined ? null : leasedAttemptOf(row)
}

export async function sharingProcess(
  session: Session,
  { attemptId, terminalId }: LeasedAttempt,
  processId: string,
): Promise<LeasedAttempt[]> {
  const rows = await session.rows<LeasedRow>(SHARING, [terminalId, processId, attemptId])
  return rows.map(leasedAttemptOf)
}

function leasedAttemptOf(row: LeasedRow): LeasedAttempt {
  return {
    attemptId: row.attempt_id,
    paymentId: row.payment_id,
    terminalId: row.terminal_id,
    fence: row.fence,
    purpose: row.purpose,
  }
}
