// Makes the centre known to a protected terminal: somebody presses «Разрешить» on its screen, and the
// tokens it answers with are kept. The call is made once; there is no retry of it here, and it is not cut
// short when nobody waits for its outcome: a tap without its tokens would lock the centre out.

import { audited } from '../accounts/audited.ts'
import type { Acting } from '../accounts/staff.ts'
import { keepSaving } from '../payments/keep-saving.ts'
import type { Centre } from '../ports/centre.ts'
import type { RegisterResult } from '../ports/provider.ts'
import { checkTerminal } from './check-terminal.ts'
import { noteTrouble } from './note-trouble.ts'
import { reachTerminal } from './reach-terminal.ts'

/** Two registrations at once would ask twice on one screen. */
export type RegisterOutcome =
  | RegisterResult['kind']
  | 'not_found'
  | 'certificate_changed'
  | 'in_progress'

/** What is told of one that was tried. */
export type ToldRegistration = Exclude<RegisterOutcome, 'not_found' | 'in_progress'>

/** A little more than the driver itself waits for the tap. */
const REGISTER_MS = 130_000
/** And for what follows: only a process that died leaves its lease to run out. */
const LEASE_MS = REGISTER_MS + 10_000

/** `name` is what the terminal shows and keeps; it is fixed at the registration. */
export async function registerTerminal(
  centre: Centre,
  acting: Acting,
  terminalId: number,
  name: string,
): Promise<RegisterOutcome> {
  const { leases, terminals } = centre.storage
  if ((await terminals.view(acting.scope, terminalId)) === null) return 'not_found'
  const lease = `register-terminal-${terminalId}`
  const owner = centre.random.bytes(16).toString('hex')
  if (!(await leases.acquire(lease, owner, LEASE_MS))) return 'in_progress'
  try {
    return await register(centre, acting, terminalId, name)
  } finally {
    await leases.release(lease, owner)
  }
}

async function register(
  centre: Centre,
  { actor }: Acting,
  terminalId: number,
  name: string,
): Promise<RegisterOutcome> {
  const { terminals } = centre.storage
  const reached = await reachTerminal(centre, terminalId)
  if (reached === null) return 'not_found'
  const signal = centre.clock.timeout(REGISTER_MS)
  const result = await reached.provider.register(reached.device, name, signal)
  if (result.trouble === 'certificate_changed') {
    await noteTrouble(centre, terminalId, result.trouble)
    return result.trouble
  }
  if (result.kind !== 'registered') return result.kind
  const { tokens } = result
  await keepSaving(centre, { terminal: terminalId }, () =>
    audited(centre, actor, async (tx) => {
      await terminals.keepRegistered(tx, terminalId, name, tokens)
      const target = { kind: 'terminal', id: String(terminalId) }
      const line = { action: 'terminal.registered', target, facts: { name } } as const
      return { result: undefined, line }
    }),
  )
  // Learns who the device is, and ends the trouble that called for this.
  await checkTerminal(centre, terminalId)
  return 'registered'
}
