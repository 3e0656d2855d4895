// `node bench/instances.ts`: what a second of processor time brings with two instances over one database, against one alone. All
// three instances are warm: who has no turn is stopped as it stands.

import { setTimeout as sleep } from 'node:timers/promises'
import { type Child, startChild } from './child.ts'
import type { DevicesArgument, DevicesHello } from './devices.ts'
import { checkLoadGenerator, type Load, requestsPerSecond } from './load.ts'
import { cpuMsOf } from './machine.ts'
import { atLeast, type Figure, type Measure, measure } from './report.ts'
import { initLoad, readLoad } from './requests.ts'
import { runAlone } from './run-alone.ts'
import { payOne } from './shopper.ts'
import { type BenchSource, type BenchWorld, type Instance, openWorld } from './world.ts'

const SECONDS = 2
/** So few that, with what fills the memory before, no payment is asked for oftener than it may be. */
const STATUS_SECONDS = 1
/** So many that half of them still fill an instance's groups and keep its loop busy. */
const CLIENTS = 64
/** Asked for often enough to be remembered, and no oftener than the limit on polling allows. */
const LIVE_PAYMENTS = 20_000
const FLOW_PAYMENTS = 800
/** Code that has run often enough to be compiled for good. */
const WARM_UP_ROUNDS = 2
/** Quick devices and many of them: an instance that mostly sleeps pays for being woken, not for payments. */
const TERMINALS = 200
const DEVICES: DevicesArgument = { terminals: TERMINALS, camera: 'json', initializeMs: [50, 150] }
/** For those that go on after a stop to do what fell due meanwhile. */
const SETTLE_MS = 500

interface Work {
  /** What is remembered must be remembered again: it is forgotten while an instance stands still. */
  readonly fill?: (instances: readonly Instance[]) => Promise<unknown>
  /** @returns how much was done */
  readonly run: (instances: readonly Instance[]) => Promise<number>
}

export async function measureInstances(rounds: number): Promise<Figure[]> {
  checkLoadGenerator()
  const world = await openWorld()
  const devices = await startChild<DevicesHello>('devices.ts', { argument: DEVICES })
  const instances: Instance[] = []
  try {
    await world.addTerminals(devices.hello.terminals)
    const source = await world.addSource('bench')
    const works = await worksOf(world, source, devices)
    for (let n = 0; n < 3; n += 1) instances.push(await world.startInstance())
    const [one, ...two] = instances
    if (one === undefined) throw new Error('Нет экземпляра')
    const figures: Figure[] = []
    for (const [what, work] of works) {
      const perCpuSecond = (turn: readonly Instance[]) => taking(turn, instances, work)
      const measured: Measure = {
        what: `${what} with two instances`,
        unit: 'a CPU second',
        limit: 'one instance',
        aim: atLeast(0.9),
        round: async () => ({ ours: await perCpuSecond(two), limit: await perCpuSecond([one]) }),
      }
      for (let n = 0; n < WARM_UP_ROUNDS; n += 1) await measured.round()
      figures.push(await measure(measured, rounds))
    }
    return figures
  } finally {
    for (const { pid } of instances) process.kill(pid, 'SIGCONT')
    await Promise.all(instances.map(({ stop }) => stop()))
    await devices.stop()
    await world.stop()
  }
}

/** How much of the work a second of these instances' processor time does; the others stand still. */
async function taking(
  turn: readonly Instance[],
  all: readonly Instance[],
  work: Work,
): Promise<number> {
  for (const instance of all)
    process.kill(instance.pid, turn.includes(instance) ? 'SIGCONT' : 'SIGSTOP')
  await sleep(SETTLE_MS)
  await work.fill?.(turn)
  const cpuMs = () => turn.reduce((sum, { pid }) => sum + cpuMsOf(pid), 0)
  const before = cpuMs()
  const done = await work.run(turn)
  return (1_000 * done) / (cpuMs() - before)
}

async function worksOf(
  world: BenchWorld,
  source: BenchSource,
  devices: Child<DevicesHello>,
): Promise<[string, Work][]> {
  const ids = await world.addPayments(source.id, LIVE_PAYMENTS)
  const status = (url: string) => readLoad(url, source, ids, '/status')
  return [
    ['POST init', { run: (turn) => loaded(turn, (url) => initLoad(url, source), SECONDS) }],
    [
      'GET status',
      {
        // Each of two has all of them to remember, with half of the machine.
        fill: (turn) => loaded(turn, status, turn.length),
        run: (turn) => loaded(turn, status, STATUS_SECONDS),
      },
    ],
    ['payments from init to paid', { run: (turn) => paid(turn, source, devices) }],
  ]
}

async function loaded(
  turn: readonly Instance[],
  loadOf: (url: string) => Omit<Load, 'clients' | 'seconds'>,
  seconds: number,
): Promise<number> {
  const clients = CLIENTS / turn.length
  const rates = await Promise.all(
    turn.map(({ url }) => requestsPerSecond({ ...loadOf(url), clients, seconds })),
  )
  return rates.reduce((sum, rate) => sum + rate * seconds, 0)
}

async function paid(
  turn: readonly Instance[],
  source: BenchSource,
  devices: Child<DevicesHello>,
): Promise<number> {
  let left = FLOW_PAYMENTS
  await Promise.all(
    Array.from({ length: TERMINALS }, async (_, customer) => {
      const { url } = turn[customer % turn.length] ?? { url: '' }
      while (left > 0) {
        left -= 1
        await payOne({ url, token: source.apiToken, phoneUrl: devices.hello.url, afterMs: 0 })
      }
    }),
  )
  return FLOW_PAYMENTS
}

if (import.meta.main) await runAlone('instances', measureInstances)
