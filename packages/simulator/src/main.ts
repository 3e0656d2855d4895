// The simulator as a process of its own: prints one JSON line when everything listens, stops cleanly on
// SIGTERM and SIGINT.
import { readCommandLine, USAGE, UsageError } from './command-line.ts'
import { type Simulator, startSimulator } from './simulator.ts'

function announce(simulator: Simulator): void {
  const terminals = simulator.terminals.map(({ number, url, host, port, cameraUrl }) => {
    return { number, url, host, port, camera_url: cameraUrl }
  })
  process.stdout.write(`${JSON.stringify({ ready: true, url: simulator.url, terminals })}\n`)
}

try {
  const simulator = await startSimulator(readCommandLine(process.argv.slice(2)))
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
