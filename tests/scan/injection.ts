// sqlmap: each parameter that takes a text, and the words of a JSON body, as a source and as staff.

import type { Finding, ScanResult } from './finding.ts'
import { runTool } from './tool.ts'
import type { Victim } from './victim.ts'

const LIMIT_MS = 60_000

interface Target {
  readonly name: string
  readonly path: string
  readonly parameters: string
  readonly headers: readonly string[]
  readonly body?: string
}

function targetsOf({ apiToken, staffToken, transactionId }: Victim): Target[] {
  const asSource = [`X-API-Token: ${apiToken}`]
  const asStaff = [`Authorization: Bearer ${staffToken}`]
  const list = '/api/admin/transactions'
  const json = JSON.stringify({
    amount: 100_000,
    description: 'a',
    external_id: 'b*',
    customer_name: 'c',
  })
  return [
    {
      name: 'search',
      path: `${list}?search=ab&sort=created_at`,
      parameters: 'search',
      headers: asStaff,
    },
    {
      name: 'filters',
      path: `${list}?payment_method=kaspi_gold&cursor=abc&terminal_id=1`,
      parameters: 'payment_method,cursor,terminal_id',
      headers: asStaff,
    },
    {
      name: 'figures',
      path: '/api/admin/figures?group_by=day&currency=KZT',
      parameters: 'group_by,currency',
      headers: asStaff,
    },
    {
      name: 'audit',
      path: '/api/admin/audit?target_kind=source&action=a.b',
      parameters: 'target_kind,action',
      headers: asStaff,
    },
    {
      name: 'number in the path',
      path: `/pay/${transactionId}*/state`,
      parameters: '',
      headers: [],
    },
    {
      name: 'api token',
      path: '/api/payment-methods',
      parameters: '',
      headers: ['X-API-Token: abc*'],
    },
    { name: 'init', path: '/api/payment/init', parameters: '', headers: asSource, body: json },
    {
      name: 'phone',
      path: '/api/auth/send-code',
      parameters: '',
      headers: [],
      body: '{"phone":"+77011234567*"}',
    },
  ]
}

export async function injectSql(victim: Victim, folder: string): Promise<ScanResult> {
  const findings: Finding[] = []
  const lines: string[] = []
  for (const target of targetsOf(victim)) {
    const { out, isCut } = await runTool('sqlmap', wordsOf(victim, target, folder), LIMIT_MS)
    const verdict = verdictOf(out, isCut)
    lines.push(`${target.name}: ${TOLD[verdict]}`)
    if (verdict === 'vulnerable' || verdict === 'unknown') {
      findings.push({ tool: 'sqlmap', where: target.name, what: `${verdict}: ${out.slice(-800)}` })
    }
  }
  return { findings, summary: lines.join('\n  ') }
}

type Verdict = 'vulnerable' | 'clean' | 'out_of_time' | 'unknown'

const TOLD: Readonly<Record<Verdict, string>> = {
  vulnerable: 'НАЙДЕНО',
  clean: 'чисто',
  out_of_time: 'время вышло, ничего не найдено',
  unknown: 'сканер не дошёл до ответа',
}

function verdictOf(out: string, isCut: boolean): Verdict {
  if (/is vulnerable|following injection point|appears to be .*injectable/.test(out)) {
    return 'vulnerable'
  }
  if (/do(es)? not (seem|appear) to be injectable/.test(out)) return 'clean'
  return isCut ? 'out_of_time' : 'unknown'
}

function wordsOf(
  victim: Victim,
  { path, parameters, headers, body }: Target,
  folder: string,
): string[] {
  return [
    '-u',
    victim.url + path,
    ...(parameters === '' ? [] : ['-p', parameters]),
    ...headers.flatMap((header) => ['-H', header]),
    ...(body === undefined ? [] : ['--data', body, '-H', 'Content-Type: application/json']),
    '--batch',
    '--flush-session',
    '--level=1',
    '--risk=1',
    '--dbms=PostgreSQL',
    '--technique=BEUST',
    '--time-sec=2',
    '--ignore-code=400,401,404,429',
    '--disable-coloring',
    '--timeout=5',
    '--retries=0',
    `--output-dir=${folder}`,
  ]
}
