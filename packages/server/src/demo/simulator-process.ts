// The simulated terminals of demo mode, as a process of their own: `kill -9` of the centre leaves
// them running, as real terminals would be, and the next start finds them again on the same ports.
// It must never speak to, or stop, a process that is not this data folder's simulator.

import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Log } from '../ports/log.ts'
import { OperatorError } from '../ports/operator-error.ts'
import { commandLine } from '../storage/embedded/command-line.ts'
import { chooseFreePort, isPortFree } from '../storage/embedded/free-port.ts'

export type SimulatedTerminal = {
  readonly number: number
  readonly host: string
  readonly port: number
  readonly cameraUrl: string
}

export type Simulator = {
  /** The control address: phone, faults, journal. */
  readonly url: string
  readonly terminals: readonly SimulatedTerminal[]
  stop(): Promise<void>
}

type SimulatorRecord = {
  readonly pid: number
  readonly port: number
  readonly terminalPorts: readonly number[]
}

const MAIN = fileURLToPath(new URL('../../../simulator/src/main.ts', import.meta.url))
const CAMERAS = ['png', 'json', 'text']
const READY_MS = 15_000
const STOP_MS = 5_000
const ANSWER_MS = 2_000
const POLL_MS = 50

export async function openSimulator(options: {
  dataDir: string
  log: Log
  terminals: number
}): Promise<Simulator> {
  const { log } = options
  // Whole, since the path is part of the command line by which the process is known again.
  const dataDir = resolve(options.dataDir)
  mkdirSync(dataDir, { recursive: true })
  const remembered = readRecord(dataDir)
  if (remembered && isOurs(remembered.pid, dataDir)) {
    const adopted = await waitForSimulator(remembered, dataDir)
    if (adopted && adopted.length === options.terminals) {
      log.info({ pid: remembered.pid }, 'Имитатор терминалов уже работал: подключаемся к нему.')
      return handle(remembered, dataDir, adopted)
    }
    await stopSimulator(remembered, dataDir)
  }
  const record = await start(dataDir, options.terminals, remembered)
  const terminals = await waitForSimulator(record, dataDir)
  if (!terminals) {
    await stopSimulator(record, dataDir)
    throw new OperatorError(
      `Имитатор терминалов не запустился. Причина — в конце файла ${join(dataDir, 'simulator.log')}:\n` +
        lastLines(join(dataDir, 'simulator.log')),
    )
  }
  log.info({ pid: record.pid, port: record.port }, 'Имитатор терминалов запущен.')
  return handle(record, dataDir, terminals)
}

function handle(
  record: SimulatorRecord,
  dataDir: string,
  terminals: SimulatedTerminal[],
): Simulator {
  return { url: urlOf(record), terminals, stop: () => stopSimulator(record, dataDir) }
}

async function start(
  dataDir: string,
  terminalCount: number,
  remembered: SimulatorRecord | undefined,
): Promise<SimulatorRecord> {
  const taken = new Set<number>()
  const port = await keepOrChoose(remembered?.port, taken)
  const terminalPorts: number[] = []
  for (let index = 0; index < terminalCount; index += 1) {
    terminalPorts.push(await keepOrChoose(remembered?.terminalPorts[index], taken))
  }
  const cameras = terminalPorts.map((_, index) => CAMERAS[index % CAMERAS.length])
  const fd = openSync(join(dataDir, 'simulator.log'), 'w', 0o600)
  const child = spawn(
    process.execPath,
    [
      MAIN,
      ...['--port', String(port), '--terminals', String(terminalCount)],
      ...['--terminal-ports', terminalPorts.join(','), '--cameras', cameras.join(',')],
      ...['--journal', journalFile(dataDir)],
    ],
    { detached: true, stdio: ['ignore', fd, fd] },
  )
  closeSync(fd)
  // A process that could not be made has no pid, is never found alive, and so fails the wait.
  child.on('error', () => {})
  child.unref()
  const record = { pid: child.pid ?? 0, port, terminalPorts }
  writeRecord(dataDir, record)
  return record
}

async function keepOrChoose(remembered: number | undefined, taken: Set<number>): Promise<number> {
  let port = remembered
  while (port === undefined || taken.has(port) || !(await isPortFree(port))) {
    port = await chooseFreePort()
  }
  taken.add(port)
  return port
}

/** Its terminals when it answers as ours in time, nothing when it ended or stays silent. */
async function waitForSimulator(
  record: SimulatorRecord,
  dataDir: string,
): Promise<SimulatedTerminal[] | undefined> {
  const startedAt = performance.now()
  while (performance.now() - startedAt < READY_MS && isOurs(record.pid, dataDir)) {
    const terminals = await askTerminals(record)
    if (terminals) return terminals
    await sleep(POLL_MS)
  }
  return undefined
}

async function askTerminals(record: SimulatorRecord): Promise<SimulatedTerminal[] | undefined> {
  try {
    const health = await fetch(`${urlOf(record)}/healthz`, answerWithin())
    const answer = await fetch(`${urlOf(record)}/terminals`, answerWithin())
    if (!health.ok || !answer.ok) return undefined
    return terminalsIn(await answer.json())
  } catch {
    return undefined
  }
}

function answerWithin(): RequestInit {
  return { signal: AbortSignal.timeout(ANSWER_MS) }
}

function terminalsIn(body: unknown): SimulatedTerminal[] | undefined {
  if (typeof body !== 'object' || body === null || !('terminals' in body)) return undefined
  if (!Array.isArray(body.terminals)) return undefined
  const terminals: SimulatedTerminal[] = []
  for (const row of body.terminals) {
    const { number, host, port, camera_url: cameraUrl } = row
    if (typeof number !== 'number' || typeof host !== 'string') return undefined
    if (typeof port !== 'number' || typeof cameraUrl !== 'string') return undefined
    terminals.push({ number, host, port, cameraUrl })
  }
  return terminals
}

/** A reused pid, or the simulator of another data folder, has another command line. */
function isOurs(pid: number, dataDir: string): boolean {
  if (pid <= 0) return false
  const words = commandLine(pid)
  return words.includes(MAIN) && words.includes(journalFile(dataDir))
}

async function stopSimulator(record: SimulatorRecord, dataDir: string): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (!isOurs(record.pid, dataDir)) return
    try {
      process.kill(record.pid, signal)
    } catch {
      return
    }
    const startedAt = performance.now()
    while (performance.now() - startedAt < STOP_MS && isOurs(record.pid, dataDir))
      await sleep(POLL_MS)
  }
}

function urlOf(record: SimulatorRecord): string {
  return `http://127.0.0.1:${record.port}`
}

function journalFile(dataDir: string): string {
  return join(dataDir, 'simulator-journal.ndjson')
}

function readRecord(dataDir: string): SimulatorRecord | undefined {
  try {
    const record: Partial<SimulatorRecord> = JSON.parse(
      readFileSync(join(dataDir, 'simulator.json'), 'utf8'),
    )
    const { pid, port, terminalPorts } = record
    if (typeof pid !== 'number' || typeof port !== 'number') return undefined
    return Array.isArray(terminalPorts) ? { pid, port, terminalPorts } : undefined
  } catch {
    // Missing or spoilt: nothing of value is lost, the simulator gets new ports.
    return undefined
  }
}

function writeRecord(dataDir: string, record: SimulatorRecord): void {
  const file = join(dataDir, 'simulator.json')
  writeFileSync(`${file}.new`, `${JSON.stringify(record)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

function lastLines(file: string): string {
  return readFileSync(file, 'utf8').trim().split('\n').slice(-5).join('\n')
}
