// The whole test of one terminal, as somebody runs it who has just put it up or wonders what is
// wrong, and as the centre runs it on a suspended one. On a terminal that carries an operation nothing is
// done that could disturb it.

import { afterTest, type Moment } from '@byfly-pay/core'
import type { Acting } from '../accounts/staff.ts'
import type { Centre } from '../ports/centre.ts'
import type { TerminalView } from '../ports/terminal-store.ts'
import type { Seen } from './check-line.ts'
import { checkTerminal } from './check-terminal.ts'
import { type CheckLine, checklistOf } from './checklist.ts'
import { lookBeside } from './look-beside.ts'
import { type ReachedTerminal, reachTerminal } from './reach-terminal.ts'

export interface SelfTest {
  readonly atMs: Moment
  readonly lines: readonly CheckLine[]
}

/**
 * A suspended terminal whose test goes well is back in the pool, whoever ran it. Null when there is no
 * such terminal for the viewer.
 */
export async function selfTest(
  centre: Centre,
  { scope }: Pick<Acting, 'scope'>,
  terminalId: number,
): Promise<SelfTest | null> {
  const { terminals } = centre.storage
  const before = await terminals.view(scope, terminalId)
  const reached = before === null ? null : await reachTerminal(centre, terminalId)
  if (before === null || reached === null) return null
  const seen = await look(centre, before, reached)
  const after = (await terminals.view(scope, terminalId)) ?? before
  const lines = checklistOf({ ...seen, before, after, zone: centre.zone })
  // A test beside an operation has not spoken to the device, and proves nothing of it.
  if (seen.check !== null) await keepTested(centre, terminalId, lines)
  return { atMs: after.nowMs, lines }
}

async function keepTested(
  { log, storage: { health } }: Centre,
  terminalId: number,
  lines: readonly CheckLine[],
): Promise<void> {
  const { breaker, nowMs } = await health.breakerOf(terminalId)
  if (breaker.kind === 'closed') return
  const isWell = lines.every(({ state }) => state !== 'failed')
  await health.keepTested(terminalId, afterTest(breaker, isWell, nowMs))
  if (isWell) log.warn({ terminal: terminalId }, 'Самопроверка прошла: терминал снова в работе')
}

type Looks = Pick<Seen, 'connection' | 'check' | 'screen'>

async function look(
  centre: Centre,
  { holder, id }: TerminalView,
  reached: ReachedTerminal,
): Promise<Looks> {
  if (holder !== null) return { ...(await lookBeside(centre, reached)), check: null }
  const { device, provider } = reached
  const connection = await provider.connect(device, centre.clock.timeout(CONNECT_MS))
  const check = await checkTerminal(centre, id)
  return { connection, check, screen: check?.screen ?? null }
}

const CONNECT_MS = 5_000
