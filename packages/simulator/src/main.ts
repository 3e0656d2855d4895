// The simulator as a process of its own: reads the command line, prints one JSON line when everything
// listens, stops cleanly on SIGTERM and SIGINT.
import { parseArgs } from 'node:util'
import { CAMERA_FORMS, type CameraForm } from './camera/camera.ts'
import { type Simulator, startSimulator } from './simulator.ts'
import type { TerminalOptions } from './terminal/terminal-options.ts'
import { readTiming } from './timing.ts'

const USAGE = `node packages/simulator/src/main.ts
  --port 4100                       control and camera server (0: any free port)
  --terminals 3                     how many terminals
  --terminal-ports 4101,4102,4103   their ports in order (any free port unless given)
  --cameras png,json,text           camera forms in order, repeated over the terminals
  --protection                      calls need a token
  --timing '{"initializeMs":100}'   durations other than the realistic ones
  --seed 7                          the same seed gives the same QR codes
  --journal FILE                    keeps what was paid between starts
`

class UsageError extends Error {}

function readTerminals(count: number, portList: string, cameraList: string, protection: boolean) {
  const ports =
    portList === '' ? [] : portList.split(',').map((text) => whole(text, 'port', 65_535))
  const cameras = cameraList.split(',').map(cameraForm)
  return Array.from({ length: count }, (_, index): TerminalOptions => {
    const port = ports[index] ?? 0
    return { port, camera: cameras[index % cameras.length] ?? 'png', protection }
  })
}

function cameraForm(text: string): CameraForm {
  const form = CAMERA_FORMS.find((known) => known === text)
  if (form === undefined) throw new UsageError(`--cameras: ${text} is not a camera form`)
  return form
}

function whole(text: string, name: string, max: number): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value > max) throw new UsageError(`--${name}: ${text} is no number`)
  return value
}

async function start(): Promise<Simulator> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4100' },
      terminals: { type: 'string', default: '3' },
      'terminal-ports': { type: 'string', default: '' },
      cameras: { type: 'string', default: 'png' },
      protection: { type: 'boolean', default: false },
      timing: { type: 'string', default: '{}' },
      seed: { type: 'string' },
      journal: { type: 'string' },
    },
  })
  const count = whole(values.terminals, 'terminals', 1_000)
  return startSimulator({
    port: whole(values.port, 'port', 65_535),
    terminals: readTerminals(count, values['terminal-ports'], values.cameras, values.protection),
    timing: readTiming(JSON.parse(values.timing)),
    ...(values.seed === undefined ? {} : { seed: whole(values.seed, 'seed', 2 ** 32) }),
    ...(values.journal === undefined ? {} : { journalPath: values.journal }),
  })
}

function announce(simulator: Simulator): void {
  const terminals = simulator.terminals.map(({ number, url, host, port, cameraUrl }) => {
    return { number, url, host, port, camera_url: cameraUrl }
  })
  process.stdout.write(`${JSON.stringify({ ready: true, url: simulator.url, terminals })}\n`)
}

try {
  const simulator = await start()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void simulator.close())
  }
  announce(simulator)
} catch (error) {
  const isUsage = error instanceof UsageError || error instanceof TypeError
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  if (isUsage) process.stderr.write(USAGE)
  process.exitCode = 1
}
