// What the doctor of the whole centre looks at beside the centre's own parts. All of it only looks.

import type { Moment } from '@byfly-pay/core'
import type { Certificate } from './certificate.ts'

export interface DatabaseFacts {
  /** `150004` for 15.4. */
  readonly versionNumber: number
  readonly version: string
  /** False on a standby. */
  readonly isWritable: boolean
  /** That the centre works as. */
  readonly role: string
  readonly isSuperuser: boolean
  /** How many tables of the centre belong to the role. */
  readonly ownedTables: number
  readonly nowMs: Moment
}

export interface MigrationFacts {
  readonly applied: number
  readonly newest: string | null
  readonly pending: readonly string[]
  /** Why the schema is not this program's, as a sentence; null when it is, or will be. */
  readonly fault: string | null
}

/** How many, and since when the oldest of them. */
export interface Pile {
  readonly count: number
  readonly oldestMs: Moment | null
}

export interface FailingEndpoint {
  readonly sourceId: number
  readonly endpoint: string
  readonly sinceMs: Moment
  readonly isSwitchedOff: boolean
}

export interface Backlog {
  readonly nowMs: Moment
  readonly dueDeliveries: Pile
  /** Of the last week. */
  readonly parkedDeliveries: Pile
  readonly unfoldedDeltas: Pile
  readonly unknownAttempts: Pile
  /** Open attempts whose watcher is long gone. */
  readonly unwatchedAttempts: Pile
  readonly openTasks: Pile
  readonly failingEndpoints: readonly FailingEndpoint[]
}

export interface DiskRoom {
  readonly path: string
  /** What keeps its files there. */
  readonly holds: 'data' | 'database'
  readonly freeBytes: number
  readonly totalBytes: number
}

/** What a name comes to for a caller that may reach only what webhooks may. */
export type NameFinding = 'resolves' | 'unknown' | 'forbidden'

export interface Examination {
  database(): Promise<DatabaseFacts>
  migrations(): Promise<MigrationFacts>
  backlog(): Promise<Backlog>
}

/** Of this machine; they need no database. */
export interface MachineExamination {
  rooms(): Promise<DiskRoom[]>
  /** Null where the centre speaks plain HTTP. @throws OperatorError for files that cannot be served */
  certificate(): Certificate | null
  resolve(url: string): Promise<NameFinding>
}
