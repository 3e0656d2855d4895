// Puts the pretend world together and starts it: the bank, the terminals on ports of their own, and
// the control server with the cameras. Only this file knows all the parts.
import { Bank } from './bank/bank.ts'
import { nowMs, Timers } from './clock.ts'
import { cameraRoutes, cameraUrl } from './control/camera-routes.ts'
import { controlRoutes } from './control/control-routes.ts'
import { worldRoutes } from './control/world-routes.ts'
import { Listener } from './http/listener.ts'
import { router } from './http/router.ts'
import { Journal } from './journal/journal.ts'
import { Phone } from './phone/phone.ts'
import { Random } from './random.ts'
import { Shop } from './shop/shop.ts'
import { shopRoutes } from './shop/shop-routes.ts'
import { SmsGateways } from './sms/gateway.ts'
import { smsRoutes } from './sms/sms-routes.ts'
import { Terminal } from './terminal/terminal.ts'
import type { TerminalOptions } from './terminal/terminal-options.ts'
import { REALISTIC_TIMING, type Timing } from './timing.ts'

export interface SimulatorOptions {
  /** A loopback address; 127.0.0.1 unless given. */
  readonly host?: string
  /** Of the control and camera server. 0 or absent: any free port. */
  readonly port?: number
  /** How many terminals, or how each one is made. */
  readonly terminals: number | readonly TerminalOptions[]
  /** The same seed gives the same QR codes; without one they differ on each start. */
  readonly seed?: number
  readonly timing?: Partial<Timing>
  /** Where the journal is kept between starts; in memory only unless given. */
  readonly journalPath?: string
  readonly log?: (line: string) => void
}

export interface Simulator {
  /** The control server, without a slash at the end. */
  readonly url: string
  readonly terminals: readonly Terminal[]
  readonly journal: Journal
  readonly phone: Phone
  readonly shop: Shop
  /** Their base addresses are `<url>/sms/smsc` and `<url>/sms/mobizon`. */
  readonly sms: SmsGateways
  /** By the number in the addresses, from 1; throws when there is none. */
  terminal(number: number): Terminal
  close(): Promise<void>
}

const MAX_TERMINALS = 1_000

export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const host = options.host ?? '127.0.0.1'
  const timers = new Timers()
  const journal = new Journal(options.journalPath, nowMs())
  const random = new Random(seedText(options.seed, journal.earlierRuns))
  const bank = new Bank(random.fork('bank'), journal)
  const timing = { ...REALISTIC_TIMING, ...options.timing }
  const terminals = eachTerminal(options.terminals).map((terminalOptions, index) => {
    const number = index + 1
    const own = random.fork(`terminal ${number}`)
    const surroundings = { number, host, bank, journal, timers, random: own, timing }
    return new Terminal(terminalOptions, surroundings)
  })
  const phone = new Phone(bank, timers)
  const shop = new Shop()
  const sms = new SmsGateways()
  const routes = [
    ...controlRoutes({ terminals, journal, phone }),
    ...cameraRoutes(terminals, timers),
    ...shopRoutes(shop),
    ...smsRoutes(sms),
    ...worldRoutes({ terminals, journal, phone, shop }),
  ]
  const control = new Listener(host, options.port ?? 0, router(routes))

  const close = async () => {
    timers.stop()
    await Promise.all([control.close(), ...terminals.map((terminal) => terminal.close())])
    journal.close()
  }
  try {
    await Promise.all([control.open(), ...terminals.map((terminal) => terminal.open())])
  } catch (error) {
    await close()
    throw error
  }
  for (const terminal of terminals) terminal.cameraUrl = cameraUrl(control.url, terminal)
  options.log?.(`simulator listens on ${control.url} with ${terminals.length} terminals`)
  const terminal = byNumber(terminals)
  return { url: control.url, terminals, journal, phone, shop, sms, terminal, close }
}

/**
 * A centre's database refuses a QR it has met before, so a QR must not return when the simulator is
 * started again beside the same database: the time makes each start differ, or, with a seed, the
 * count of the starts that the journal file has seen.
 */
function seedText(seed: number | undefined, earlierRuns: number): string {
  return seed === undefined ? `${nowMs()} ${process.pid}` : `${seed} ${earlierRuns}`
}

function eachTerminal(terminals: number | readonly TerminalOptions[]): readonly TerminalOptions[] {
  const each =
    typeof terminals === 'number' ? Array.from({ length: terminals }, () => ({})) : terminals
  if (each.length < 1 || each.length > MAX_TERMINALS) {
    throw new RangeError(`terminals: from 1 to ${MAX_TERMINALS}, not ${each.length}`)
  }
  return each
}

function byNumber(terminals: readonly Terminal[]): (number: number) => Terminal {
  return (number) => {
    const terminal = terminals[number - 1]
    if (terminal === undefined) throw new RangeError(`no terminal ${number}`)
    return terminal
  }
}
