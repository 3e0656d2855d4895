// Everything the middle keeps, in one object that `main.ts` hands in.

import type { AccountStore } from './account-store.ts'
import type { AlertStore } from './alert-store.ts'
import type { AuditStore } from './audit-store.ts'
import type { ChangeStore } from './change-store.ts'
import type { CustomerStore } from './customer-store.ts'
import type { DayStore } from './day-store.ts'
import type { DeliveryStore } from './delivery-store.ts'
import type { DeliveryTryStore } from './delivery-try-store.ts'
import type { DeskStore } from './desk-store.ts'
import type { DoubleStore } from './double-store.ts'
import type { ExchangeStore } from './exchange-store.ts'
import type { FigureStore } from './figure-store.ts'
import type { FirstRunStore } from './first-run-store.ts'
import type { FrameStore } from './frame-store.ts'
import type { IdempotencyStore } from './idempotency-store.ts'
import type { FormerIdStore, ImportStore } from './import-store.ts'
import type { LoginStore } from './login-store.ts'
import type { MethodStore } from './method-store.ts'
import type { ArchiveStore } from './month-store.ts'
import type { PaymentLedger } from './payment-ledger.ts'
import type { PaymentStore } from './payment-store.ts'
import type { PlaceStore } from './place-store.ts'
import type { HealthStore, LeaseStore, PoolStore } from './pool-store.ts'
import type { QrConnectionStore } from './qr-connection-store.ts'
import type { ReceiverCheckStore } from './receiver-check-store.ts'
import type { RecheckStore } from './recheck-store.ts'
import type { RefundStore } from './refund-store.ts'
import type { ReplayStore } from './replay-store.ts'
import type { RestoreStore } from './restore-store.ts'
import type { SealedStore } from './sealed-store.ts'
import type { SecondFactorStore } from './second-factor-store.ts'
import type { SettingStore } from './setting-store.ts'
import type { SourceStore } from './source-store.ts'
import type { StaffStore } from './staff-store.ts'
import type { StatementStore } from './statement-store.ts'
import type { TerminalStore } from './terminal-store.ts'
import type { TextStore } from './text-store.ts'
import type { UnitOfWork } from './transaction.ts'
import type { ViewStore } from './view-store.ts'
import type { WallStore } from './wall-store.ts'

export interface Storage extends UnitOfWork {
  readonly payments: PaymentStore
  readonly ledger: PaymentLedger
  readonly exchanges: ExchangeStore
  readonly changes: ChangeStore
  readonly refunds: RefundStore
  readonly pool: PoolStore
  readonly health: HealthStore
  readonly terminals: TerminalStore
  readonly qrConnections: QrConnectionStore
  readonly frames: FrameStore
  readonly wall: WallStore
  readonly leases: LeaseStore
  readonly restores: RestoreStore
  readonly accounts: AccountStore
  readonly sources: SourceStore
  readonly methods: MethodStore
  readonly settings: SettingStore
  readonly staff: StaffStore
  readonly firstRun: FirstRunStore
  readonly logins: LoginStore
  readonly secondFactors: SecondFactorStore
  readonly texts: TextStore
  readonly sealed: SealedStore
  readonly places: PlaceStore
  readonly audit: AuditStore
  readonly archives: ArchiveStore
  readonly figures: FigureStore
  readonly desks: DeskStore
  readonly statements: StatementStore
  readonly days: DayStore
  readonly doubles: DoubleStore
  readonly rechecks: RecheckStore
  readonly deliveries: DeliveryStore
  readonly deliveryTries: DeliveryTryStore
  readonly replays: ReplayStore
  readonly receiverChecks: ReceiverCheckStore
  /** Of sources. */
  readonly idempotency: IdempotencyStore
  /** Of staff. */
  readonly staffKeys: IdempotencyStore
  readonly alerts: AlertStore
  readonly views: ViewStore
  readonly customers: CustomerStore
  readonly imports: ImportStore
  readonly formerIds: FormerIdStore
}

/** Topics of what the database tells every instance after a commit. */
export type Topic =
  | `payment:${string}`
  | `terminal:${string}`
  | `task:${string}`
  | `alert:${string}`
  /** A session ended, or somebody's rights are others. */
  | 'staff'
  | 'terminal_freed'
  | 'delivery_due'
  | 'text_due'
  | 'alert_due'

/** What a listener is told: a notice's topic, or null when some may have been missed. */
export type Heard = (topic: string | null) => void

/** Tells of what was committed; whoever relies on it must look again by itself now and then. */
export interface Notices {
  /** Resolves at the next notice of `topic`, after `ms`, or when aborted; never rejects. */
  wait(topic: Topic, ms: number, signal?: AbortSignal): Promise<void>
  /** Calls `heard` at every notice, for one who minds many topics. @returns what ends it. */
  listen(heard: Heard): () => void
  /**
   * What had been committed this many milliseconds ago has all been told; infinite while the connection is gone.
   * Asking keeps it small for a while, so whoever minds should ask each time.
   */
  behindMs(): number
}
