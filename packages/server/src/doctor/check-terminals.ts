// Every terminal and its camera by the test that staff run on one. Never a start call; beside a running operation
// nothing is said to the device at all.

import { EVERYTHING, SECOND_MS } from '@byfly-pay/core'
import type { Centre } from '../ports/centre.ts'
import type { TerminalView } from '../ports/terminal-store.ts'
import { type Line, ok, skipped, warning } from '../terminals/check-line.ts'
import { selfTest } from '../terminals/self-test.ts'
import { type Check, examine } from './examine.ts'
import { type Finding, found } from './finding.ts'

/** A connection, a look of its own limit, and another after an exchange of tokens. */
const ONE_MS = 20 * SECOND_MS

/** Enough for a hundred terminals in two minutes where none of them answers. */
const AT_ONCE = 20

export async function terminalFindings(centre: Centre): Promise<Finding[]> {
  const terminals = await centre.storage.terminals.list(EVERYTHING)
  if (terminals.length === 0) {
    return [
      found('terminal', warning('Терминалов ещё нет', 'byfly terminal add «Касса 1» 10.0.0.5')),
    ]
  }
  const findings: Finding[] = []
  for (let at = 0; at < terminals.length; at += AT_ONCE) {
    const checks = terminals.slice(at, at + AT_ONCE).map((terminal) => checkOf(centre, terminal))
    findings.push(...(await examine(checks, centre.clock)))
  }
  return findings
}

function checkOf(centre: Centre, terminal: TerminalView): Check {
  const { id, isActive, name, takenOut } = terminal
  const about = `${id} «${name}»`
  return {
    name: 'terminal',
    limitMs: ONE_MS,
    async run() {
      if (!isActive) return [found('terminal', skipped('Отключён в настройках'), about)]
      if (takenOut !== null) return [found('terminal', skipped('Выведен из работы'), about)]
      const tested = await selfTest(centre, { scope: EVERYTHING }, id, 'ru')
      return told(tested?.lines ?? []).map((line) => found('terminal', line, about))
    },
  }
}

/** What is well is one line; each trouble is its own. */
function told(lines: readonly Line[]): readonly Line[] {
  const troubles = lines.filter(({ state }) => state === 'failed' || state === 'warning')
  if (troubles.length > 0) return troubles
  const seen = lines.filter(({ state }) => state === 'ok').map(({ message }) => message)
  return [ok(seen.join(', '))]
}
