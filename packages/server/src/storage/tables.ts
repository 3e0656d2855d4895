// The tables as dynamic queries see them: what each column holds once type-parsers.ts has read it. Only
// what such a query uses is here; statements that are the same every time are written out as SQL.

import type {
  AmountUnit,
  AttemptStateKind,
  CommissionBearer,
  Fault,
  OptionalEvent,
  PaymentStatus,
  QuarantineReason,
  Route,
  SourceType,
  Way,
} from '@byfly-pay/core'

/** Epoch milliseconds. */
type Timestamp = number
type Tiyn = bigint

export interface PaymentsTable {
  readonly id: string
  readonly source_id: number
  readonly country_iso: string
  readonly currency: string
  readonly original_tiyn: Tiyn
  readonly tolerance_tiyn: Tiyn
  readonly status: PaymentStatus
  readonly status_detail: string | null
  readonly cancel_reason: string | null
  readonly failure_reason: string | null
  readonly description: string | null
  readonly customer_phone: string | null
  readonly customer_email: string | null
  readonly customer_name: string | null
  readonly webhook_url: string | null
  readonly metadata: Readonly<Record<string, unknown>>
  readonly external_id: string | null
  readonly chosen_method: string | null
  readonly chosen_mode: 'none' | 'markup' | 'gross_up' | null
  readonly chosen_rate_bp: number | null
  readonly chosen_step_tiyn: Tiyn | null
  readonly paid_tiyn: Tiyn
  readonly credited_tiyn: Tiyn
  readonly overpaid_tiyn: Tiyn
  readonly forgiven_tiyn: Tiyn
  readonly paid_at: Timestamp | null
  /** Of its newest attempt. */
  readonly terminal_id: number | null
  /** The newest product that was used, of those known. */
  readonly used_method: string | null
  readonly late: boolean
  readonly qr_text: string | null
  readonly qr_url: string | null
  readonly qr_expires_at: Timestamp | null
  readonly version: number
  readonly created_at: Timestamp
  readonly expires_at: Timestamp
  readonly updated_at: Timestamp
}

export interface AttemptsTable {
  readonly id: string
  readonly payment_id: string
  readonly terminal_id: number
  readonly device: string
  readonly presence: 'remote' | 'in_person'
  readonly state: string
  readonly reason: string | null
  readonly phase: string | null
  readonly process_id: string | null
  readonly method: string
  readonly mode: 'none' | 'markup' | 'gross_up'
  readonly rate_bp: number
  readonly charge_tiyn: Tiyn
  readonly original_tiyn: Tiyn
  readonly holds_terminal: boolean
  readonly created_at: Timestamp
  readonly updated_at: Timestamp
  readonly ended_at: Timestamp | null
}

export interface CapturesTable {
  readonly attempt_id: string
  readonly payment_id: string
  readonly source_id: number
  readonly terminal_id: number
  readonly device: string
  readonly kind: 'qr' | 'card' | 'alaqan'
  readonly provider_transaction_id: string | null
  readonly gross_tiyn: Tiyn
  readonly credit_tiyn: Tiyn
  readonly overpaid_tiyn: Tiyn
  readonly used_method: string | null
  readonly product_word: string
  readonly rate_bp: number
  readonly late: boolean
  readonly at: Timestamp
}

export interface SourcesTable {
  readonly id: number
  readonly name: string
  readonly type: SourceType
  readonly description: string | null
  readonly country_iso: string
  readonly is_active: boolean
  readonly amount_unit: AmountUnit
  readonly ceiling_tiyn: Tiyn
  readonly tolerance_tiyn: Tiyn
  readonly lifetime_seconds: number
  readonly add_commission_to_amount: boolean | null
  readonly overpaid_policy: 'task' | 'keep'
  readonly default_webhook_url: string | null
  readonly webhook_events: readonly OptionalEvent[]
  readonly daily_limit_tiyn: Tiyn | null
  readonly phone_hourly_limit: number | null
  readonly open_attempts_limit: number | null
  readonly allowed_ips: readonly string[]
  readonly refunds_allowed: boolean
  readonly refund_commission: CommissionBearer
  readonly refund_approval_above_tiyn: Tiyn | null
  readonly created_at: Timestamp
  readonly deleted_at: Timestamp | null
}

export interface TerminalsTable {
  readonly id: number
  readonly way: Way
  readonly name: string
  readonly payment_system: string
  readonly country_iso: string
  readonly ip_address: string
  readonly scheme: 'http' | 'https'
  readonly host: string
  readonly port: number
  readonly camera_id: number | null
  readonly camera_url: string | null
  readonly camera_login: Buffer | null
  readonly own_cheque: boolean
  readonly serial: string | null
  readonly is_active: boolean
  readonly quarantined_until: Timestamp | null
  readonly quarantine_reason: QuarantineReason | null
  readonly needs_probe: boolean
  readonly offline_until: Timestamp | null
  readonly created_at: Timestamp
  readonly deleted_at: Timestamp | null
  readonly tls_mode: 'strict' | 'pinned' | 'insecure'
  readonly tls_fingerprint: string | null
  readonly api_version: 'v1' | 'v2'
  readonly registered_name: string | null
  readonly token_expires_at: Timestamp | null
  readonly trouble: 'not_registered' | 'certificate_changed' | null
  readonly trouble_since: Timestamp | null
  readonly last_reserved_at: Timestamp | null
  readonly can_stop: boolean | null
  readonly taken_out_at: Timestamp | null
  readonly taken_out_by: string | null
  readonly taken_out_reason: string | null
  readonly last_seen_at: Timestamp | null
  readonly reserved_sources: readonly number[] | null
  readonly reserved_country: string | null
}

export interface TerminalHealthTable {
  readonly terminal_id: number
  readonly score: number
  readonly trials: number
  readonly faults: number
  readonly start_ms: number | null
  readonly qr_share: number | null
  readonly suspended_at: Timestamp | null
  readonly suspended_reason: Fault | null
  readonly next_test_at: Timestamp | null
}

export interface OpenAttemptsTable {
  readonly attempt_id: string
  readonly payment_id: string
  readonly terminal_id: number
  readonly holds_terminal: boolean
  readonly state: AttemptStateKind
}

export interface PaymentMethodsTable {
  readonly id: number
  readonly code: string
  readonly name: string
  readonly payment_system: string
  readonly country_iso: string
  readonly months: number | null
  readonly min_tiyn: Tiyn
  readonly max_tiyn: Tiyn
  readonly add_commission_to_amount: boolean
  readonly commission_mode: 'markup' | 'gross_up'
  readonly is_active: boolean
  readonly is_selectable: boolean
  readonly route: Route
}

export interface PaymentSystemsTable {
  readonly code: string
  readonly name: string
  readonly currency: string
  readonly step_tiyn: Tiyn
}

export interface DeliveriesTable {
  readonly id: string
  readonly payment_id: string
  readonly source_id: number
  readonly event: string
  readonly sequence: number
  readonly url: string
  readonly endpoint: string
  readonly body: string
  readonly state: 'held' | 'waiting' | 'delivered' | 'parked' | 'superseded'
  readonly tries: number
  readonly next_at: Timestamp | null
  readonly last_http_status: number | null
  readonly last_reason: string | null
  readonly created_at: Timestamp
  readonly delivered_at: Timestamp | null
}

export interface Tables {
  readonly payments: PaymentsTable
  readonly attempts: AttemptsTable
  readonly open_attempts: OpenAttemptsTable
  readonly captures: CapturesTable
  readonly sources: SourcesTable
  readonly terminals: TerminalsTable
  readonly terminal_health: TerminalHealthTable
  readonly payment_methods: PaymentMethodsTable
  readonly payment_systems: PaymentSystemsTable
  readonly deliveries: DeliveriesTable
}
