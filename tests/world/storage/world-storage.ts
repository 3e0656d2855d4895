// Where one world keeps its data: memory, or a database of PostgreSQL. The world asks for no more than this
// of either.

import type { CommissionBearer } from '@byfly-pay/core'
import type { Notices, Storage } from '../../../packages/server/src/ports/storage.ts'
import type { Chance } from '../time/chance.ts'
import { SimulatedTime } from '../time/simulated-time.ts'
import { type Books, memoryBooks } from './books.ts'
import { MemoryDatabase } from './memory-database.ts'
import { openMemoryNotices, openMemoryStorage } from './open-memory.ts'

export interface Setting {
  readonly sources: readonly SourceSetting[]
  /** Whether a camera stands before each terminal. */
  readonly cameras: readonly boolean[]
  readonly leaseMs: number
}

export interface SourceSetting {
  readonly toleranceTiyn: bigint
  readonly overpaidPolicy: 'task' | 'keep'
  readonly addCommissionToAmount: boolean | null
  readonly openAttemptsLimit: number | null
  readonly refundCommission: CommissionBearer
  readonly refundApprovalAboveTiyn: bigint | null
}

export const EVENTS_TOLD = ['partially_paid', 'failed', 'cancelled', 'refunded'] as const

export interface Connected {
  readonly storage: Storage
  readonly notices: Notices
}

export interface WorldStorage {
  readonly time: SimulatedTime
  /** A real server keeps others waiting in real time, so nobody may dawdle inside a transaction of it. */
  readonly isReal: boolean
  /** In the order of the setting. */
  readonly sourceIds: readonly number[]
  connect(owner: string): Promise<Connected>
  /** A process is gone, and its connections with it. */
  cut(owner: string): void
  books(): Promise<Books>
  end(): Promise<void>
}

/** A Thursday before noon in Almaty. */
export const BEGINNING_MS = Date.UTC(2026, 0, 15, 5, 0, 0)

export async function openMemoryWorld(
  setting: Setting,
  chance: Chance,
  without: readonly string[],
): Promise<WorldStorage> {
  const time = new SimulatedTime(BEGINNING_MS)
  const database = new MemoryDatabase({ time, chance, without })
  const connection = { database, time, leaseMs: setting.leaseMs }
  seedSources(database, setting.sources)
  const first = openMemoryStorage({ ...connection, owner: 'seed' })
  for (const [index, hasCamera] of setting.cameras.entries()) {
    await first.transaction((tx) => first.terminals.add(tx, terminalAt(index + 1, hasCamera)))
  }
  return {
    time,
    isReal: false,
    sourceIds: setting.sources.map((_, index) => index + 1),
    connect: async (owner) => ({
      storage: openMemoryStorage({ ...connection, owner }),
      notices: openMemoryNotices({ ...connection, owner }),
    }),
    cut: (owner) => database.cut(owner),
    books: async () => memoryBooks(database),
    end: async () => {},
  }
}

/** Every terminal and its camera live at 10.0.0.<number>. */
export function terminalAt(number: number, hasCamera: boolean) {
  const host = `10.0.0.${number}`
  return {
    name: `Касса ${number}`,
    system: 'kaspi',
    countryIso: 'KZ',
    ipAddress: host,
    scheme: 'http',
    host,
    port: 8080,
    tls: 'strict',
    apiVersion: 'v2',
    cameraId: null,
    cameraUrl: hasCamera ? `http://${host}/camera` : null,
    ownCheque: false,
    isActive: true,
    reservedSources: null,
    reservedCountry: null,
  } as const
}

function seedSources(database: MemoryDatabase, sources: readonly SourceSetting[]): void {
  database.statement((tx) => {
    for (const [index, setting] of sources.entries()) {
      const id = index + 1
      tx.insert('sources', String(id), {
        id,
        name: `Источник ${id}`,
        countryIso: 'KZ',
        isActive: true,
        amountUnit: 'tiyn',
        ceilingTiyn: 10_000_000_000n,
        lifetimeSeconds: 3_600,
        defaultWebhookUrl: null,
        dailyLimitTiyn: null,
        phoneHourlyLimit: null,
        allowedIps: [],
        refundsAllowed: true,
        ...setting,
        webhookEvents: EVENTS_TOLD,
        sealedSecret: Buffer.from('whsec_1'),
      })
    }
  })
}
