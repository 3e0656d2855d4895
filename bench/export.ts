// What an export costs: `node bench/export.ts` loads a million payments, has a centre in a process of its own
// write them all as CSV and as XLSX over HTTP, and measures rows a second and how much memory that process
// took more; unzip tests the XLSX. Prints a table and writes bench/export.md.

import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  createWriteStream,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { audited } from '../packages/server/src/accounts/audited.ts'
import { openLedgerWorld } from './ledger-world.ts'

/** A sheet's limit is above it: both files hold the same rows. */
const PAYMENTS = Number(process.env['BENCH_PAYMENTS'] ?? 1_000_000)
const LOOK_EVERY_MS = 200

const folder = mkdtempSync(join(tmpdir(), 'byfly-export-'))
const world = await openLedgerWorld(PAYMENTS)
const child = spawn(
  process.execPath,
  [
    join(import.meta.dirname, '../tests/support/centre-process.ts'),
    JSON.stringify({ env: world.env, limits: {} }),
  ],
  { stdio: ['ignore', 'pipe', 'inherit'] },
)
const exited = once(child, 'exit')
try {
  const [line] = await once(createInterface(child.stdout), 'line')
  const { url } = JSON.parse(line) as { url: string }
  const token = await adminToken()
  // A centre at rest has yet to compile what the first answer needs.
  await download(url, token, 'csv&status=processing')
  const lines = [
    '| file | rows a second | MB | memory at rest, MB | at most, MB | more, MB |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
  ]
  for (const format of ['csv', 'xlsx']) {
    const before = residentMb()
    let most = before
    const looking = setInterval(() => {
      most = Math.max(most, residentMb())
    }, LOOK_EVERY_MS)
    const began = performance.now()
    const path = await download(url, token, format)
    const seconds = (performance.now() - began) / 1_000
    clearInterval(looking)
    if (format === 'xlsx') execFileSync('unzip', ['-tq', path])
    const rows = format === 'csv' ? countLines(path) - 1 : PAYMENTS
    if (rows !== PAYMENTS) throw new Error(`В файле ${rows} строк`)
    const figures = [rows / seconds, statSync(path).size / 1e6, before, most, most - before]
    lines.push(
      `| ${format} | ${figures.map((figure) => Math.round(figure).toLocaleString('en')).join(' | ')} |`,
    )
    process.stdout.write(`${lines.at(-1)}\n`)
  }
  const text = `${lines.join('\n')}

${PAYMENTS.toLocaleString('en')} payments over HTTP from a centre in a process of its own, read as fast as it writes,
on ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'CPU'};
the XLSX passes \`unzip -t\`.
`
  writeFileSync(
    join(import.meta.dirname, 'export.md'),
    `# Exports\n\n\`node bench/export.ts\`\n\n${text}`,
  )
} finally {
  child.kill('SIGTERM')
  await exited
  await world.stop()
  rmSync(folder, { recursive: true, force: true })
}

async function adminToken(): Promise<string> {
  const { centre } = world
  const { staff } = centre.storage
  const actor = { kind: 'system', name: 'bench' } as const
  const session = await audited(centre, actor, async (tx) => {
    const id = await staff.addAdmin(tx, {
      phone: '+77000000001',
      name: 'Замер',
      countryIso: 'KZ',
      role: 'super_admin',
      countries: null,
      systems: null,
      sources: [],
    })
    if (id === null) throw new Error('Сотрудник уже есть')
    const terms = { adminId: id, lifeMs: 3_600_000, ip: '127.0.0.1', userAgent: null }
    const target = { kind: 'admin', id: String(id) }
    const result = await staff.openSession(tx, terms)
    return { result, line: { action: 'admin.created' as const, target, facts: {} } }
  })
  return centre.staffTokens.issue(session.id, session.adminId, session.expiresAtMs)
}

async function download(url: string, token: string, query: string): Promise<string> {
  const path = join(folder, `payments.${query.split('&')[0]}`)
  const response = await fetch(`${url}/api/admin/transactions/export?format=${query}`, {
    headers: { Authorization: `Bearer ${token}` },
  })
  if (response.status !== 200 || response.body === null) throw new Error(await response.text())
  await pipeline(Readable.fromWeb(response.body), createWriteStream(path))
  return path
}

/** Resident memory of the centre's process. */
function residentMb(): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1_024
}

function countLines(path: string): number {
  return Number(execFileSync('grep', ['-c', '', path], { encoding: 'utf8' }))
}
