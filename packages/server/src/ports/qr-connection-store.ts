// Connections to Kaspi QR API as a super admin keeps them. To the pool each is a terminal of another way; what
// it has open, and who speaks to it, is there.

import type { Moment } from '@byfly-pay/core'
import type { BankForm, BankScheme } from './provider.ts'
import type { LastingTrouble } from './terminal-store.ts'
import type { Transaction } from './transaction.ts'

/** What is entered and may be shown again. */
export interface QrConnectionTerms {
  readonly name: string
  /** ISO 3166-1 alpha-2. */
  readonly countryIso: string
  /** As it was typed. */
  readonly address: string
  readonly scheme: 'http' | 'https'
  readonly host: string
  readonly port: number
  readonly tls: 'strict' | 'pinned'
  readonly isActive: boolean
  readonly bankScheme: BankScheme
  readonly form: BankForm
  /** Names of files in the folder of certificates; null where there is none. */
  readonly certificateFile: string | null
  readonly keyFile: string | null
  /** 12 digits. */
  readonly organizationBin: string | null
  readonly tradePointId: string
}

/** What is kept sealed and never shown. */
export interface QrConnectionSecrets {
  readonly apiKey: string | null
  readonly passphrase: string | null
}

export type NewQrConnection = QrConnectionTerms & QrConnectionSecrets

/** Only what is named changes. */
export type QrConnectionChange = Partial<NewQrConnection>

export interface QrConnectionView extends QrConnectionTerms {
  /** The terminal's number. */
  readonly id: number
  readonly hasApiKey: boolean
  readonly hasPassphrase: boolean
  /** What the bank knows it by; null before a registration. */
  readonly deviceId: string | null
  readonly certificateEndsAtMs: Moment | null
  readonly trouble: LastingTrouble | null
  readonly offlineSinceMs: Moment | null
  readonly lastSeenAtMs: Moment | null
  /** How many operations it has open. */
  readonly open: number
  readonly createdAtMs: Moment
}

export interface QrConnectionStore {
  /** Those that are not deleted, at most 1000, in the order they were added. */
  list(): Promise<QrConnectionView[]>
  find(id: number): Promise<QrConnectionView | null>
  /** The same, kept from other writers until the transaction ends. */
  lock(tx: Transaction, id: number): Promise<QrConnectionView | null>
  add(tx: Transaction, connection: NewQrConnection): Promise<number>
  change(tx: Transaction, id: number, change: QrConnectionChange): Promise<void>
}
