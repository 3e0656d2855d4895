// `byfly serve`: the centre, in demo mode with its simulated devices, until it is told to stop.

import { mkdirSync } from 'node:fs'
import { readConfig } from '../config.ts'
import { aboutDemo, demoBanner, prepareDemo } from '../demo/demo.ts'
import { demoRoutes } from '../demo/demo-routes.ts'
import { openSimulator, type Simulator } from '../demo/simulator-process.ts'
import { issueSetupCode } from '../first-run/setup-code.ts'
import { createLog, openDatabase, type RunningCentre, startCentre } from '../main.ts'
import { giveBackMemory } from './give-back-memory.ts'
import { operator } from './operator.ts'
import { say } from './output.ts'
import { setupBanner } from './setup-code.ts'

const DEMO_TERMINALS = 3

/** Longer than any start call takes; after it the process goes, and its leases run out. */
const STOP_LIMIT_MS = 70_000

export async function serve(): Promise<void> {
  const config = readConfig(process.env)
  const { dataDir, mode } = config
  const log = createLog(config)
  mkdirSync(dataDir, { recursive: true })
  const stopped = stopSignal()
  const database = await openDatabase(config, log)
  let simulator: Simulator | null = null
  let running: RunningCentre | null = null
  try {
    if (mode === 'demo')
      simulator = await openSimulator({ dataDir, log, terminals: DEMO_TERMINALS })
    const pages = simulator && demoRoutes(simulator.url, aboutDemo(config))
    running = await startCentre(config, database, log, {}, pages)
    giveBackMemory()
    const { reloadCertificate } = running
    if (reloadCertificate !== null) process.on('SIGHUP', reloadCertificate)
    if (simulator === null) {
      say(`ByFly Pay слушает ${running.url}`)
      // To whoever stands at the machine, and never into the log.
      const code = await issueSetupCode(running.centre, operator().actor)
      if (code !== null) say(setupBanner(code, running.centre.publicUrl()))
    } else {
      const demo = await prepareDemo(running.centre, simulator, config, running.url)
      say(demoBanner(demo, config.sms))
    }
    await stopped
    say('Останавливаемся: заканчиваем начатое. Ещё раз — сразу.')
    forceExitAfter(config.drainMs + STOP_LIMIT_MS)
  } finally {
    await running?.stop()
    await simulator?.stop()
    await database.stop()
  }
}

/** Resolves at the first SIGINT or SIGTERM; a second one ends the process at once. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false
    const onSignal = () => {
      if (asked) process.exit(130)
      asked = true
      resolve()
    }
    process.on('SIGINT', onSignal)
    process.on('SIGTERM', onSignal)
  })
}

function forceExitAfter(ms: number): void {
  setTimeout(() => process.exit(1), ms).unref()
}
