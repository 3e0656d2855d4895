// wapiti crawls the pages that everybody may open and attacks what it finds; ffuf looks for files and routes that
// nobody should find. Only modules that speak to nobody else.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding, ScanResult } from './finding.ts'
import { runTool } from './tool.ts'
import type { Victim } from './victim.ts'

const MODULES =
  'backup,blindsql,cookieflags,crlf,csp,exec,file,htaccess,http_headers,methods,permanentxss,sql,xss'
const CRAWL_SECONDS = 20
const ATTACK_SECONDS = 8
const WAPITI_LIMIT_MS = 130_000
const FFUF_LIMIT_MS = 60_000
const WORDS = join(import.meta.dirname, 'words.txt')

export async function crawl(victim: Victim, folder: string): Promise<ScanResult> {
  const file = join(folder, 'wapiti.json')
  const starts = ['/console/', '/docs/', `/pay/${victim.transactionId}`]
  const words = [
    ...['-u', `${victim.url}/`, '--scope', 'domain', '-m', MODULES, '-f', 'json', '-o', file],
    ...starts.flatMap((path) => ['-s', victim.url + path]),
    ...['--max-scan-time', String(CRAWL_SECONDS), '--max-attack-time', String(ATTACK_SECONDS)],
    ...['--no-bugreport', '--flush-session', '--store-session', folder, '-d', '3', '-t', '5'],
    // Nothing is to be asked of the scanner's own host.
    ...['--endpoint', `${victim.url}/nowhere`],
  ]
  const { isCut, out } = await runTool('wapiti', words, WAPITI_LIMIT_MS)
  const findings = isCut ? [cut(out)] : wapitiFindings(readFileSync(file, 'utf8'))
  return { findings, summary: `страницы и модули: ${MODULES}` }
}

interface WapitiReport {
  readonly vulnerabilities: Readonly<Record<string, readonly { path: string; info: string }[]>>
  readonly anomalies: Readonly<Record<string, readonly { path: string; info: string }[]>>
}

function wapitiFindings(text: string): Finding[] {
  const { vulnerabilities, anomalies } = JSON.parse(text) as WapitiReport
  return Object.entries({ ...vulnerabilities, ...anomalies }).flatMap(([kind, all]) =>
    all.map(({ path, info }) => ({
      tool: 'wapiti' as const,
      where: path,
      what: `${kind}: ${info}`,
    })),
  )
}

function cut(out: string): Finding {
  return { tool: 'wapiti', where: '/', what: `cut off: ${out.slice(-400)}` }
}

export async function lookForFiles(victim: Victim, folder: string): Promise<ScanResult> {
  const file = join(folder, 'ffuf.json')
  const words = ['-w', WORDS, '-u', `${victim.url}/FUZZ`, '-mc', 'all', '-fc', '404,400', '-t', '5']
  await runTool(
    'ffuf',
    [...words, '-s', '-of', 'json', '-o', file, '-maxtime', '50'],
    FFUF_LIMIT_MS,
  )
  const { results } = JSON.parse(readFileSync(file, 'utf8')) as {
    results: readonly { input: { FUZZ: string }; status: number; length: number }[]
  }
  const findings = results.map(({ input, status, length }) => ({
    tool: 'ffuf' as const,
    where: input.FUZZ,
    what: `${status} (${length} bytes)`,
  }))
  const count = readFileSync(WORDS, 'utf8').trim().split('\n').length
  return { findings, summary: `имён ${count}, ответов не 404 и не 400: ${findings.length}` }
}
