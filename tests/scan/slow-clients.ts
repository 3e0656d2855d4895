// slowhttptest: heads, bodies and reads that take for ever, a thousand at a time, while an ordinary client goes on.

import { stripVTControlCharacters } from 'node:util'
import type { Finding, ScanResult } from './finding.ts'
import { startProbe } from './probe.ts'
import { runTool } from './tool.ts'
import type { Victim } from './victim.ts'

const CONNECTIONS = 1_000
const ATTACK_SECONDS = 25
const LIMIT_MS = (ATTACK_SECONDS + 15) * 1_000
/** Longer than that an ordinary call may not take meanwhile. */
const SLOWEST_MS = 3_000

const ATTACKS: Readonly<Record<string, readonly string[]>> = {
  'slow heads': ['-H', '-i', '3'],
  'slow bodies': ['-B', '-i', '3', '-s', '8192', '-f', 'application/json'],
  'slow reads': ['-X', '-w', '1', '-y', '16', '-n', '3', '-z', '8', '-k', '3'],
}

export async function attackSlowly(victim: Victim): Promise<ScanResult> {
  const findings: Finding[] = []
  const lines: string[] = []
  for (const [name, flags] of Object.entries(ATTACKS)) {
    const path = name === 'slow reads' ? '/docs/openapi.json' : '/api/payment/init'
    const words = ['-c', String(CONNECTIONS), '-r', '300', '-l', String(ATTACK_SECONDS), '-p', '3']
    const probe = startProbe(victim)
    const { out } = await runTool(
      'slowhttptest',
      [...flags, ...words, '-u', victim.url + path],
      LIMIT_MS,
    )
    const { calls, refused, slowestMs } = await probe.stop()
    const isUp = /service available:\s*YES/.test(stripVTControlCharacters(out).slice(-3_000))
    const told = `${name}: обычный клиент: вызовов ${calls}, отказов ${refused}, самый долгий ${Math.round(slowestMs)} мс`
    lines.push(told)
    const report = (what: string) => findings.push({ tool: 'slowhttptest', where: name, what })
    if (!isUp) report(`its own probe says that the service is away: ${lastWords(out)}`)
    if (calls === 0 || refused > 0 || slowestMs > SLOWEST_MS) report(told)
  }
  return { findings, summary: lines.join('\n  ') }
}

function lastWords(out: string): string {
  return out.trim().split('\n').slice(-3).join(' ')
}
