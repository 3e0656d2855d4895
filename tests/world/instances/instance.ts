// One process of the centre: the real middle, jobs and driver over the world's ports, wired as main.ts wires
// them, each port behind the process's own gate.

import { recentAccounts } from '../../../packages/server/src/accounts/recent-accounts.ts'
import { AttemptWorker } from '../../../packages/server/src/jobs/attempt-worker.ts'
import { startDeliveryWorker } from '../../../packages/server/src/jobs/delivery-worker.ts'
import { startTimetable } from '../../../packages/server/src/jobs/timetable.ts'
import type { Centre, Limits } from '../../../packages/server/src/ports/centre.ts'
import type { Clock } from '../../../packages/server/src/ports/clock.ts'
import type { Provider, Providers } from '../../../packages/server/src/ports/provider.ts'
import type { Notices, Storage } from '../../../packages/server/src/ports/storage.ts'
import type { Transaction } from '../../../packages/server/src/ports/transaction.ts'
import type { WebhookSender } from '../../../packages/server/src/ports/webhook-sender.ts'
import { openProviders } from '../../../packages/server/src/providers/all-providers.ts'
import { silentTracer } from '../../../packages/server/src/telemetry/silent-tracer.ts'
import { silentMeter } from '../../support/silent-meter.ts'
import type { Wires } from '../devices/wires.ts'
import type { Policy } from '../policies/policy.ts'
import { notHere } from '../storage/not-here.ts'
import type { Chance } from '../time/chance.ts'
import type { SimulatedTime } from '../time/simulated-time.ts'
import { Gate, gated } from './gate.ts'
import { withoutJobsBesideTheRoad } from './jobs-beside-the-road.ts'

export interface InstanceParts {
  readonly name: string
  readonly time: SimulatedTime
  readonly chance: Chance
  readonly limits: Limits
  readonly storage: Storage
  readonly notices: Notices
  readonly wires: Wires
  readonly webhooks: WebhookSender
  readonly policy: Policy | null
  /** The database is a real server. */
  readonly isReal: boolean
  /** Told at once, so that the database rolls back what the process had begun. */
  readonly onDeath: () => void
}

export interface Instance {
  readonly name: string
  readonly gate: Gate
  readonly centre: Centre
}

const QUIET = { info: () => {}, warn: () => {}, error: () => {} }

export function startInstance(parts: InstanceParts): Instance {
  const { chance, name, time } = parts
  const gate = new Gate(time, chance, !parts.isReal)
  const clock = gatedClock(gate, time.clock())
  const attempts = new AttemptWorker()
  const storage = gatedStorage(gate, parts.policy?.storage?.(parts.storage) ?? parts.storage)
  const providers = openProviders({
    log: QUIET,
    clock,
    networks: { allows: () => true },
    zone: 'Asia/Almaty',
    random: chance.asPort(),
    // No connection of the world goes to a bank.
    certificatesDir: '/nowhere',
    transport: gated(gate, parts.wires.transport()),
    cameras: gated(gate, parts.wires.cameras()),
  })
  const wired = connecting(gate, providers, parts.wires)
  const centre: Centre = {
    instance: name,
    storage: {
      ...storage,
      accounts: recentAccounts(storage.accounts, clock),
      leases: withoutJobsBesideTheRoad(storage.leases),
      // A log for people, which nothing of the road reads.
      deliveryTries: notHere<Storage['deliveryTries']>('deliveryTries', { keep: async () => {} }),
    },
    notices: gatedNotices(gate, parts.notices),
    providers: parts.policy?.providers?.(wired) ?? wired,
    addresses: notHere<Centre['addresses']>('addresses', {}),
    webhooks: { ...gated(gate, parts.webhooks), refusalOf: parts.webhooks.refusalOf },
    vault: {
      header: Buffer.alloc(0),
      seal: (text) => Buffer.from(text),
      open: (sealed) => sealed.toString(),
    },
    staffTokens: notHere<Centre['staffTokens']>('staffTokens', {}),
    loginSecrets: notHere<Centre['loginSecrets']>('loginSecrets', {}),
    textSenders: notHere<Centre['textSenders']>('textSenders', {}),
    channels: [],
    exchanges: { of: () => () => {} },
    sights: { note: () => {} },
    exporter: notHere<Centre['exporter']>('exporter', {}),
    statements: notHere<Centre['statements']>('statements', {}),
    clock,
    random: chance.asPort(),
    log: QUIET,
    meter: silentMeter,
    tracer: silentTracer,
    limits: parts.limits,
    watchers: attempts,
    forgetCustomersAfterDays: null,
    zone: 'Asia/Almaty',
    publicUrl: () => 'https://pay.example.kz',
  }
  void gate.died.then(parts.onDeath)
  attempts.start(centre)
  startDeliveryWorker(centre)
  startTimetable(centre)
  return { name, gate, centre }
}

/** A look at a bare connection goes by no transport of the driver, but by the world's wires too. */
function connecting(gate: Gate, providers: Providers, wires: Wires): Providers {
  return {
    of(system, way) {
      const provider = providers.of(system, way)
      if (provider === null) return null
      const connect: Provider['connect'] = (device) => gate.around(() => wires.connect(device))
      return { ...provider, connect }
    },
  }
}

function gatedStorage(gate: Gate, storage: Storage): Storage {
  const gatedPorts = Object.fromEntries(
    Object.entries(storage)
      .filter(([name]) => name !== 'transaction')
      .map(([name, port]) => [name, gated(gate, port as object)]),
  )
  return {
    ...(gatedPorts as unknown as Storage),
    transaction: <T>(work: (tx: Transaction) => Promise<T>) =>
      gate.transaction<T>((entered) => storage.transaction((tx) => entered(() => work(tx)))),
  }
}

/** A sleeper of a process that died meanwhile does not wake. */
function gatedClock(gate: Gate, clock: Clock): Clock {
  return {
    ...clock,
    async sleep(ms, signal) {
      await clock.sleep(ms, signal)
      await gate.pass()
    },
  }
}

function gatedNotices(gate: Gate, notices: Notices): Notices {
  return {
    listen: notices.listen,
    behindMs: notices.behindMs,
    async wait(topic, ms, signal) {
      await notices.wait(topic, ms, signal)
      await gate.pass()
    },
  }
}
