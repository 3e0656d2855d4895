// Simulated terminals and cameras in a process of their own, which notes when the device could be read, when it said so
// and when it said that it was paid: against which the centre's own time is measured. It changes nothing of what they do.

import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { startSimulator, type Terminal } from '../packages/simulator/src/index.ts'
import { sharedNowMs } from './machine.ts'
import type { DeviceAddress } from './world.ts'

export interface DevicesArgument {
  readonly terminals: number
  readonly camera: 'json' | 'jpeg'
  /** The QR is on the screen so long after the start, each time another share of the way. */
  readonly initializeMs: readonly [number, number]
}

export interface DevicesHello {
  readonly url: string
  readonly terminals: readonly DeviceAddress[]
}

/** Moments of one operation, in ms of the shared clock; a moment that has not come is null. */
export interface Stamps {
  readonly qr: string
  /** The start call arrived. */
  readonly startMs: number
  /** The QR is on the screen. */
  readonly shownMs: number
  /** The first answer that says so: asked for, and gone out whole. */
  shownAskedMs: number | null
  shownSaidMs: number | null
  /** The first frame with the QR in it. */
  frameAskedMs: number | null
  frameSentMs: number | null
  /** The customer's tap, and the first answer that says that it is paid. */
  paidMs: number | null
  paidAskedMs: number | null
  paidSaidMs: number | null
  /** How often it was asked how it stands. */
  looks: number
}

/** Coprime with the hundred, so that each of a hundred steps is taken once before any comes again. */
const STEP = 37
const STEPS = 100
/** The simulator writes its moments by the wall clock. */
const WALL_AHEAD_MS = Date.now() - sharedNowMs()

const { camera, initializeMs, terminals }: DevicesArgument = JSON.parse(process.argv[2] ?? '')
const simulator = await startSimulator({
  terminals: Array.from({ length: terminals }, () => ({ camera })),
})
const byPort = new Map(simulator.terminals.map((terminal) => [terminal.port, terminal]))
const byProcess = new Map<string, Stamps>()
let starts = 0

type Phase = NonNullable<ReturnType<Terminal['device']['find']>>['phase']

/** What a request was asked while: its call, and where the device stood. */
interface Arrival {
  readonly atMs: number
  readonly terminal: Terminal
  readonly call: 'start' | 'status' | 'frame'
  readonly phase: Phase | null
  readonly stamps: Stamps | undefined
}

subscribe('http.server.request.start', (message) => {
  const { request, response } = message as {
    readonly request: IncomingMessage
    readonly response: ServerResponse
  }
  const arrival = arrivalOf(request)
  if (arrival === null) return
  // The handler runs with this very event, and begins the operation before it waits for anything.
  if (arrival.call === 'start') setImmediate(() => begin(arrival))
  response.once('close', () => note(arrival, sharedNowMs()))
})

function arrivalOf(request: IncomingMessage): Arrival | null {
  const atMs = sharedNowMs()
  const url = new URL(request.url ?? '', 'http://device')
  const call = callOf(url.pathname)
  const terminal =
    call === 'frame'
      ? simulator.terminal(Number(url.pathname.split('/').at(-1)))
      : byPort.get(request.socket.localPort ?? 0)
  if (call === null || terminal === undefined) return null
  if (call === 'start') terminal.setTiming({ initializeMs: nextInitializeMs() })
  const processId =
    call === 'frame' ? terminal.device.current?.processId : url.searchParams.get('processId')
  const operation = terminal.device.find(processId ?? '')
  const stamps = byProcess.get(processId ?? '')
  return { atMs, terminal, call, phase: operation?.phase ?? null, stamps }
}

function callOf(path: string): Arrival['call'] | null {
  if (path === '/v2/payment') return 'start'
  if (path === '/v2/status') return 'status'
  return path.startsWith('/qr/') ? 'frame' : null
}

function nextInitializeMs(): number {
  starts += 1
  const [from, to] = initializeMs
  return Math.round(from + ((to - from) * ((starts * STEP) % STEPS)) / STEPS)
}

function begin({ atMs, terminal }: Arrival): void {
  const { current } = terminal.device
  if (current === null) return
  byProcess.set(current.processId, {
    qr: current.qr,
    startMs: atMs,
    shownMs: atMs + terminal.timing.initializeMs,
    ...{ shownAskedMs: null, shownSaidMs: null, frameAskedMs: null, frameSentMs: null },
    ...{ paidMs: null, paidAskedMs: null, paidSaidMs: null, looks: 0 },
  })
}

function note({ atMs, call, phase, stamps }: Arrival, sentMs: number): void {
  if (stamps === undefined || phase === null) return
  if (call === 'status') stamps.looks += 1
  if (call === 'frame' && phase.at === 'wait_user') {
    stamps.frameAskedMs ??= atMs
    stamps.frameSentMs ??= sentMs
  } else if (call === 'status' && phase.at === 'wait_user') {
    stamps.shownAskedMs ??= atMs
    stamps.shownSaidMs ??= sentMs
  } else if (call === 'status' && phase.at === 'paid') {
    stamps.paidMs ??= phase.atMs - WALL_AHEAD_MS
    stamps.paidAskedMs ??= atMs
    stamps.paidSaidMs ??= sentMs
  }
}

process.on('message', () => {
  process.send?.([...byProcess.values()])
  byProcess.clear()
})
process.on('disconnect', () => process.exit(0))
const hello: DevicesHello = {
  url: simulator.url,
  terminals: simulator.terminals.map(({ cameraUrl, host, number, port }) => {
    return { number, host, port, cameraUrl }
  }),
}
process.send?.(hello)
