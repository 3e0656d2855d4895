// The whole test of one terminal, as somebody runs it who has just put it up or wonders what is
// wrong, and as the centre runs it on a suspended one. On a terminal that carries an operation nothing is
// done that could disturb it.

import { afterTest, type Language, type Moment } from '@byfly-pay/core'
import { audited } from '../accounts/audited.ts'
import type { Acting } from '../accounts/staff.ts'
import type { Centre } from '../ports/centre.ts'
import type { ConnectionLook } from '../ports/provider.ts'
import type { TerminalView } from '../ports/terminal-store.ts'
import type { Seen } from './check-line.ts'
import { checkTerminal } from './check-terminal.ts'
import { CHECKS, type CheckLine, checklistOf } from './checklist.ts'
import { lookBeside } from './look-beside.ts'
import { type ReachedTerminal, reachTerminal } from './reach-terminal.ts'
import { TERMINAL_WORDS } from './words/words.ts'

export interface SelfTest {
  readonly atMs: Moment
  readonly lines: readonly CheckLine[]
}

/** Hears of lines as they are found. */
export type TellLines = (lines: readonly CheckLine[]) => void

/**
 * A suspended terminal whose test goes well is back in the pool, whoever ran it. Null when there is no
 * such terminal for the viewer.
 */
export async function selfTest(
  centre: Centre,
  { scope }: Pick<Acting, 'scope'>,
  terminalId: number,
  language: Language,
  tell: TellLines = () => {},
): Promise<SelfTest | null> {
  const { terminals } = centre.storage
  const before = await terminals.view(scope, terminalId)
  const reached = before === null ? null : await reachTerminal(centre, terminalId)
  if (before === null || reached === null) return null
  const first: CheckLine[] = []
  const told = { before, words: TERMINAL_WORDS[language], zone: centre.zone }
  const seen = await look(centre, before, reached, async (connection) => {
    // Read again: the first use of a terminal may have taken its certificate.
    const after = (await terminals.view(scope, terminalId)) ?? before
    const part = { ...told, after, connection, check: null, screen: null }
    first.push(...checklistOf(part, OF_CONNECTION))
    tell(first)
  })
  const after = (await terminals.view(scope, terminalId)) ?? before
  const rest = checklistOf({ ...told, ...seen, after }, AFTER_CONNECTION)
  tell(rest)
  const lines = [...first, ...rest]
  // A test beside an operation has not spoken to the device, and proves nothing of it.
  if (seen.check !== null) await keepTested(centre, terminalId, lines)
  return { atMs: after.nowMs, lines }
}

const OF_CONNECTION = ['network', 'tls'] as const
const AFTER_CONNECTION = CHECKS.filter((check) => check !== 'network' && check !== 'tls')

/** The same for a member of staff, whose test stays in the audit: what was well and what was not. */
export async function testByStaff(
  centre: Centre,
  acting: Acting,
  terminalId: number,
  language: Language,
  tell?: TellLines,
): Promise<SelfTest | null> {
  const tested = await selfTest(centre, acting, terminalId, language, tell)
  if (tested === null) return null
  const facts = Object.fromEntries(tested.lines.map(({ check, state }) => [check, state]))
  const target = { kind: 'terminal', id: String(terminalId) }
  await audited(centre, acting.actor, async () => ({
    result: undefined,
    line: { action: 'terminal.tested', target, facts },
  }))
  return tested
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
  connected: (connection: ConnectionLook) => Promise<void>,
): Promise<Looks> {
  if (holder !== null) {
    const seen = await lookBeside(centre, reached)
    await connected(seen.connection)
    return { ...seen, check: null }
  }
  const { device, provider } = reached
  const connection = await provider.connect(device, centre.clock.timeout(CONNECT_MS))
  await connected(connection)
  const check = await checkTerminal(centre, id)
  return { connection, check, screen: check?.screen ?? null }
}

const CONNECT_MS = 5_000
