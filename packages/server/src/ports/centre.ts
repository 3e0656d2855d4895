// What the middle is handed: storage, the ways out, time, chance, and its limits.

import type { AlertChannel } from './alert-channel.ts'
import type { Clock, Random } from './clock.ts'
import type { DeviceAddresses } from './device-addresses.ts'
import type { Exchanges } from './exchange-store.ts'
import type { Exporter } from './exporter.ts'
import type { Sights } from './frame-store.ts'
import type { Log } from './log.ts'
import type { LoginSecrets } from './login-secrets.ts'
import type { Meter } from './meter.ts'
import type { LeasedAttempt } from './pool-store.ts'
import type { Providers } from './provider.ts'
import type { StaffTokens } from './staff-tokens.ts'
import type { StatementReader } from './statement-reader.ts'
import type { Notices, Storage } from './storage.ts'
import type { TextSenders } from './text-sender.ts'
import type { Tracer } from './tracer.ts'
import type { WebhookSender } from './webhook-sender.ts'

/** Seals what must be kept but not read from the database: secrets and device tokens. */
export interface Vault {
  /** With these bytes begins all that is sealed under the current key, and nothing else. */
  readonly header: Buffer
  seal(text: string): Buffer
  /** @throws Error when it was sealed under none of the keys at hand, or is damaged */
  open(sealed: Buffer): string
}

/** Limits and waits of the middle, in one place; tests scale them down. */
export interface Limits {
  /** The whole POST /kaspi call (S9a). */
  readonly startCallMs: number
  /** How long such a call waits in the queue (S8). */
  readonly queueWaitMs: number
  /** How long a start waits for a live attempt of another price to stop (S7). */
  readonly stopWaitMs: number
  readonly pollMs: number
  readonly qrPollMs: number
  readonly leaseMs: number
  readonly heartbeatMs: number
  readonly quarantineMs: number
  readonly offlineMs: number
  /** How soon the tokens of a terminal are exchanged again after that failed. */
  readonly renewAgainMs: number
  readonly sweepMs: number
  /** How long a trouble must be gone before it is told to be over. */
  readonly alertCalmMs: number
  /** How often the files of the centre's own certificate are looked at. */
  readonly certificateMs: number
}

export const DEFAULT_LIMITS: Limits = {
  startCallMs: 60_000,
  queueWaitMs: 20_000,
  stopWaitMs: 5_000,
  pollMs: 1_000,
  qrPollMs: 250,
  leaseMs: 10_000,
  heartbeatMs: 3_000,
  quarantineMs: 300_000,
  offlineMs: 15_000,
  renewAgainMs: 10_000,
  sweepMs: 1_000,
  alertCalmMs: 60_000,
  certificateMs: 60_000,
}

/** This instance's watch over open attempts; its leases are renewed while it holds them. */
export interface Watchers {
  /** Keeps the lease of an attempt that is being started; call what it returns when that is over. */
  hold(attemptId: string): () => void
  /** Watches an attempt to its end. */
  attend(attempt: LeasedAttempt): void
}

export interface Centre {
  /** This process's name in leases; new at every start. */
  readonly instance: string
  readonly storage: Storage
  readonly notices: Notices
  readonly providers: Providers
  readonly addresses: DeviceAddresses
  readonly webhooks: WebhookSender
  readonly vault: Vault
  readonly staffTokens: StaffTokens
  readonly loginSecrets: LoginSecrets
  readonly textSenders: TextSenders
  /** Those that are set up. */
  readonly channels: readonly AlertChannel[]
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly meter: Meter
  readonly tracer: Tracer
  readonly limits: Limits
  /** Customers of payments that ended longer ago are forgotten; null: never. */
  readonly forgetCustomersAfterDays: number | null
  /** Zone of the documented times (T1). */
  readonly zone: string
  readonly watchers: Watchers
  /** Keeps what was said to devices, for staff to read. */
  readonly exchanges: Exchanges
  /** Keeps what cameras saw, for staff to see. */
  readonly sights: Sights
  readonly exporter: Exporter
  /** Reads files of the bank's, apart from everything else. */
  readonly statements: StatementReader
  /** Base of the addresses given out, without a slash at its end. */
  readonly publicUrl: () => string
}
