// `npm run scan`: scanners that others wrote against a centre in production mode on loopback, ten minutes at
// most. Its exit code says whether anything was found that is not known to be harmless.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startTestServer } from '../support/test-server.ts'
import { crawl, lookForFiles } from './crawlers.ts'
import { type Finding, isHarmless, type ScanResult } from './finding.ts'
import { injectSql } from './injection.ts'
import { attackSlowly } from './slow-clients.ts'
import { haveTools, TOOLS, type Tool } from './tool.ts'
import { startVictim, type Victim } from './victim.ts'

const SCANS: Readonly<Record<Tool, (victim: Victim, folder: string) => Promise<ScanResult>>> = {
  slowhttptest: attackSlowly,
  sqlmap: injectSql,
  wapiti: crawl,
  ffuf: lookForFiles,
}

const say = (line: string) => process.stdout.write(`${line}\n`)

async function scan(): Promise<readonly Finding[]> {
  const tools = haveTools(say)
  for (const tool of TOOLS)
    if (!tools.includes(tool)) say(`${tool}: нет и не установился, пропущен`)
  const folder = mkdtempSync(join(tmpdir(), 'byfly-scan-'))
  const victim = await startVictim()
  const all: Finding[] = []
  try {
    for (const tool of tools) {
      const startedAt = performance.now()
      const { findings, summary } = await SCANS[tool](victim, folder)
      const seconds = Math.round((performance.now() - startedAt) / 1_000)
      say(`${tool}, ${seconds} с:\n  ${summary}`)
      const known = findings.filter(isHarmless)
      if (known.length > 0) say(`  известно и безвредно: ${known.length}`)
      all.push(...findings.filter((each) => !isHarmless(each)))
    }
  } finally {
    await victim.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return all
}

const server = await startTestServer()
process.env['BYFLY_TEST_SERVER'] = JSON.stringify(server.server)
const findings = await scan().finally(() => server.stop())
for (const { tool, where, what } of findings) say(`✖ ${tool}: ${where}: ${what}`)
say(findings.length === 0 ? 'ничего, кроме известного' : `найдено: ${findings.length}`)
process.exit(findings.length === 0 ? 0 : 1)
