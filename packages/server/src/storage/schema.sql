-- Written by `npm run schema`; change migrations, never this file.

DOMAIN tiyn bigint CHECK (((VALUE >= 0) AND (VALUE <= '9007199254740991'::bigint)))

TABLE admin_recovery_codes
  admin_id integer NOT NULL
  code_hash bytea NOT NULL
  used_at timestamp with time zone

TABLE admin_sessions
  id uuid NOT NULL
  admin_id integer NOT NULL
  created_at timestamp with time zone NOT NULL DEFAULT centre_now()
  expires_at timestamp with time zone NOT NULL
  last_seen_at timestamp with time zone NOT NULL DEFAULT centre_now()
  revoked_at timestamp with time zone
  ip text NOT NULL
  user_agent text

TABLE admin_totp
  admin_id integer NOT NULL
  secret bytea NOT NULL
  started_at timestamp with time zone NOT NULL DEFAULT centre_now()
  confirmed_at timestamp with time zone
  last_step bigint

TABLE admins
  id integer NOT NULL IDENTITY
  phone text NOT NULL
  name text NOT NULL
  country_iso text NOT NULL
  role text NOT NULL
  is_active boolean NOT NULL DEFAULT true
  allowed_countries text[]
  allowed_payment_systems text[]
  allowed_sources integer[] NOT NULL DEFAULT '{}'::integer[]
  created_at timestamp with time zone NOT NULL DEFAULT centre_now()
  second_factor_obligatory boolean NOT NULL DEFAULT false

TABLE alert_messages
  id uuid NOT NULL DEFAULT new_id()
  alert_id integer NOT NULL
  news text NOT NULL
  channel text NOT NULL
  address text NOT NULL
  text text NOT NULL
  state text NOT NULL DEFAULT 'waiting'::text
  tries integer NOT NULL DEFAULT 0
  next_at timestamp with time zone
  fault text
  created_at timestamp with time zone NOT NULL DEFAULT centre_now()
  ended_at timestamp with time zone

TABLE alert_reads
  alert_id integer NOT NULL
  admin_id integer NOT NULL
  read_at timestamp with time zone NOT NULL DEFAULT centre_now()

TABLE alert_recipients
  id integer NOT NULL IDENTITY
  channel text NOT NULL
  admin_id integer
  role text
  chat_id text
  severity text NOT NULL DEFAULT 'warning'::text

TABLE alert_rules
  kind text NOT NULL
  is_on boolean NOT NULL
  severity text NOT NULL
  after_seconds integer NOT NULL
  threshold integer

TABLE alert_settings
  only_row boolean NOT NULL DEFAULT true
  quiet_from integer
  quiet_to integer
  remind_after_minutes integer

TABLE alerts
  id integer NOT NULL IDENTITY
  kind text NOT NULL
  key text NOT NULL
  severity text NOT NULL
  country_iso text
  payment_system text
  source_id integer
  terminal_id integer
  payment_id uuid
  facts jsonb NOT NULL DEFAULT '{}'::jsonb
  opened_at timestamp with time zone NOT NULL DEFAULT centre_now()
  last_seen_at timestamp with time zone NOT NULL DEFAULT centre_now()
  reminded_at timestamp with time zone
  ended_at timestamp with time zone

TABLE archived_months
  month date NOT NULL
  sealed_at timestamp with time zone NOT NULL DEFAULT centre_now()
  archived_at timestamp with time zone
  manifest_hash bytea

TABLE attempts PARTITION BY RANGE (id)
  id uuid NOT NULL
  payment_id uuid NOT NULL
  terminal_id integer NOT NULL
  device text NOT NULL
  presence text NOT NULL
  state text NOT NULL
  reason text
  phase text
  since timestamp with time zone
  process_id text
  method text NOT NULL
  mode text NOT NULL
  rate_bp integer NOT NULL
  step_tiyn tiyn NOT NULL
  charge_tiyn tiyn NOT NULL
  original_tiyn tiyn NOT NULL
  rates jsonb NOT NULL
  qr_text text
  qr_url text
  qr_expires_at timestamp with time zone
  stop_requested boolean NOT NULL DEFAULT false
  holds_terminal boolean NOT NULL DEFAULT true
  lost_at timestamp with time zone
  created_at timestamp with time zone NOT NULL
  updated_at timestamp with time zone NOT NULL
  ended_at timestamp with time zone
  live_at timestamp with time zone
  qr_at timestamp with time zone
  forgotten boolean NOT NULL DEFAULT false

TABLE audit_log
  seq bigint NOT NULL
  at timestamp with time zone NOT NULL
  actor_kind text NOT NULL
  admin_id integer
  actor_name text NOT NULL
  ip text
  action text NOT NULL
  target_kind text NOT NULL
  target_id text
  facts jsonb NOT NULL DEFAULT '{}'::jsonb
  prev_hash bytea NOT NULL
  hash bytea NOT NULL
  words_salt bytea
  words_hash bytea
  words_forgotten_at timestamp with time zone

TABLE bank_operations
  id bigint NOT NULL IDENTITY
  statement_id bigint NOT NULL
  payment_system text NOT NULL
  country_iso text NOT NULL
  key text NOT NULL
  move text NOT NULL
  number text
  rrn text
  from_at timestamp with time zone NOT NULL
  to_at timestamp with time zone NOT NULL
  tiyn tiyn NOT NULL
  fee_tiyn tiyn
  payout_tiyn tiyn
  device text
  product text
  method text
  verdict text
  attempt_id uuid
  differences text[] NOT NULL DEFAULT '{}'::text[]

TABLE camera_frames
  terminal_id integer NOT NULL
  outcome text NOT NULL
  looked_at timestamp with time zone NOT NULL
  payment_id uuid
  facts jsonb
  picture bytea
  seen_at timestamp with time zone

TABLE camera_misses
  id uuid NOT NULL DEFAULT new_id()
  terminal_id integer NOT NULL
  payment_id uuid
  at timestamp with time zone NOT NULL DEFAULT centre_now()
  reason text NOT NULL
  facts jsonb
  picture bytea

TABLE captures
  attempt_id uuid NOT NULL
  payment_id uuid NOT NULL
  source_id integer NOT NULL
  terminal_id integer NOT NULL
  device text NOT NULL
  kind text NOT NULL
  provider_transaction_id text
  gross_tiyn tiyn NOT NULL
  credit_tiyn tiyn NOT NULL
  overpaid_tiyn tiyn NOT NULL
  used_method text
  product_word text NOT NULL
  rate_bp integer NOT NULL
  late boolean NOT NULL
  at timestamp with time zone NOT NULL
  returning_tiyn tiyn NOT NULL DEFAULT 0

TABLE closed_days
  day date NOT NULL
  payment_system text NOT NULL
  country_iso text NOT NULL
  version integer NOT NULL
  report text NOT NULL
  report_hash bytea NOT NULL
  reason text
  closed_by text NOT NULL
  closed_at timestamp with time zone NOT NULL

TABLE countries
  iso text NOT NULL
  name text NOT NULL
  dial_code text NOT NULL
  is_active boolean NOT NULL DEFAULT true

TABLE database_life
  one boolean NOT NULL DEFAULT true
  identity text NOT NULL
  seen_at timestamp with time zone NOT NULL

TABLE deliveries PARTITION BY RANGE (id)
  id uuid NOT NULL
  payment_id uuid NOT NULL
  source_id integer NOT NULL
  event text NOT NULL
  sequence integer NOT NULL
  url text NOT NULL
  endpoint text NOT NULL
  body text NOT NULL
  state text NOT NULL
  tries integer NOT NULL DEFAULT 0
  next_at timestamp with time zone
  last_http_status integer
  last_reason text
  created_at timestamp with time zone NOT NULL
  delivered_at timestamp with time zone

TABLE delivery_tries PARTITION BY RANGE (id)
  id uuid NOT NULL
  delivery_id uuid NOT NULL
  source_id integer NOT NULL
  started_at timestamp with time zone NOT NULL
  took_ms integer NOT NULL
  http_status integer
  reason text
  answer text
  headers jsonb NOT NULL

TABLE device_exchanges PARTITION BY RANGE (id)
  id uuid NOT NULL
  payment_id uuid NOT NULL
  attempt_id uuid NOT NULL
  terminal_id integer NOT NULL
  call text NOT NULL
  started_at timestamp with time zone NOT NULL
  took_ms integer NOT NULL
  http_status integer
  outcome text NOT NULL
  said jsonb
  repeats integer NOT NULL DEFAULT 1
  last_at timestamp with time zone NOT NULL

TABLE external_ids
  source_id integer NOT NULL
  external_id text NOT NULL
  payment_id uuid NOT NULL

TABLE figure_days
  day date NOT NULL
  money_day date
  source_id integer NOT NULL
  country_iso text NOT NULL
  currency text NOT NULL
  method text
  product text
  terminal_id integer
  status text
  payments bigint NOT NULL
  original_tiyn bigint NOT NULL
  pay_ms bigint NOT NULL
  attempts_started bigint NOT NULL
  attempts_succeeded bigint NOT NULL
  gross_tiyn bigint NOT NULL
  credited_tiyn bigint NOT NULL
  commission_tiyn bigint NOT NULL
  rounding_tiyn bigint NOT NULL
  overpaid_tiyn bigint NOT NULL
  forgiven_tiyn bigint NOT NULL
  fee_tiyn bigint NOT NULL
  refunded_tiyn bigint NOT NULL DEFAULT 0

TABLE figure_deltas
  created_at timestamp with time zone NOT NULL
  money_at timestamp with time zone
  source_id integer NOT NULL
  country_iso text NOT NULL
  currency text NOT NULL
  method text
  product text
  terminal_id integer
  status text
  payments bigint
  original_tiyn bigint
  pay_ms bigint
  attempts_started bigint
  attempts_succeeded bigint
  gross_tiyn bigint
  credited_tiyn bigint
  commission_tiyn bigint
  rounding_tiyn bigint
  overpaid_tiyn bigint
  forgiven_tiyn bigint
  fee_tiyn bigint
  refunded_tiyn bigint

TABLE figure_sums
  dated_by text NOT NULL
  span text NOT NULL
  since date NOT NULL
  source_id integer NOT NULL
  country_iso text NOT NULL
  currency text NOT NULL
  method text
  product text
  status text
  payments bigint NOT NULL
  original_tiyn bigint NOT NULL
  pay_ms bigint NOT NULL
  attempts_started bigint NOT NULL
  attempts_succeeded bigint NOT NULL
  gross_tiyn bigint NOT NULL
  credited_tiyn bigint NOT NULL
  commission_tiyn bigint NOT NULL
  rounding_tiyn bigint NOT NULL
  overpaid_tiyn bigint NOT NULL
  forgiven_tiyn bigint NOT NULL
  fee_tiyn bigint NOT NULL
  refunded_tiyn bigint NOT NULL

TABLE first_run
  only_row boolean NOT NULL DEFAULT true
  code_hash bytea
  code_expires_at timestamp with time zone
  closed_at timestamp with time zone

TABLE former_ids
  payment_id uuid NOT NULL
  former_id text NOT NULL
  import text NOT NULL
  source_id integer NOT NULL
  status text NOT NULL
  attempt_id uuid

TABLE former_keys
  import text NOT NULL
  kind text NOT NULL
  former_key text NOT NULL
  id integer NOT NULL

TABLE idempotency_keys
  source_id integer NOT NULL
  key text NOT NULL
  route text NOT NULL
  target uuid
  body_hash bytea NOT NULL
  effect_id uuid
  http_status integer
  body text
  busy_until timestamp with time zone NOT NULL
  created_at timestamp with time zone NOT NULL

TABLE leases
  name text NOT NULL
  owner text NOT NULL
  until timestamp with time zone NOT NULL

TABLE login_budgets
  key text NOT NULL
  began_at timestamp with time zone NOT NULL
  used integer NOT NULL

TABLE login_phones
  phone_key bytea NOT NULL
  code_hash bytea
  code_expires_at timestamp with time zone NOT NULL
  tries_left integer NOT NULL
  sent_at timestamp with time zone NOT NULL
  day_began_at timestamp with time zone NOT NULL
  day_sends integer NOT NULL
  day_tries integer NOT NULL

TABLE login_settings
  only_row boolean NOT NULL DEFAULT true
  second_factor_obligatory boolean NOT NULL DEFAULT false

TABLE method_rates
  method_id integer NOT NULL
  valid_from timestamp with time zone NOT NULL
  rate_bp integer NOT NULL
  id integer NOT NULL IDENTITY

TABLE open_attempts
  attempt_id uuid NOT NULL
  payment_id uuid NOT NULL
  terminal_id integer NOT NULL
  holds_terminal boolean NOT NULL
  holds_payment boolean NOT NULL
  state text NOT NULL
  device text NOT NULL
  process_id text
  source_id integer NOT NULL
  lease_owner text NOT NULL
  lease_until timestamp with time zone NOT NULL
  fence bigint NOT NULL DEFAULT 1
  purpose text NOT NULL DEFAULT 'payment'::text
  forgotten boolean NOT NULL DEFAULT false

TABLE payment_history PARTITION BY RANGE (id)
  id uuid NOT NULL
  payment_id uuid NOT NULL
  version integer NOT NULL
  attempt_id uuid
  at timestamp with time zone NOT NULL
  what text NOT NULL
  status_before text
  status_after text NOT NULL
  detail text
  facts jsonb NOT NULL DEFAULT '{}'::jsonb

TABLE payment_methods
  id integer NOT NULL
  code text NOT NULL
  name text NOT NULL
  payment_system text NOT NULL
  country_iso text NOT NULL DEFAULT 'KZ'::text
  months integer
  min_tiyn tiyn NOT NULL DEFAULT 1000
  max_tiyn tiyn NOT NULL DEFAULT '9007199254740991'::bigint
  add_commission_to_amount boolean NOT NULL DEFAULT true
  commission_mode text NOT NULL DEFAULT 'markup'::text
  is_active boolean NOT NULL DEFAULT true
  is_selectable boolean NOT NULL DEFAULT true
  route text NOT NULL DEFAULT 'terminals_first'::text

TABLE payment_systems
  code text NOT NULL
  name text NOT NULL
  currency text NOT NULL
  step_tiyn tiyn NOT NULL

TABLE payments PARTITION BY RANGE (id)
  id uuid NOT NULL
  source_id integer NOT NULL
  country_iso text NOT NULL
  currency text NOT NULL
  original_tiyn tiyn NOT NULL
  tolerance_tiyn tiyn NOT NULL
  status text NOT NULL DEFAULT 'pending'::text
  status_detail text
  cancel_reason text
  failure_reason text
  description text
  customer_phone text
  customer_email text
  customer_name text
  preselected_method integer
  webhook_url text
  metadata json NOT NULL DEFAULT '{}'::json
  external_id text
  chosen_method text
  chosen_mode text
  chosen_rate_bp integer
  chosen_step_tiyn tiyn
  paid_tiyn tiyn NOT NULL DEFAULT 0
  credited_tiyn tiyn NOT NULL DEFAULT 0
  overpaid_tiyn tiyn NOT NULL DEFAULT 0
  forgiven_tiyn tiyn NOT NULL DEFAULT 0
  paid_at timestamp with time zone
  late boolean NOT NULL DEFAULT false
  qr_text text
  qr_url text
  qr_expires_at timestamp with time zone
  sequence integer NOT NULL DEFAULT 0
  told text
  version integer NOT NULL DEFAULT 1
  created_at timestamp with time zone NOT NULL
  expires_at timestamp with time zone NOT NULL
  updated_at timestamp with time zone NOT NULL
  terminal_id integer
  used_method text
  refunded_tiyn tiyn NOT NULL DEFAULT 0
  withheld_tiyn tiyn NOT NULL DEFAULT 0
  refund_status text
  customer_forgotten_at timestamp with time zone

TABLE payouts
  attempt_id uuid NOT NULL
  operation_id bigint NOT NULL
  payout_tiyn tiyn NOT NULL
  at timestamp with time zone NOT NULL

TABLE postings PARTITION BY RANGE (id)
  id uuid NOT NULL
  set_id uuid NOT NULL
  set_kind text NOT NULL
  payment_id uuid NOT NULL
  attempt_id uuid
  account text NOT NULL
  tiyn bigint NOT NULL
  at timestamp with time zone NOT NULL

TABLE qr_connections
  terminal_id integer NOT NULL
  scheme text NOT NULL
  form text NOT NULL
  api_key bytea
  certificate_file text
  key_file text
  passphrase bytea
  organization_bin text
  trade_point_id text NOT NULL
  certificate_expires_at timestamp with time zone

TABLE qr_seen
  qr_hash bytea NOT NULL
  attempt_id uuid NOT NULL
  at timestamp with time zone NOT NULL

TABLE queue_tickets
  payment_id uuid NOT NULL
  source_id integer NOT NULL
  enqueued_at timestamp with time zone NOT NULL
  turn integer NOT NULL
  last_seen_at timestamp with time zone NOT NULL
  granted_until timestamp with time zone
  terminal_id integer
  route text NOT NULL DEFAULT 'terminals_first'::text

TABLE real_fees
  attempt_id uuid NOT NULL
  operation_id bigint NOT NULL
  fee_tiyn tiyn NOT NULL
  at timestamp with time zone NOT NULL

TABLE reconciliation
  id bigint NOT NULL IDENTITY
  kind text NOT NULL
  payment_id uuid NOT NULL
  attempt_id uuid NOT NULL
  terminal_id integer NOT NULL
  opened_at timestamp with time zone NOT NULL
  closed_at timestamp with time zone

TABLE refunds
  id uuid NOT NULL
  payment_id uuid NOT NULL
  attempt_id uuid NOT NULL
  amount_tiyn tiyn NOT NULL
  credit_tiyn tiyn NOT NULL
  overpaid_tiyn tiyn NOT NULL
  bearer text NOT NULL
  why text NOT NULL
  note text
  requested_by text NOT NULL
  requested_by_name text NOT NULL
  approved_by text
  approved_by_name text
  state text NOT NULL
  reason text
  phase text
  since timestamp with time zone
  terminal_id integer
  device text
  process_id text
  qr_text text
  qr_url text
  qr_expires_at timestamp with time zone
  stop_requested boolean NOT NULL
  holds_terminal boolean NOT NULL
  tries integer NOT NULL
  created_at timestamp with time zone NOT NULL
  updated_at timestamp with time zone NOT NULL
  refunded_at timestamp with time zone
  forgotten boolean NOT NULL DEFAULT false

TABLE saved_views
  id integer NOT NULL IDENTITY
  admin_id integer NOT NULL
  name text NOT NULL
  filters jsonb NOT NULL

TABLE schema_migrations
  version integer NOT NULL
  name text NOT NULL
  checksum text NOT NULL
  applied_at timestamp with time zone NOT NULL DEFAULT now()

TABLE settings
  name text NOT NULL
  value jsonb NOT NULL

TABLE sms_balance
  only_row boolean NOT NULL DEFAULT true
  amount numeric NOT NULL
  currency text
  measured_at timestamp with time zone NOT NULL DEFAULT centre_now()

TABLE source_secrets
  id integer NOT NULL IDENTITY
  source_id integer NOT NULL
  sealed bytea NOT NULL
  created_at timestamp with time zone NOT NULL DEFAULT centre_now()
  expires_at timestamp with time zone

TABLE source_tokens
  token_hash bytea NOT NULL
  source_id integer NOT NULL
  created_at timestamp with time zone NOT NULL DEFAULT centre_now()
  expires_at timestamp with time zone

TABLE sources
  id integer NOT NULL IDENTITY
  name text NOT NULL
  type text NOT NULL
  description text
  country_iso text NOT NULL DEFAULT 'KZ'::text
  is_active boolean NOT NULL DEFAULT true
  amount_unit text NOT NULL DEFAULT 'tiyn'::text
  ceiling_tiyn tiyn NOT NULL DEFAULT '10000000000'::bigint
  tolerance_tiyn tiyn NOT NULL DEFAULT 100
  lifetime_seconds integer NOT NULL DEFAULT 3600
  add_commission_to_amount boolean
  overpaid_policy text NOT NULL DEFAULT 'task'::text
  default_webhook_url text
  webhook_events text[] NOT NULL DEFAULT '{}'::text[]
  daily_limit_tiyn tiyn
  phone_hourly_limit integer
  open_attempts_limit integer
  allowed_ips text[] NOT NULL DEFAULT '{}'::text[]
  created_at timestamp with time zone NOT NULL DEFAULT centre_now()
  deleted_at timestamp with time zone
  refunds_allowed boolean NOT NULL DEFAULT false
  refund_commission text NOT NULL DEFAULT 'source'::text
  refund_approval_above_tiyn tiyn

TABLE staff_idempotency_keys
  admin_id integer NOT NULL
  key text NOT NULL
  route text NOT NULL
  target uuid
  body_hash bytea NOT NULL
  effect_id uuid
  http_status integer
  body text
  busy_until timestamp with time zone NOT NULL
  created_at timestamp with time zone NOT NULL

TABLE statement_columns
  payment_system text NOT NULL
  heading bytea NOT NULL
  cells jsonb NOT NULL
  columns jsonb NOT NULL
  products jsonb NOT NULL DEFAULT '{}'::jsonb

TABLE statements
  id bigint NOT NULL IDENTITY
  payment_system text NOT NULL
  country_iso text NOT NULL
  file_name text
  file_hash bytea NOT NULL
  from_at timestamp with time zone NOT NULL
  to_at timestamp with time zone NOT NULL
  operations integer NOT NULL
  repeated integer NOT NULL
  uploaded_by text NOT NULL
  uploaded_at timestamp with time zone NOT NULL

TABLE successors
  replaces uuid NOT NULL
  payment_id uuid NOT NULL

TABLE tasks
  id bigint NOT NULL IDENTITY
  kind text NOT NULL
  payment_id uuid
  attempt_id uuid
  terminal_id integer
  source_id integer
  facts jsonb NOT NULL DEFAULT '{}'::jsonb
  opened_at timestamp with time zone NOT NULL
  closed_at timestamp with time zone
  country_iso text
  payment_system text
  key text
  assignee_id integer
  closed_by text
  close_reason text

TABLE terminal_health
  terminal_id integer NOT NULL
  score integer NOT NULL DEFAULT 100
  trials integer NOT NULL DEFAULT 0
  faults integer NOT NULL DEFAULT 0
  start_ms integer
  qr_share double precision
  times_ms integer[] NOT NULL DEFAULT '{}'::integer[]
  measured_at timestamp with time zone NOT NULL DEFAULT centre_now()
  suspended_at timestamp with time zone
  suspended_reason text
  next_test_at timestamp with time zone
  failed_tests integer NOT NULL DEFAULT 0
  returned_at timestamp with time zone

TABLE terminals
  id integer NOT NULL IDENTITY
  name text NOT NULL
  payment_system text NOT NULL DEFAULT 'kaspi'::text
  country_iso text NOT NULL DEFAULT 'KZ'::text
  ip_address text NOT NULL
  scheme text NOT NULL
  host text NOT NULL
  port integer NOT NULL
  camera_id integer
  camera_url text
  own_cheque boolean NOT NULL DEFAULT false
  access_token bytea
  serial text
  registration integer NOT NULL DEFAULT 1
  is_active boolean NOT NULL DEFAULT true
  quarantined_until timestamp with time zone
  quarantine_reason text
  needs_probe boolean NOT NULL DEFAULT false
  offline_until timestamp with time zone
  last_reserved_at timestamp with time zone
  created_at timestamp with time zone NOT NULL DEFAULT centre_now()
  deleted_at timestamp with time zone
  tls_mode text NOT NULL DEFAULT 'strict'::text
  tls_fingerprint text
  api_version text NOT NULL DEFAULT 'v2'::text
  registered_name text
  refresh_token bytea
  token_expires_at timestamp with time zone
  token_version integer NOT NULL DEFAULT 0
  renewal_blocked_until timestamp with time zone
  pos_number text
  device_number text
  can_stop boolean
  trouble text
  trouble_since timestamp with time zone
  taken_out_at timestamp with time zone
  taken_out_by text
  taken_out_reason text
  last_seen_at timestamp with time zone
  reserved_sources integer[]
  reserved_country text
  offline_since timestamp with time zone
  camera_login bytea
  way text NOT NULL DEFAULT 'terminal'::text
  poll_ms integer

TABLE text_settings
  only_row boolean NOT NULL DEFAULT true
  sealed bytea NOT NULL
  changed_at timestamp with time zone NOT NULL DEFAULT centre_now()

TABLE texts
  id uuid NOT NULL
  kind text NOT NULL
  admin_id integer NOT NULL
  sealed_to bytea
  sealed_text bytea
  masked_to text NOT NULL
  state text NOT NULL DEFAULT 'waiting'::text
  tries integer NOT NULL DEFAULT 0
  next_at timestamp with time zone
  sending_since timestamp with time zone
  provider text
  provider_id text
  fault text
  provider_word text
  created_at timestamp with time zone NOT NULL DEFAULT centre_now()
  expires_at timestamp with time zone NOT NULL
  ended_at timestamp with time zone
  alert_id integer
  alert_news text
  payment_id uuid

TABLE tls_certificates
  fingerprint bytea NOT NULL
  names text NOT NULL
  expires_at timestamp with time zone NOT NULL
  seen_at timestamp with time zone NOT NULL DEFAULT centre_now()

TABLE usual_sums
  source_id integer NOT NULL
  p99_tiyn tiyn NOT NULL
  payments integer NOT NULL
  measured_at timestamp with time zone NOT NULL DEFAULT centre_now()

TABLE webhook_checks
  id uuid NOT NULL
  source_id integer NOT NULL
  endpoint text NOT NULL
  asked_by text NOT NULL
  started_at timestamp with time zone NOT NULL DEFAULT centre_now()
  finished_at timestamp with time zone
  cases jsonb NOT NULL DEFAULT '[]'::jsonb

TABLE webhook_endpoints
  source_id integer NOT NULL
  endpoint text NOT NULL
  failing_since timestamp with time zone
  warned_at timestamp with time zone
  switched_off_at timestamp with time zone

TABLE webhook_replays
  id uuid NOT NULL
  source_id integer NOT NULL
  request_key text NOT NULL
  from_at timestamp with time zone NOT NULL
  to_at timestamp with time zone NOT NULL
  events text[] NOT NULL
  only_parked boolean NOT NULL
  asked_by text NOT NULL
  created_at timestamp with time zone NOT NULL DEFAULT centre_now()
  total integer NOT NULL
  released integer NOT NULL DEFAULT 0
  last_id uuid
  finished_at timestamp with time zone
  stopped_by text

CONSTRAINT admin_recovery_codes_admin_id_fkey ON admin_recovery_codes FOREIGN KEY (admin_id) REFERENCES admins(id)

CONSTRAINT admin_recovery_codes_code_hash_check ON admin_recovery_codes CHECK ((octet_length(code_hash) = 32))

CONSTRAINT admin_recovery_codes_pkey ON admin_recovery_codes PRIMARY KEY (admin_id, code_hash)

CONSTRAINT admin_sessions_admin_id_fkey ON admin_sessions FOREIGN KEY (admin_id) REFERENCES admins(id)

CONSTRAINT admin_sessions_pkey ON admin_sessions PRIMARY KEY (id)

CONSTRAINT admin_sessions_user_agent_check ON admin_sessions CHECK ((char_length(user_agent) <= 200))

CONSTRAINT admin_totp_admin_id_fkey ON admin_totp FOREIGN KEY (admin_id) REFERENCES admins(id)

CONSTRAINT admin_totp_confirmed ON admin_totp CHECK (((confirmed_at IS NULL) = (last_step IS NULL)))

CONSTRAINT admin_totp_pkey ON admin_totp PRIMARY KEY (admin_id)

CONSTRAINT admins_country_iso_fkey ON admins FOREIGN KEY (country_iso) REFERENCES countries(iso)

CONSTRAINT admins_name_check ON admins CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200)))

CONSTRAINT admins_phone_check ON admins CHECK ((phone ~ '^\+[1-9][0-9]{6,14}$'::text))

CONSTRAINT admins_phone_once ON admins UNIQUE (phone)

CONSTRAINT admins_pkey ON admins PRIMARY KEY (id)

CONSTRAINT admins_role_check ON admins CHECK ((role = ANY (ARRAY['super_admin'::text, 'country_admin'::text, 'accountant'::text, 'cashier'::text, 'developer'::text])))

CONSTRAINT alert_messages_alert_id_fkey ON alert_messages FOREIGN KEY (alert_id) REFERENCES alerts(id) ON DELETE CASCADE

CONSTRAINT alert_messages_channel_check ON alert_messages CHECK ((channel = 'telegram'::text))

CONSTRAINT alert_messages_news_check ON alert_messages CHECK ((news = ANY (ARRAY['opened'::text, 'still'::text, 'ended'::text])))

CONSTRAINT alert_messages_once ON alert_messages UNIQUE (alert_id, news, channel, address)

CONSTRAINT alert_messages_pkey ON alert_messages PRIMARY KEY (id)

CONSTRAINT alert_messages_state_check ON alert_messages CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'refused'::text, 'given_up'::text, 'superseded'::text])))

CONSTRAINT alert_messages_text_check ON alert_messages CHECK ((char_length(text) <= 1000))

CONSTRAINT alert_messages_tries_check ON alert_messages CHECK ((tries >= 0))

CONSTRAINT alert_messages_waiting ON alert_messages CHECK (((state = 'waiting'::text) = (next_at IS NOT NULL)))

CONSTRAINT alert_reads_admin_id_fkey ON alert_reads FOREIGN KEY (admin_id) REFERENCES admins(id)

CONSTRAINT alert_reads_alert_id_fkey ON alert_reads FOREIGN KEY (alert_id) REFERENCES alerts(id) ON DELETE CASCADE

CONSTRAINT alert_reads_pkey ON alert_reads PRIMARY KEY (alert_id, admin_id)

CONSTRAINT alert_recipients_admin_id_fkey ON alert_recipients FOREIGN KEY (admin_id) REFERENCES admins(id)

CONSTRAINT alert_recipients_channel_check ON alert_recipients CHECK ((channel = ANY (ARRAY['sms'::text, 'telegram'::text])))

CONSTRAINT alert_recipients_chat_id_check ON alert_recipients CHECK ((chat_id ~ '^(-?[0-9]{1,20}|@[A-Za-z0-9_]{5,32})$'::text))

CONSTRAINT alert_recipients_once ON alert_recipients UNIQUE NULLS NOT DISTINCT (channel, admin_id, role, chat_id)

CONSTRAINT alert_recipients_pkey ON alert_recipients PRIMARY KEY (id)

CONSTRAINT alert_recipients_role_check ON alert_recipients CHECK ((role = ANY (ARRAY['super_admin'::text, 'country_admin'::text, 'accountant'::text, 'cashier'::text, 'developer'::text])))

CONSTRAINT alert_recipients_severity_check ON alert_recipients CHECK ((severity = ANY (ARRAY['warning'::text, 'critical'::text])))

CONSTRAINT alert_recipients_whole ON alert_recipients CHECK (
CASE channel
    WHEN 'sms'::text THEN ((num_nonnulls(admin_id, role) = 1) AND (chat_id IS NULL))
    ELSE ((chat_id IS NOT NULL) AND (role IS NULL))
END)

CONSTRAINT alert_rules_after_seconds_check ON alert_rules CHECK (((after_seconds >= 0) AND (after_seconds <= 2592000)))

CONSTRAINT alert_rules_pkey ON alert_rules PRIMARY KEY (kind)

CONSTRAINT alert_rules_severity_check ON alert_rules CHECK ((severity = ANY (ARRAY['warning'::text, 'critical'::text])))

CONSTRAINT alert_rules_threshold_check ON alert_rules CHECK (((threshold >= 0) AND (threshold <= 1000000000)))

CONSTRAINT alert_settings_only_row_check ON alert_settings CHECK (only_row)

CONSTRAINT alert_settings_pkey ON alert_settings PRIMARY KEY (only_row)

CONSTRAINT alert_settings_quiet_from_check ON alert_settings CHECK (((quiet_from >= 0) AND (quiet_from <= 1439)))

CONSTRAINT alert_settings_quiet_to_check ON alert_settings CHECK (((quiet_to >= 0) AND (quiet_to <= 1439)))

CONSTRAINT alert_settings_quiet_whole ON alert_settings CHECK ((num_nulls(quiet_from, quiet_to) = ANY (ARRAY[0, 2])))

CONSTRAINT alert_settings_remind_after_minutes_check ON alert_settings CHECK (((remind_after_minutes >= 1) AND (remind_after_minutes <= 10080)))

CONSTRAINT alerts_key_check ON alerts CHECK (((char_length(key) >= 1) AND (char_length(key) <= 2200)))

CONSTRAINT alerts_kind_check ON alerts CHECK ((kind = ANY (ARRAY['terminal_offline'::text, 'terminal_suspended'::text, 'terminal_quarantined'::text, 'terminal_needs_mending'::text, 'result_unknown'::text, 'books_restored'::text, 'endpoint_failing'::text, 'sms_balance_low'::text, 'reconciliation_gap'::text, 'unusual_sum'::text, 'certificate_expiring'::text])))

CONSTRAINT alerts_pkey ON alerts PRIMARY KEY (id)

CONSTRAINT alerts_severity_check ON alerts CHECK ((severity = ANY (ARRAY['warning'::text, 'critical'::text])))

CONSTRAINT archived_months_manifest_hash_check ON archived_months CHECK ((octet_length(manifest_hash) = 32))

CONSTRAINT archived_months_month_check ON archived_months CHECK ((EXTRACT(day FROM month) = (1)::numeric))

CONSTRAINT archived_months_pkey ON archived_months PRIMARY KEY (month)

CONSTRAINT archived_months_whole ON archived_months CHECK (((archived_at IS NULL) = (manifest_hash IS NULL)))

CONSTRAINT attempts_charge_tiyn_check ON attempts CHECK (((charge_tiyn)::bigint > 0))

CONSTRAINT attempts_mode_check ON attempts CHECK ((mode = ANY (ARRAY['none'::text, 'markup'::text, 'gross_up'::text])))

CONSTRAINT attempts_original_tiyn_check ON attempts CHECK (((original_tiyn)::bigint > 0))

CONSTRAINT attempts_pkey ON attempts PRIMARY KEY (id)

CONSTRAINT attempts_presence_check ON attempts CHECK ((presence = ANY (ARRAY['remote'::text, 'in_person'::text])))

CONSTRAINT attempts_qr_whole ON attempts CHECK ((num_nulls(qr_text, qr_url, qr_expires_at) = ANY (ARRAY[0, 3])))

CONSTRAINT attempts_state_check ON attempts CHECK ((state = ANY (ARRAY['reserved'::text, 'calling'::text, 'live'::text, 'unknown'::text, 'lost'::text, 'stray'::text, 'held'::text, 'released'::text, 'refused'::text, 'succeeded'::text, 'failed'::text, 'abandoned'::text])))

CONSTRAINT audit_log_action_check ON audit_log CHECK ((action ~ '^[a-z_]+\.[a-z_]+$'::text))

CONSTRAINT audit_log_actor_kind_check ON audit_log CHECK ((actor_kind = ANY (ARRAY['admin'::text, 'cli'::text, 'system'::text])))

CONSTRAINT audit_log_admin_named ON audit_log CHECK (((actor_kind = 'admin'::text) = (admin_id IS NOT NULL)))

CONSTRAINT audit_log_pkey ON audit_log PRIMARY KEY (seq)

CONSTRAINT bank_operations_move_check ON bank_operations CHECK ((move = ANY (ARRAY['sale'::text, 'refund'::text])))

CONSTRAINT bank_operations_once ON bank_operations UNIQUE (payment_system, country_iso, move, key)

CONSTRAINT bank_operations_pkey ON bank_operations PRIMARY KEY (id)

CONSTRAINT bank_operations_statement_id_fkey ON bank_operations FOREIGN KEY (statement_id) REFERENCES statements(id)

CONSTRAINT bank_operations_tiyn_check ON bank_operations CHECK (((tiyn)::bigint > 0))

CONSTRAINT bank_operations_verdict_check ON bank_operations CHECK ((verdict = ANY (ARRAY['matched'::text, 'different'::text, 'ambiguous'::text, 'missing_here'::text])))

CONSTRAINT camera_frames_outcome_check ON camera_frames CHECK ((outcome = ANY (ARRAY['read'::text, 'nothing'::text, 'foreign'::text, 'camera_failed'::text])))

CONSTRAINT camera_frames_picture_check ON camera_frames CHECK ((octet_length(picture) <= 65536))

CONSTRAINT camera_frames_picture_whole ON camera_frames CHECK (((num_nulls(facts, picture, seen_at) = ANY (ARRAY[0, 3])) AND ((picture IS NOT NULL) OR (payment_id IS NULL))))

CONSTRAINT camera_frames_pkey ON camera_frames PRIMARY KEY (terminal_id)

CONSTRAINT camera_frames_terminal_id_fkey ON camera_frames FOREIGN KEY (terminal_id) REFERENCES terminals(id)

CONSTRAINT camera_misses_picture_check ON camera_misses CHECK ((octet_length(picture) <= 65536))

CONSTRAINT camera_misses_picture_whole ON camera_misses CHECK (((facts IS NULL) = (picture IS NULL)))

CONSTRAINT camera_misses_pkey ON camera_misses PRIMARY KEY (id)

CONSTRAINT camera_misses_reason_check ON camera_misses CHECK ((reason = ANY (ARRAY['camera_failed'::text, 'foreign'::text, 'no_code'::text, 'too_dark'::text, 'too_bright'::text, 'blurred'::text])))

CONSTRAINT camera_misses_terminal_id_fkey ON camera_misses FOREIGN KEY (terminal_id) REFERENCES terminals(id)

CONSTRAINT captures_gross_tiyn_check ON captures CHECK (((gross_tiyn)::bigint > 0))

CONSTRAINT captures_kind_check ON captures CHECK ((kind = ANY (ARRAY['qr'::text, 'card'::text, 'alaqan'::text])))

CONSTRAINT captures_money_once ON captures UNIQUE (device, kind, provider_transaction_id)

CONSTRAINT captures_pkey ON captures PRIMARY KEY (attempt_id)

CONSTRAINT captures_returned_within ON captures CHECK (((returning_tiyn)::bigint <= (gross_tiyn)::bigint))

CONSTRAINT closed_days_again_has_reason ON closed_days CHECK (((version > 1) = (reason IS NOT NULL)))

CONSTRAINT closed_days_country_iso_check ON closed_days CHECK ((country_iso ~ '^[A-Z]{2}$'::text))

CONSTRAINT closed_days_hash ON closed_days CHECK ((report_hash = sha256(convert_to(report, 'UTF8'::name))))

CONSTRAINT closed_days_payment_system_fkey ON closed_days FOREIGN KEY (payment_system) REFERENCES payment_systems(code)

CONSTRAINT closed_days_pkey ON closed_days PRIMARY KEY (day, payment_system, country_iso, version)

CONSTRAINT closed_days_version_check ON closed_days CHECK ((version > 0))

CONSTRAINT countries_dial_code_check ON countries CHECK ((dial_code ~ '^\+[0-9]{1,4}$'::text))

CONSTRAINT countries_iso_check ON countries CHECK ((iso ~ '^[A-Z]{2}$'::text))

CONSTRAINT countries_name_check ON countries CHECK (((char_length(name) >= 1) AND (char_length(name) <= 100)))

CONSTRAINT countries_name_key ON countries UNIQUE (name)

CONSTRAINT countries_pkey ON countries PRIMARY KEY (iso)

CONSTRAINT database_life_identity_check ON database_life CHECK (((char_length(identity) >= 1) AND (char_length(identity) <= 64)))

CONSTRAINT database_life_one_check ON database_life CHECK (one)

CONSTRAINT database_life_pkey ON database_life PRIMARY KEY (one)

CONSTRAINT deliveries_pkey ON deliveries PRIMARY KEY (id)

CONSTRAINT deliveries_state_check ON deliveries CHECK ((state = ANY (ARRAY['held'::text, 'waiting'::text, 'delivered'::text, 'parked'::text, 'superseded'::text])))

CONSTRAINT deliveries_waiting_has_time ON deliveries CHECK (((state = 'waiting'::text) = (next_at IS NOT NULL)))

CONSTRAINT delivery_tries_answer_check ON delivery_tries CHECK ((char_length(answer) <= 1000))

CONSTRAINT delivery_tries_pkey ON delivery_tries PRIMARY KEY (id)

CONSTRAINT delivery_tries_reason_check ON delivery_tries CHECK ((char_length(reason) <= 64))

CONSTRAINT delivery_tries_took_ms_check ON delivery_tries CHECK ((took_ms >= 0))

CONSTRAINT device_exchanges_call_check ON device_exchanges CHECK ((call = ANY (ARRAY['start'::text, 'status'::text, 'actualize'::text, 'stop'::text])))

CONSTRAINT device_exchanges_pkey ON device_exchanges PRIMARY KEY (id)

CONSTRAINT device_exchanges_repeats_check ON device_exchanges CHECK ((repeats > 0))

CONSTRAINT device_exchanges_said_check ON device_exchanges CHECK ((octet_length((said)::text) <= 16384))

CONSTRAINT device_exchanges_took_ms_check ON device_exchanges CHECK ((took_ms >= 0))

CONSTRAINT external_ids_once ON external_ids PRIMARY KEY (source_id, external_id)

CONSTRAINT figure_days_once ON figure_days UNIQUE NULLS NOT DISTINCT (day, money_day, source_id, country_iso, currency, method, product, terminal_id, status)

CONSTRAINT figure_sums_dated_by_check ON figure_sums CHECK ((dated_by = ANY (ARRAY['created_at'::text, 'paid_at'::text])))

CONSTRAINT figure_sums_once ON figure_sums UNIQUE NULLS NOT DISTINCT (dated_by, span, since, source_id, country_iso, currency, method, product, status)

CONSTRAINT figure_sums_span_check ON figure_sums CHECK ((span = ANY (ARRAY['day'::text, 'month'::text])))

CONSTRAINT first_run_closed ON first_run CHECK (((closed_at IS NULL) OR (code_hash IS NULL)))

CONSTRAINT first_run_code_hash_check ON first_run CHECK ((octet_length(code_hash) = 32))

CONSTRAINT first_run_code_whole ON first_run CHECK ((num_nulls(code_hash, code_expires_at) = ANY (ARRAY[0, 2])))

CONSTRAINT first_run_only_row_check ON first_run CHECK (only_row)

CONSTRAINT first_run_pkey ON first_run PRIMARY KEY (only_row)

CONSTRAINT former_ids_former_id_check ON former_ids CHECK ((former_id ~ '^[A-Za-z0-9_.-]{1,64}$'::text))

CONSTRAINT former_ids_import_check ON former_ids CHECK ((import ~ '^[a-z0-9_-]{1,40}$'::text))

CONSTRAINT former_ids_pkey ON former_ids PRIMARY KEY (payment_id)

CONSTRAINT former_ids_source_id_fkey ON former_ids FOREIGN KEY (source_id) REFERENCES sources(id)

CONSTRAINT former_keys_former_key_check ON former_keys CHECK (((char_length(former_key) >= 1) AND (char_length(former_key) <= 128)))

CONSTRAINT former_keys_kind_check ON former_keys CHECK ((kind = ANY (ARRAY['source'::text, 'terminal'::text])))

CONSTRAINT former_keys_once ON former_keys PRIMARY KEY (import, kind, former_key)

CONSTRAINT idempotency_keys_key_check ON idempotency_keys CHECK (((char_length(key) >= 1) AND (char_length(key) <= 255)))

CONSTRAINT idempotency_keys_pkey ON idempotency_keys PRIMARY KEY (source_id, key)

CONSTRAINT leases_pkey ON leases PRIMARY KEY (name)

CONSTRAINT login_budgets_key_check ON login_budgets CHECK ((char_length(key) <= 100))

CONSTRAINT login_budgets_pkey ON login_budgets PRIMARY KEY (key)

CONSTRAINT login_budgets_used_check ON login_budgets CHECK ((used > 0))

CONSTRAINT login_phones_code_hash_check ON login_phones CHECK ((octet_length(code_hash) = 32))

CONSTRAINT login_phones_day_sends_check ON login_phones CHECK ((day_sends >= 0))

CONSTRAINT login_phones_day_tries_check ON login_phones CHECK ((day_tries >= 0))

CONSTRAINT login_phones_phone_key_check ON login_phones CHECK ((octet_length(phone_key) = 32))

CONSTRAINT login_phones_pkey ON login_phones PRIMARY KEY (phone_key)

CONSTRAINT login_phones_tries_left_check ON login_phones CHECK ((tries_left >= 0))

CONSTRAINT login_settings_only_row_check ON login_settings CHECK (only_row)

CONSTRAINT login_settings_pkey ON login_settings PRIMARY KEY (only_row)

CONSTRAINT method_rates_id ON method_rates UNIQUE (id)

CONSTRAINT method_rates_method_id_fkey ON method_rates FOREIGN KEY (method_id) REFERENCES payment_methods(id)

CONSTRAINT method_rates_pkey ON method_rates PRIMARY KEY (method_id, valid_from)

CONSTRAINT method_rates_rate_bp_check ON method_rates CHECK (((rate_bp >= 0) AND (rate_bp <= 9000)))

CONSTRAINT open_attempts_pkey ON open_attempts PRIMARY KEY (attempt_id)

CONSTRAINT open_attempts_purpose_check ON open_attempts CHECK ((purpose = ANY (ARRAY['payment'::text, 'refund'::text])))

CONSTRAINT payment_history_pkey ON payment_history PRIMARY KEY (id)

CONSTRAINT payment_methods_code_check ON payment_methods CHECK ((code ~ '^[a-z][a-z0-9_]{0,62}$'::text))

CONSTRAINT payment_methods_code_key ON payment_methods UNIQUE (code)

CONSTRAINT payment_methods_commission_mode_check ON payment_methods CHECK ((commission_mode = ANY (ARRAY['markup'::text, 'gross_up'::text])))

CONSTRAINT payment_methods_country ON payment_methods FOREIGN KEY (country_iso) REFERENCES countries(iso)

CONSTRAINT payment_methods_country_iso_check ON payment_methods CHECK ((country_iso ~ '^[A-Z]{2}$'::text))

CONSTRAINT payment_methods_months_check ON payment_methods CHECK ((months > 0))

CONSTRAINT payment_methods_payment_system_fkey ON payment_methods FOREIGN KEY (payment_system) REFERENCES payment_systems(code)

CONSTRAINT payment_methods_pkey ON payment_methods PRIMARY KEY (id)

CONSTRAINT payment_methods_route_check ON payment_methods CHECK ((route = ANY (ARRAY['terminals_first'::text, 'terminals_only'::text, 'qr_api_only'::text])))

CONSTRAINT payment_systems_currency_check ON payment_systems CHECK ((currency ~ '^[A-Z]{3}$'::text))

CONSTRAINT payment_systems_pkey ON payment_systems PRIMARY KEY (code)

CONSTRAINT payment_systems_step_tiyn_check ON payment_systems CHECK (((step_tiyn)::bigint > 0))

CONSTRAINT payments_cancel_reason_check ON payments CHECK ((cancel_reason = ANY (ARRAY['requested'::text, 'expired'::text])))

CONSTRAINT payments_cancelled_status ON payments CHECK (((status = 'cancelled'::text) = (cancel_reason IS NOT NULL)))

CONSTRAINT payments_chosen_mode_check ON payments CHECK ((chosen_mode = ANY (ARRAY['none'::text, 'markup'::text, 'gross_up'::text])))

CONSTRAINT payments_chosen_whole ON payments CHECK ((num_nulls(chosen_method, chosen_mode, chosen_rate_bp, chosen_step_tiyn) = ANY (ARRAY[0, 4])))

CONSTRAINT payments_credits_bounded ON payments CHECK (((((credited_tiyn)::bigint - (withheld_tiyn)::bigint) <= (original_tiyn)::bigint) OR late))

CONSTRAINT payments_currency_check ON payments CHECK ((currency ~ '^[A-Z]{3}$'::text))

CONSTRAINT payments_forgotten_is_gone ON payments CHECK (((customer_forgotten_at IS NULL) OR ((num_nonnulls(customer_phone, customer_email, customer_name, description) = 0) AND ((metadata)::text = '{}'::text))))

CONSTRAINT payments_gross_covers ON payments CHECK ((((credited_tiyn)::bigint + (overpaid_tiyn)::bigint) <= (paid_tiyn)::bigint))

CONSTRAINT payments_original_tiyn_check ON payments CHECK (((original_tiyn)::bigint > 0))

CONSTRAINT payments_paid_by_credits ON payments CHECK (
CASE
    WHEN (paid_at IS NULL) THEN (((credited_tiyn)::bigint = (withheld_tiyn)::bigint) OR (((credited_tiyn)::bigint - (withheld_tiyn)::bigint) < ((original_tiyn)::bigint - (tolerance_tiyn)::bigint)))
    ELSE (((credited_tiyn)::bigint > 0) AND ((credited_tiyn)::bigint >= ((original_tiyn)::bigint - (tolerance_tiyn)::bigint)))
END)

CONSTRAINT payments_paid_status ON payments CHECK (((status = 'paid'::text) = (paid_at IS NOT NULL)))

CONSTRAINT payments_pkey ON payments PRIMARY KEY (id) INCLUDE (source_id, country_iso, status, chosen_method)

CONSTRAINT payments_qr_whole ON payments CHECK ((num_nulls(qr_text, qr_url, qr_expires_at) = ANY (ARRAY[0, 3])))

CONSTRAINT payments_refund_status_check ON payments CHECK ((refund_status = ANY (ARRAY['requested'::text, 'processing'::text, 'partially_refunded'::text, 'refunded'::text])))

CONSTRAINT payments_refunded_bounded ON payments CHECK (((refunded_tiyn)::bigint <= (paid_tiyn)::bigint))

CONSTRAINT payments_status_check ON payments CHECK ((status = ANY (ARRAY['pending'::text, 'processing'::text, 'paid'::text, 'partially_paid'::text, 'cancelled'::text, 'failed'::text])))

CONSTRAINT payments_withheld_bounded ON payments CHECK (((withheld_tiyn)::bigint <= (credited_tiyn)::bigint))

CONSTRAINT payouts_operation_id_fkey ON payouts FOREIGN KEY (operation_id) REFERENCES bank_operations(id)

CONSTRAINT payouts_pkey ON payouts PRIMARY KEY (attempt_id)

CONSTRAINT postings_account_check ON postings CHECK ((account = ANY (ARRAY['customer'::text, 'source_credit'::text, 'commission_charged'::text, 'rounding'::text, 'forgiven'::text, 'overpaid'::text, 'refunded'::text, 'provider_fee_expected'::text, 'provider_fee_difference'::text, 'provider_receivable'::text, 'payout_received'::text])))

CONSTRAINT postings_pkey ON postings PRIMARY KEY (id)

CONSTRAINT postings_set_kind_check ON postings CHECK ((set_kind = ANY (ARRAY['capture'::text, 'forgiven'::text, 'refund'::text, 'provider_fee'::text, 'provider_fee_real'::text, 'payout'::text])))

CONSTRAINT postings_tiyn_check ON postings CHECK (((tiyn <> 0) AND ((tiyn >= '-9007199254740991'::bigint) AND (tiyn <= '9007199254740991'::bigint))))

CONSTRAINT qr_connections_bin ON qr_connections CHECK (((scheme <> 'r3'::text) OR (organization_bin IS NOT NULL)))

CONSTRAINT qr_connections_certificate ON qr_connections CHECK (((scheme = 'r1'::text) OR (certificate_file IS NOT NULL)))

CONSTRAINT qr_connections_form_check ON qr_connections CHECK ((form = ANY (ARRAY['qr'::text, 'link'::text])))

CONSTRAINT qr_connections_key ON qr_connections CHECK (((scheme <> 'r1'::text) OR (api_key IS NOT NULL)))

CONSTRAINT qr_connections_organization_bin_check ON qr_connections CHECK ((organization_bin ~ '^[0-9]{12}$'::text))

CONSTRAINT qr_connections_pkey ON qr_connections PRIMARY KEY (terminal_id)

CONSTRAINT qr_connections_scheme_check ON qr_connections CHECK ((scheme = ANY (ARRAY['r1'::text, 'r2'::text, 'r3'::text])))

CONSTRAINT qr_connections_terminal_id_fkey ON qr_connections FOREIGN KEY (terminal_id) REFERENCES terminals(id)

CONSTRAINT qr_connections_trade_point_id_check ON qr_connections CHECK ((trade_point_id ~ '^[0-9]{1,18}$'::text))

CONSTRAINT qr_seen_pkey ON qr_seen PRIMARY KEY (qr_hash)

CONSTRAINT qr_seen_qr_hash_check ON qr_seen CHECK ((octet_length(qr_hash) = 32))

CONSTRAINT queue_tickets_pkey ON queue_tickets PRIMARY KEY (payment_id)

CONSTRAINT queue_tickets_route_check ON queue_tickets CHECK ((route = ANY (ARRAY['terminals_first'::text, 'terminals_only'::text, 'qr_api_only'::text])))

CONSTRAINT real_fees_operation_id_fkey ON real_fees FOREIGN KEY (operation_id) REFERENCES bank_operations(id)

CONSTRAINT real_fees_pkey ON real_fees PRIMARY KEY (attempt_id)

CONSTRAINT reconciliation_attempt_id_key ON reconciliation UNIQUE (attempt_id)

CONSTRAINT reconciliation_kind_check ON reconciliation CHECK ((kind = 'lost_start'::text))

CONSTRAINT reconciliation_pkey ON reconciliation PRIMARY KEY (id)

CONSTRAINT refunds_amount_tiyn_check ON refunds CHECK (((amount_tiyn)::bigint > 0))

CONSTRAINT refunds_attempt_id_fkey ON refunds FOREIGN KEY (attempt_id) REFERENCES captures(attempt_id)

CONSTRAINT refunds_bearer_check ON refunds CHECK ((bearer = ANY (ARRAY['source'::text, 'customer'::text, 'centre'::text])))

CONSTRAINT refunds_done_has_time ON refunds CHECK (((state = 'succeeded'::text) = (refunded_at IS NOT NULL)))

CONSTRAINT refunds_note_check ON refunds CHECK ((char_length(note) <= 1000))

CONSTRAINT refunds_parts_within ON refunds CHECK ((((credit_tiyn)::bigint + (overpaid_tiyn)::bigint) <= (amount_tiyn)::bigint))

CONSTRAINT refunds_pkey ON refunds PRIMARY KEY (id)

CONSTRAINT refunds_qr_whole ON refunds CHECK ((num_nulls(qr_text, qr_url, qr_expires_at) = ANY (ARRAY[0, 3])))

CONSTRAINT refunds_second_person ON refunds CHECK ((approved_by <> requested_by))

CONSTRAINT refunds_state_check ON refunds CHECK ((state = ANY (ARRAY['awaiting_approval'::text, 'approved'::text, 'reserved'::text, 'calling'::text, 'live'::text, 'unknown'::text, 'lost'::text, 'held'::text, 'succeeded'::text, 'failed'::text, 'declined'::text, 'cancelled'::text])))

CONSTRAINT refunds_tries_check ON refunds CHECK ((tries >= 0))

CONSTRAINT saved_views_admin_id_fkey ON saved_views FOREIGN KEY (admin_id) REFERENCES admins(id)

CONSTRAINT saved_views_filters_check ON saved_views CHECK ((jsonb_typeof(filters) = 'object'::text))

CONSTRAINT saved_views_name_check ON saved_views CHECK (((char_length(name) >= 1) AND (char_length(name) <= 60)))

CONSTRAINT saved_views_name_once ON saved_views UNIQUE (admin_id, name)

CONSTRAINT saved_views_pkey ON saved_views PRIMARY KEY (id)

CONSTRAINT schema_migrations_pkey ON schema_migrations PRIMARY KEY (version)

CONSTRAINT settings_pkey ON settings PRIMARY KEY (name)

CONSTRAINT sms_balance_only_row_check ON sms_balance CHECK (only_row)

CONSTRAINT sms_balance_pkey ON sms_balance PRIMARY KEY (only_row)

CONSTRAINT source_secrets_pkey ON source_secrets PRIMARY KEY (id)

CONSTRAINT source_secrets_source_id_fkey ON source_secrets FOREIGN KEY (source_id) REFERENCES sources(id)

CONSTRAINT source_tokens_pkey ON source_tokens PRIMARY KEY (token_hash)

CONSTRAINT source_tokens_source_id_fkey ON source_tokens FOREIGN KEY (source_id) REFERENCES sources(id)

CONSTRAINT source_tokens_token_hash_check ON source_tokens CHECK ((octet_length(token_hash) = 32))

CONSTRAINT sources_amount_unit_check ON sources CHECK ((amount_unit = ANY (ARRAY['tiyn'::text, 'tenge'::text])))

CONSTRAINT sources_country ON sources FOREIGN KEY (country_iso) REFERENCES countries(iso)

CONSTRAINT sources_country_iso_check ON sources CHECK ((country_iso ~ '^[A-Z]{2}$'::text))

CONSTRAINT sources_default_webhook_url_check ON sources CHECK ((char_length(default_webhook_url) <= 2048))

CONSTRAINT sources_lifetime_seconds_check ON sources CHECK (((lifetime_seconds >= 60) AND (lifetime_seconds <= 31536000)))

CONSTRAINT sources_name_check ON sources CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200)))

CONSTRAINT sources_open_attempts_limit_check ON sources CHECK ((open_attempts_limit > 0))

CONSTRAINT sources_overpaid_policy_check ON sources CHECK ((overpaid_policy = ANY (ARRAY['task'::text, 'keep'::text])))

CONSTRAINT sources_phone_hourly_limit_check ON sources CHECK ((phone_hourly_limit > 0))

CONSTRAINT sources_pkey ON sources PRIMARY KEY (id)

CONSTRAINT sources_refund_commission_check ON sources CHECK ((refund_commission = ANY (ARRAY['source'::text, 'customer'::text, 'centre'::text])))

CONSTRAINT sources_tolerance_tiyn_check ON sources CHECK (((tolerance_tiyn)::bigint <= 100000))

CONSTRAINT sources_type_check ON sources CHECK ((type = ANY (ARRAY['website'::text, 'mobile_app'::text, 'desktop_app'::text, 'other'::text])))

CONSTRAINT sources_webhook_events_check ON sources CHECK ((webhook_events <@ ARRAY['partially_paid'::text, 'failed'::text, 'cancelled'::text, 'refunded'::text]))

CONSTRAINT staff_idempotency_keys_admin_id_fkey ON staff_idempotency_keys FOREIGN KEY (admin_id) REFERENCES admins(id)

CONSTRAINT staff_idempotency_keys_key_check ON staff_idempotency_keys CHECK (((char_length(key) >= 1) AND (char_length(key) <= 255)))

CONSTRAINT staff_idempotency_keys_pkey ON staff_idempotency_keys PRIMARY KEY (admin_id, key)

CONSTRAINT statement_columns_heading_check ON statement_columns CHECK ((octet_length(heading) = 32))

CONSTRAINT statement_columns_payment_system_fkey ON statement_columns FOREIGN KEY (payment_system) REFERENCES payment_systems(code)

CONSTRAINT statement_columns_pkey ON statement_columns PRIMARY KEY (payment_system, heading)

CONSTRAINT statements_check ON statements CHECK ((to_at >= from_at))

CONSTRAINT statements_country_iso_check ON statements CHECK ((country_iso ~ '^[A-Z]{2}$'::text))

CONSTRAINT statements_file_hash_check ON statements CHECK ((octet_length(file_hash) = 32))

CONSTRAINT statements_file_name_check ON statements CHECK ((char_length(file_name) <= 200))

CONSTRAINT statements_file_once ON statements UNIQUE (payment_system, country_iso, file_hash)

CONSTRAINT statements_payment_system_fkey ON statements FOREIGN KEY (payment_system) REFERENCES payment_systems(code)

CONSTRAINT statements_pkey ON statements PRIMARY KEY (id)

CONSTRAINT successors_payment_id_key ON successors UNIQUE (payment_id)

CONSTRAINT successors_pkey ON successors PRIMARY KEY (replaces)

CONSTRAINT tasks_assignee_id_fkey ON tasks FOREIGN KEY (assignee_id) REFERENCES admins(id)

CONSTRAINT tasks_closed_whole ON tasks CHECK (((num_nulls(closed_by, close_reason) = ANY (ARRAY[0, 2])) AND ((closed_by IS NULL) OR (closed_at IS NOT NULL))))

CONSTRAINT tasks_country_iso_check ON tasks CHECK ((country_iso ~ '^[A-Z]{2}$'::text))

CONSTRAINT tasks_key_once ON tasks UNIQUE (key)

CONSTRAINT tasks_payment_system_fkey ON tasks FOREIGN KEY (payment_system) REFERENCES payment_systems(code)

CONSTRAINT tasks_pkey ON tasks PRIMARY KEY (id)

CONSTRAINT terminal_health_failed_tests_check ON terminal_health CHECK ((failed_tests >= 0))

CONSTRAINT terminal_health_faults_check ON terminal_health CHECK ((faults >= 0))

CONSTRAINT terminal_health_pkey ON terminal_health PRIMARY KEY (terminal_id)

CONSTRAINT terminal_health_qr_share_check ON terminal_health CHECK (((qr_share >= (0)::double precision) AND (qr_share <= (1)::double precision)))

CONSTRAINT terminal_health_score_check ON terminal_health CHECK (((score >= 0) AND (score <= 100)))

CONSTRAINT terminal_health_start_ms_check ON terminal_health CHECK ((start_ms >= 0))

CONSTRAINT terminal_health_suspended_reason_check ON terminal_health CHECK ((suspended_reason = ANY (ARRAY['not_connected'::text, 'start_refused'::text, 'start_lost'::text, 'qr_unread'::text])))

CONSTRAINT terminal_health_suspended_whole ON terminal_health CHECK ((num_nulls(suspended_at, suspended_reason, next_test_at) = ANY (ARRAY[0, 3])))

CONSTRAINT terminal_health_terminal_id_fkey ON terminal_health FOREIGN KEY (terminal_id) REFERENCES terminals(id)

CONSTRAINT terminal_health_trials_check ON terminal_health CHECK ((trials >= 0))

CONSTRAINT terminals_api_version_check ON terminals CHECK ((api_version = ANY (ARRAY['v1'::text, 'v2'::text])))

CONSTRAINT terminals_country ON terminals FOREIGN KEY (country_iso) REFERENCES countries(iso)

CONSTRAINT terminals_country_iso_check ON terminals CHECK ((country_iso ~ '^[A-Z]{2}$'::text))

CONSTRAINT terminals_name_check ON terminals CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200)))

CONSTRAINT terminals_payment_system_fkey ON terminals FOREIGN KEY (payment_system) REFERENCES payment_systems(code)

CONSTRAINT terminals_pkey ON terminals PRIMARY KEY (id)

CONSTRAINT terminals_poll_ms_check ON terminals CHECK (((poll_ms >= 1000) AND (poll_ms <= 60000)))

CONSTRAINT terminals_port_check ON terminals CHECK (((port >= 1) AND (port <= 65535)))

CONSTRAINT terminals_quarantine_reason_check ON terminals CHECK ((quarantine_reason = ANY (ARRAY['start_lost'::text, 'terminal_busy'::text])))

CONSTRAINT terminals_reserved_country_fkey ON terminals FOREIGN KEY (reserved_country) REFERENCES countries(iso)

CONSTRAINT terminals_reserved_sources_check ON terminals CHECK (((cardinality(reserved_sources) >= 1) AND (cardinality(reserved_sources) <= 1000)))

CONSTRAINT terminals_scheme_check ON terminals CHECK ((scheme = ANY (ARRAY['http'::text, 'https'::text])))

CONSTRAINT terminals_taken_out_reason_check ON terminals CHECK (((char_length(taken_out_reason) >= 1) AND (char_length(taken_out_reason) <= 500)))

CONSTRAINT terminals_taken_out_whole ON terminals CHECK ((num_nulls(taken_out_at, taken_out_by, taken_out_reason) = ANY (ARRAY[0, 3])))

CONSTRAINT terminals_tls_fingerprint_check ON terminals CHECK ((tls_fingerprint ~ '^[0-9a-f]{64}$'::text))

CONSTRAINT terminals_tls_mode_check ON terminals CHECK ((tls_mode = ANY (ARRAY['strict'::text, 'pinned'::text, 'insecure'::text])))

CONSTRAINT terminals_tokens_whole ON terminals CHECK (((num_nulls(registered_name, refresh_token, token_expires_at) = ANY (ARRAY[0, 3])) AND ((refresh_token IS NULL) OR (access_token IS NOT NULL))))

CONSTRAINT terminals_trouble_check ON terminals CHECK ((trouble = ANY (ARRAY['not_registered'::text, 'certificate_changed'::text])))

CONSTRAINT terminals_trouble_whole ON terminals CHECK ((num_nulls(trouble, trouble_since) = ANY (ARRAY[0, 2])))

CONSTRAINT terminals_way_check ON terminals CHECK ((way = ANY (ARRAY['terminal'::text, 'qr_api'::text])))

CONSTRAINT text_settings_only_row_check ON text_settings CHECK (only_row)

CONSTRAINT text_settings_pkey ON text_settings PRIMARY KEY (only_row)

CONSTRAINT texts_admin_id_fkey ON texts FOREIGN KEY (admin_id) REFERENCES admins(id)

CONSTRAINT texts_alert_news_check ON texts CHECK ((alert_news = ANY (ARRAY['opened'::text, 'still'::text, 'ended'::text])))

CONSTRAINT texts_alert_whole ON texts CHECK ((num_nulls(alert_id, alert_news) =
CASE kind
    WHEN 'alert'::text THEN 0
    ELSE 2
END))

CONSTRAINT texts_ended ON texts CHECK (((state = ANY (ARRAY['waiting'::text, 'sending'::text])) = (ended_at IS NULL)))

CONSTRAINT texts_forgotten ON texts CHECK ((num_nulls(sealed_to, sealed_text) =
CASE
    WHEN (ended_at IS NULL) THEN 0
    ELSE 2
END))

CONSTRAINT texts_kind_check ON texts CHECK ((kind = ANY (ARRAY['login_code'::text, 'alert'::text, 'payment_link'::text])))

CONSTRAINT texts_link_whole ON texts CHECK (((payment_id IS NOT NULL) = (kind = 'payment_link'::text)))

CONSTRAINT texts_masked_to_check ON texts CHECK ((char_length(masked_to) <= 40))

CONSTRAINT texts_pkey ON texts PRIMARY KEY (id)

CONSTRAINT texts_provider_id_check ON texts CHECK ((char_length(provider_id) <= 64))

CONSTRAINT texts_provider_word_check ON texts CHECK ((char_length(provider_word) <= 200))

CONSTRAINT texts_sending_since ON texts CHECK (((state = 'sending'::text) = (sending_since IS NOT NULL)))

CONSTRAINT texts_state_check ON texts CHECK ((state = ANY (ARRAY['waiting'::text, 'sending'::text, 'accepted'::text, 'refused'::text, 'unknown'::text, 'given_up'::text, 'expired'::text, 'superseded'::text])))

CONSTRAINT texts_tries_check ON texts CHECK ((tries >= 0))

CONSTRAINT texts_waiting_has_time ON texts CHECK (((state = 'waiting'::text) = (next_at IS NOT NULL)))

CONSTRAINT tls_certificates_fingerprint_check ON tls_certificates CHECK ((octet_length(fingerprint) = 32))

CONSTRAINT tls_certificates_names_check ON tls_certificates CHECK ((char_length(names) <= 200))

CONSTRAINT tls_certificates_pkey ON tls_certificates PRIMARY KEY (fingerprint)

CONSTRAINT usual_sums_pkey ON usual_sums PRIMARY KEY (source_id)

CONSTRAINT webhook_checks_cases_check ON webhook_checks CHECK ((octet_length((cases)::text) <= 65536))

CONSTRAINT webhook_checks_endpoint_check ON webhook_checks CHECK ((char_length(endpoint) <= 2048))

CONSTRAINT webhook_checks_pkey ON webhook_checks PRIMARY KEY (id)

CONSTRAINT webhook_checks_source_id_fkey ON webhook_checks FOREIGN KEY (source_id) REFERENCES sources(id)

CONSTRAINT webhook_endpoints_pkey ON webhook_endpoints PRIMARY KEY (source_id, endpoint)

CONSTRAINT webhook_replays_check ON webhook_replays CHECK ((to_at > from_at))

CONSTRAINT webhook_replays_events_check ON webhook_replays CHECK (((cardinality(events) >= 1) AND (cardinality(events) <= 5)))

CONSTRAINT webhook_replays_pkey ON webhook_replays PRIMARY KEY (id)

CONSTRAINT webhook_replays_released_check ON webhook_replays CHECK ((released >= 0))

CONSTRAINT webhook_replays_request_key_check ON webhook_replays CHECK (((char_length(request_key) >= 1) AND (char_length(request_key) <= 255)))

CONSTRAINT webhook_replays_source_id_fkey ON webhook_replays FOREIGN KEY (source_id) REFERENCES sources(id)

CONSTRAINT webhook_replays_source_id_request_key_key ON webhook_replays UNIQUE (source_id, request_key)

CONSTRAINT webhook_replays_total_check ON webhook_replays CHECK ((total >= 0))

CREATE INDEX admin_sessions_admin ON public.admin_sessions USING btree (admin_id, created_at)

CREATE INDEX alert_messages_due ON public.alert_messages USING btree (next_at) WHERE (state = 'waiting'::text)

CREATE INDEX alerts_ended ON public.alerts USING btree (ended_at) WHERE (ended_at IS NOT NULL)

CREATE UNIQUE INDEX alerts_open_once ON public.alerts USING btree (kind, key) WHERE (ended_at IS NULL)

CREATE INDEX attempts_payment ON ONLY public.attempts USING btree (payment_id, id)

CREATE INDEX attempts_terminal ON ONLY public.attempts USING btree (terminal_id, payment_id)

CREATE INDEX audit_log_admin ON public.audit_log USING btree (admin_id, seq)

CREATE INDEX audit_log_target ON public.audit_log USING btree (target_kind, target_id, seq)

CREATE INDEX bank_operations_attempt ON public.bank_operations USING btree (attempt_id) WHERE (attempt_id IS NOT NULL)

CREATE INDEX bank_operations_number ON public.bank_operations USING btree (number) WHERE (number IS NOT NULL)

CREATE INDEX bank_operations_rrn ON public.bank_operations USING btree (rrn) WHERE (rrn IS NOT NULL)

CREATE INDEX bank_operations_statement ON public.bank_operations USING btree (statement_id, id)

CREATE INDEX bank_operations_time ON public.bank_operations USING btree (payment_system, country_iso, from_at)

CREATE INDEX camera_misses_of_terminal ON public.camera_misses USING btree (terminal_id, id DESC)

CREATE INDEX captures_at ON public.captures USING btree (at)

CREATE INDEX captures_payment ON public.captures USING btree (payment_id)

CREATE INDEX captures_provider_transaction ON public.captures USING btree (provider_transaction_id)

CREATE INDEX captures_used_method ON public.captures USING btree (used_method, payment_id)

CREATE INDEX deliveries_due ON ONLY public.deliveries USING btree (next_at) WHERE (state = 'waiting'::text)

CREATE INDEX deliveries_parked ON ONLY public.deliveries USING btree (id) WHERE (state = 'parked'::text)

CREATE INDEX deliveries_payment ON ONLY public.deliveries USING btree (payment_id, id)

CREATE INDEX deliveries_source ON ONLY public.deliveries USING btree (source_id, id)

CREATE INDEX delivery_tries_delivery ON ONLY public.delivery_tries USING btree (delivery_id, id)

CREATE INDEX delivery_tries_source ON ONLY public.delivery_tries USING btree (source_id, id)

CREATE INDEX device_exchanges_payment ON ONLY public.device_exchanges USING btree (payment_id, id)

CREATE INDEX external_ids_any_source ON public.external_ids USING btree (external_id)

CREATE INDEX figure_days_money ON public.figure_days USING btree (money_day) WHERE (money_day IS NOT NULL)

CREATE UNIQUE INDEX former_ids_once ON public.former_ids USING btree (upper(former_id))

CREATE INDEX idempotency_keys_age ON public.idempotency_keys USING btree (created_at)

CREATE INDEX login_budgets_began ON public.login_budgets USING btree (began_at)

CREATE INDEX login_phones_sent ON public.login_phones USING btree (sent_at)

CREATE INDEX open_attempts_lease ON public.open_attempts USING btree (lease_until)

CREATE UNIQUE INDEX open_attempts_one_per_payment ON public.open_attempts USING btree (payment_id) WHERE holds_payment

CREATE INDEX open_attempts_payment ON public.open_attempts USING btree (payment_id)

CREATE UNIQUE INDEX open_attempts_process ON public.open_attempts USING btree (device, process_id) WHERE ((state <> 'held'::text) AND (NOT forgotten))

CREATE UNIQUE INDEX open_attempts_terminal ON public.open_attempts USING btree (terminal_id) WHERE holds_terminal

CREATE INDEX payment_history_payment ON ONLY public.payment_history USING btree (payment_id, version)

CREATE INDEX payments_email ON ONLY public.payments USING btree (lower(customer_email) text_pattern_ops) WHERE (customer_email IS NOT NULL)

CREATE INDEX payments_expiring ON ONLY public.payments USING btree (expires_at) WHERE (status = ANY (ARRAY['pending'::text, 'failed'::text]))

CREATE INDEX payments_flagged ON ONLY public.payments USING btree (id) WHERE (late OR ((overpaid_tiyn)::bigint > 0))

CREATE INDEX payments_name ON ONLY public.payments USING btree (lower(customer_name) text_pattern_ops) WHERE (customer_name IS NOT NULL)

CREATE INDEX payments_order ON ONLY public.payments USING btree (order_of(metadata)) WHERE ((metadata)::text <> '{}'::text)

CREATE INDEX payments_paid ON ONLY public.payments USING btree (paid_at, id) WHERE (paid_at IS NOT NULL)

CREATE INDEX payments_part_paid ON ONLY public.payments USING btree (updated_at) WHERE (status = 'partially_paid'::text)

CREATE INDEX payments_phone ON ONLY public.payments USING btree (reverse(customer_phone) text_pattern_ops) WHERE (customer_phone IS NOT NULL)

CREATE INDEX payments_source ON ONLY public.payments USING btree (source_id, id)

CREATE INDEX payments_sum ON ONLY public.payments USING btree (original_tiyn, id)

CREATE INDEX payments_unsettled ON ONLY public.payments USING btree (status, id) WHERE (status = ANY (ARRAY['processing'::text, 'failed'::text, 'partially_paid'::text]))

CREATE INDEX postings_payment ON ONLY public.postings USING btree (payment_id, id)

CREATE INDEX refunds_capture ON public.refunds USING btree (attempt_id)

CREATE INDEX refunds_open ON public.refunds USING btree (id) WHERE (state <> ALL (ARRAY['succeeded'::text, 'failed'::text, 'declined'::text, 'cancelled'::text]))

CREATE INDEX refunds_payment ON public.refunds USING btree (payment_id, id)

CREATE INDEX source_secrets_source ON public.source_secrets USING btree (source_id)

CREATE INDEX source_tokens_source ON public.source_tokens USING btree (source_id)

CREATE INDEX staff_idempotency_keys_age ON public.staff_idempotency_keys USING btree (created_at)

CREATE INDEX statements_time ON public.statements USING btree (payment_system, country_iso, from_at)

CREATE INDEX tasks_kind ON public.tasks USING btree (kind, id)

CREATE INDEX tasks_open ON public.tasks USING btree (opened_at) WHERE (closed_at IS NULL)

CREATE INDEX tasks_payment ON public.tasks USING btree (payment_id)

CREATE UNIQUE INDEX tasks_terminal_trouble ON public.tasks USING btree (kind, terminal_id) WHERE ((closed_at IS NULL) AND (kind = ANY (ARRAY['not_registered'::text, 'certificate_changed'::text])))

CREATE INDEX terminal_health_tests ON public.terminal_health USING btree (next_test_at) WHERE (next_test_at IS NOT NULL)

CREATE UNIQUE INDEX texts_alert_once ON public.texts USING btree (alert_id, alert_news, admin_id) WHERE (alert_id IS NOT NULL)

CREATE INDEX texts_faults ON public.texts USING btree (id) WHERE (fault IS NOT NULL)

CREATE INDEX texts_open ON public.texts USING btree (next_at) WHERE (ended_at IS NULL)

CREATE INDEX webhook_checks_source ON public.webhook_checks USING btree (source_id, id)

CREATE UNIQUE INDEX webhook_replays_going ON public.webhook_replays USING btree (source_id) WHERE (finished_at IS NULL)

CREATE TRIGGER admin_sessions_told AFTER UPDATE OF revoked_at ON public.admin_sessions FOR EACH STATEMENT EXECUTE FUNCTION tell_staff()

CREATE TRIGGER admins_close_first_run AFTER INSERT ON public.admins FOR EACH ROW EXECUTE FUNCTION close_first_run()

CREATE TRIGGER admins_told AFTER UPDATE ON public.admins FOR EACH STATEMENT EXECUTE FUNCTION tell_staff()

CREATE TRIGGER alerts_told AFTER INSERT OR UPDATE OF reminded_at, ended_at ON public.alerts FOR EACH ROW EXECUTE FUNCTION tell_change('alert', 'id')

CREATE TRIGGER audit_log_append_only BEFORE DELETE OR UPDATE ON public.audit_log FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()

CREATE TRIGGER audit_log_chain BEFORE INSERT ON public.audit_log FOR EACH ROW EXECUTE FUNCTION chain_audit()

CREATE TRIGGER audit_log_never_emptied BEFORE TRUNCATE ON public.audit_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()

CREATE TRIGGER closed_days_append_only BEFORE DELETE OR UPDATE ON public.closed_days FOR EACH ROW EXECUTE FUNCTION refuse_change()

CREATE TRIGGER figure_days_added AFTER INSERT ON public.figure_days REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION sum_figure_days()

CREATE TRIGGER figure_days_changed AFTER UPDATE ON public.figure_days REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION sum_figure_days()

CREATE TRIGGER figure_days_removed AFTER DELETE ON public.figure_days REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION sum_figure_days()

CREATE TRIGGER figure_deltas_unchanged BEFORE UPDATE ON public.figure_deltas FOR EACH ROW EXECUTE FUNCTION refuse_change()

CREATE TRIGGER figures_attempt_added AFTER INSERT ON public.attempts FOR EACH ROW WHEN ((new.state <> 'reserved'::text)) EXECUTE FUNCTION note_attempt()

CREATE TRIGGER figures_attempt_changed AFTER UPDATE ON public.attempts FOR EACH ROW WHEN ((old.state <> new.state)) EXECUTE FUNCTION note_attempt()

CREATE TRIGGER figures_payment_moved AFTER UPDATE ON public.payments FOR EACH ROW WHEN ((((((old.status IS DISTINCT FROM new.status) OR (old.paid_at IS DISTINCT FROM new.paid_at)) OR (old.chosen_method IS DISTINCT FROM new.chosen_method)) OR (old.used_method IS DISTINCT FROM new.used_method)) OR (old.terminal_id IS DISTINCT FROM new.terminal_id))) EXECUTE FUNCTION note_payment_moved()

CREATE TRIGGER figures_payments_created AFTER INSERT ON public.payments REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION note_payments_created()

CREATE TRIGGER figures_posted AFTER INSERT ON public.postings REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION note_postings()

CREATE TRIGGER first_run_never_emptied BEFORE TRUNCATE ON public.first_run FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()

CREATE TRIGGER first_run_stays BEFORE DELETE ON public.first_run FOR EACH ROW EXECUTE FUNCTION refuse_change()

CREATE TRIGGER first_run_stays_closed BEFORE UPDATE ON public.first_run FOR EACH ROW WHEN ((old.closed_at IS NOT NULL)) EXECUTE FUNCTION refuse_change()

CREATE TRIGGER former_ids_append_only BEFORE DELETE OR UPDATE ON public.former_ids FOR EACH ROW EXECUTE FUNCTION refuse_change()

CREATE TRIGGER login_settings_told AFTER UPDATE ON public.login_settings FOR EACH STATEMENT EXECUTE FUNCTION tell_staff()

CREATE TRIGGER method_rates_past BEFORE INSERT OR DELETE OR UPDATE ON public.method_rates FOR EACH ROW EXECUTE FUNCTION keep_past_rates()

CREATE TRIGGER payment_history_append_only BEFORE DELETE OR UPDATE ON public.payment_history FOR EACH ROW EXECUTE FUNCTION refuse_change()

CREATE TRIGGER payments_facts BEFORE UPDATE ON public.payments FOR EACH ROW EXECUTE FUNCTION check_payment_facts()

CREATE TRIGGER payouts_append_only BEFORE DELETE OR UPDATE ON public.payouts FOR EACH ROW EXECUTE FUNCTION refuse_change()

CREATE TRIGGER postings_append_only BEFORE DELETE OR UPDATE ON public.postings FOR EACH ROW EXECUTE FUNCTION refuse_change()

CREATE TRIGGER postings_balance AFTER INSERT ON public.postings REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION check_postings_balance()

CREATE TRIGGER real_fees_append_only BEFORE DELETE OR UPDATE ON public.real_fees FOR EACH ROW EXECUTE FUNCTION refuse_change()

CREATE TRIGGER refunds_counted AFTER INSERT OR UPDATE ON public.refunds FOR EACH ROW EXECUTE FUNCTION count_refund()

CREATE TRIGGER refunds_stay BEFORE DELETE ON public.refunds FOR EACH ROW EXECUTE FUNCTION refuse_change()

CREATE TRIGGER tasks_told AFTER INSERT OR UPDATE ON public.tasks FOR EACH ROW EXECUTE FUNCTION tell_change('task', 'id')

CREATE TRIGGER terminal_health_told AFTER UPDATE ON public.terminal_health FOR EACH ROW WHEN ((old.suspended_at IS DISTINCT FROM new.suspended_at)) EXECUTE FUNCTION tell_change('terminal', 'terminal_id')

CREATE TRIGGER terminals_added_told AFTER INSERT ON public.terminals FOR EACH ROW EXECUTE FUNCTION tell_change('terminal', 'id')

CREATE TRIGGER terminals_quarantine_noted AFTER UPDATE OF quarantined_until, deleted_at ON public.terminals FOR EACH ROW WHEN ((((old.quarantined_until IS NULL) IS DISTINCT FROM (new.quarantined_until IS NULL)) OR ((old.deleted_at IS NULL) IS DISTINCT FROM (new.deleted_at IS NULL)))) EXECUTE FUNCTION note_quarantine()

CREATE TRIGGER terminals_told AFTER UPDATE ON public.terminals FOR EACH ROW WHEN (((((((((((((old.name IS DISTINCT FROM new.name) OR (old.is_active IS DISTINCT FROM new.is_active)) OR (old.deleted_at IS DISTINCT FROM new.deleted_at)) OR (old.taken_out_at IS DISTINCT FROM new.taken_out_at)) OR (old.quarantined_until IS DISTINCT FROM new.quarantined_until)) OR (old.needs_probe IS DISTINCT FROM new.needs_probe)) OR (old.trouble IS DISTINCT FROM new.trouble)) OR (old.offline_until IS DISTINCT FROM new.offline_until)) OR (old.payment_system IS DISTINCT FROM new.payment_system)) OR (old.country_iso IS DISTINCT FROM new.country_iso)) OR (old.reserved_sources IS DISTINCT FROM new.reserved_sources)) OR (old.reserved_country IS DISTINCT FROM new.reserved_country))) EXECUTE FUNCTION tell_change('terminal', 'id')

CREATE OR REPLACE FUNCTION public.audit_text(line audit_log)
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
    SELECT CASE
      WHEN line.words_hash IS NULL THEN jsonb_build_array(line.seq, extract(epoch FROM line.at),
        line.actor_kind, line.admin_id, line.actor_name, line.ip, line.action, line.target_kind,
        line.target_id, line.facts, encode(line.prev_hash, 'hex'))::text
      ELSE jsonb_build_array(line.seq, extract(epoch FROM line.at),
        line.actor_kind, line.admin_id, line.actor_name, line.ip, line.action, line.target_kind,
        line.target_id, line.facts - ARRAY['reason', 'evidence', 'note'],
        encode(CASE WHEN line.words_forgotten_at IS NULL
          THEN audit_words_hash(line.words_salt, line.facts) ELSE line.words_hash END, 'hex'),
        encode(line.prev_hash, 'hex'))::text
    END
  $function$

CREATE OR REPLACE FUNCTION public.audit_words(facts jsonb)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT jsonb_strip_nulls(jsonb_build_object('reason', facts -> 'reason',
      'evidence', facts -> 'evidence', 'note', facts -> 'note'))
  $function$

CREATE OR REPLACE FUNCTION public.audit_words_hash(salt bytea, facts jsonb)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT sha256(salt || convert_to(audit_words(facts)::text, 'UTF8'))
  $function$

CREATE OR REPLACE FUNCTION public.centre_now()
 RETURNS timestamp with time zone
 LANGUAGE sql
 PARALLEL SAFE
AS $function$ SELECT date_trunc('milliseconds', clock_timestamp()) $function$

CREATE OR REPLACE FUNCTION public.chain_audit()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    DECLARE
      last audit_log;
    BEGIN
      PERFORM pg_advisory_xact_lock(7204117004);
      SELECT * INTO last FROM audit_log ORDER BY seq DESC LIMIT 1;
      NEW.seq := coalesce(last.seq, 0) + 1;
      NEW.at := centre_now();
      NEW.prev_hash := coalesce(last.hash, decode(repeat('00', 32), 'hex'));
      NEW.words_forgotten_at := NULL;
      NEW.words_salt := uuid_send(gen_random_uuid());
      NEW.words_hash := audit_words_hash(NEW.words_salt, NEW.facts);
      NEW.hash := sha256(convert_to(audit_text(NEW), 'UTF8'));
      RETURN NEW;
    END
  $function$

CREATE OR REPLACE FUNCTION public.check_payment_facts()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      IF NEW.source_id <> OLD.source_id OR NEW.currency <> OLD.currency
        OR NEW.original_tiyn <> OLD.original_tiyn OR NEW.tolerance_tiyn <> OLD.tolerance_tiyn
        OR (OLD.paid_at IS NOT NULL AND NEW.paid_at IS DISTINCT FROM OLD.paid_at)
        OR NEW.paid_tiyn < OLD.paid_tiyn OR NEW.credited_tiyn < OLD.credited_tiyn THEN
        RAISE EXCEPTION 'facts of payment % may not change', OLD.id
          USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_facts';
      END IF;
      RETURN NEW;
    END
  $function$

CREATE OR REPLACE FUNCTION public.check_postings_balance()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      IF EXISTS (SELECT FROM added GROUP BY set_id HAVING sum(tiyn) <> 0) THEN
        RAISE EXCEPTION 'a set of postings does not add up to zero'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'postings_balance';
      END IF;
      RETURN NULL;
    END
  $function$

CREATE OR REPLACE FUNCTION public.close_first_run()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      UPDATE first_run SET closed_at = centre_now(), code_hash = NULL, code_expires_at = NULL
      WHERE closed_at IS NULL;
      RETURN NULL;
    END
  $function$

CREATE OR REPLACE FUNCTION public.count_refund()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    DECLARE
      more bigint := refund_holds(NEW.state, NEW.amount_tiyn);
    BEGIN
      IF TG_OP = 'UPDATE' THEN
        IF NEW.payment_id <> OLD.payment_id OR NEW.attempt_id <> OLD.attempt_id
          OR (OLD.state = 'succeeded' AND (NEW.state, NEW.amount_tiyn)
            IS DISTINCT FROM (OLD.state, OLD.amount_tiyn)) THEN
          RAISE EXCEPTION 'facts of refund % may not change', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'refunds_facts';
        END IF;
        more := more - refund_holds(OLD.state, OLD.amount_tiyn);
      END IF;
      IF more <> 0 THEN
        UPDATE captures SET returning_tiyn = returning_tiyn + more WHERE attempt_id = NEW.attempt_id;
      END IF;
      RETURN NULL;
    END
  $function$

CREATE OR REPLACE FUNCTION public.ensure_partitions(first date, months integer)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
    DECLARE
      parent text;
      part text;
      starts timestamp;
    BEGIN
      PERFORM pg_advisory_xact_lock(7204117002);
      FOR n IN 0 .. months - 1 LOOP
        starts := date_trunc('month', first::timestamp) + make_interval(months => n);
        FOR parent IN
          SELECT relname FROM pg_class
          WHERE relkind = 'p' AND relnamespace = 'public'::regnamespace
            AND pg_get_partkeydef(oid) = 'RANGE (id)'
          ORDER BY relname
        LOOP
          part := parent || to_char(starts, '_YYYY_MM');
          CONTINUE WHEN to_regclass('public.' || part) IS NOT NULL;
          EXECUTE format(
            'CREATE TABLE public.%I (LIKE public.%I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)',
            part, parent);
          EXECUTE format(
            'ALTER TABLE public.%I ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
            parent, part,
            public.uuid7_floor(starts AT TIME ZONE 'UTC'),
            public.uuid7_floor((starts + interval '1 month') AT TIME ZONE 'UTC'));
        END LOOP;
      END LOOP;
    END
  $function$

CREATE OR REPLACE FUNCTION public.figure_facts(created_from timestamp with time zone, created_to timestamp with time zone)
 RETURNS SETOF figure_deltas
 LANGUAGE sql
 STABLE
AS $function$
    WITH created AS MATERIALIZED (
      SELECT * FROM payments p
      WHERE p.created_at >= created_from AND p.created_at < created_to
        AND p.id >= uuid7_floor(created_from - interval '1 hour')
        AND p.id < uuid7_floor(created_to + interval '1 hour')
    )
    SELECT p.created_at, p.paid_at, p.source_id, p.country_iso, p.currency,
      p.chosen_method, p.used_method, p.terminal_id, p.status,
      1, p.original_tiyn, (1000 * extract(epoch FROM p.paid_at - p.created_at))::bigint,
      NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint,
      NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint
    FROM created p
    UNION ALL
    SELECT p.created_at, NULL, p.source_id, p.country_iso, p.currency,
      a.method, NULL, a.terminal_id, NULL,
      NULL, NULL, NULL, 1, (a.state = 'succeeded')::integer, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
      NULL
    FROM created p JOIN attempts a ON a.payment_id = p.id
    WHERE is_started(a.state)
    UNION ALL
    SELECT p.created_at, s.at, p.source_id, p.country_iso, p.currency,
      a.method, c.used_method, a.terminal_id, NULL,
      NULL, NULL, NULL, NULL, NULL,
      CASE WHEN s.set_kind = 'capture' AND s.account = 'customer' THEN -s.tiyn END,
      CASE WHEN s.set_kind = 'capture' AND s.account = 'source_credit' THEN s.tiyn END,
      CASE WHEN s.account = 'commission_charged' THEN s.tiyn END,
      CASE WHEN s.account = 'rounding' THEN s.tiyn END,
      CASE WHEN s.account = 'overpaid' THEN s.tiyn END,
      CASE WHEN s.account = 'forgiven' THEN -s.tiyn END,
      CASE WHEN s.account = 'provider_fee_expected' THEN s.tiyn END,
      CASE WHEN s.account = 'refunded' THEN s.tiyn END
    FROM created p JOIN postings s ON s.payment_id = p.id
    LEFT JOIN attempts a ON a.id = s.attempt_id
    LEFT JOIN captures c ON c.attempt_id = s.attempt_id
  $function$

CREATE OR REPLACE FUNCTION public.forget_audit_words(forgotten uuid[])
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
    WITH gone AS MATERIALIZED (
      SELECT id FROM public.payments
      WHERE id = ANY (forgotten) AND customer_forgotten_at IS NOT NULL
    ),
    about AS MATERIALIZED (
      SELECT 'payment' AS kind, id::text AS id FROM gone
      UNION ALL
      SELECT 'desk_entry', t.id::text FROM public.tasks t JOIN gone ON gone.id = t.payment_id
    ),
    changed AS (
      UPDATE public.audit_log SET facts = facts - ARRAY['reason', 'evidence', 'note'],
        words_salt = NULL, words_forgotten_at = public.centre_now()
      FROM about
      WHERE target_kind = about.kind AND target_id = about.id
        AND words_hash IS NOT NULL AND words_forgotten_at IS NULL
        AND facts ?| ARRAY['reason', 'evidence', 'note']
      RETURNING 1
    )
    SELECT count(*)::integer FROM changed
  $function$

CREATE OR REPLACE FUNCTION public.is_started(state text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$ SELECT state NOT IN ('reserved', 'released') $function$

CREATE OR REPLACE FUNCTION public.keep_past_rates()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    DECLARE
      refused boolean;
    BEGIN
      CASE TG_OP
        WHEN 'INSERT' THEN
          refused := NEW.valid_from < date_trunc('milliseconds', statement_timestamp())
            AND EXISTS (SELECT FROM method_rates WHERE method_id = NEW.method_id);
        WHEN 'DELETE' THEN refused := OLD.valid_from <= centre_now();
        ELSE refused := true;
      END CASE;
      IF refused THEN
        RAISE EXCEPTION 'rates of the past may not change'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'method_rates_past';
      END IF;
      RETURN coalesce(NEW, OLD);
    END
  $function$

CREATE OR REPLACE FUNCTION public.new_id()
 RETURNS uuid
 LANGUAGE sql
 PARALLEL SAFE
AS $function$ SELECT uuid7_at(centre_now()) $function$

CREATE OR REPLACE FUNCTION public.note_attempt()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    DECLARE
      started integer := is_started(NEW.state)::integer;
      succeeded integer := (NEW.state = 'succeeded')::integer;
    BEGIN
      IF TG_OP = 'UPDATE' THEN
        started := started - is_started(OLD.state)::integer;
        succeeded := succeeded - (OLD.state = 'succeeded')::integer;
      END IF;
      IF started <> 0 OR succeeded <> 0 THEN
        INSERT INTO figure_deltas (created_at, source_id, country_iso, currency, method,
          terminal_id, attempts_started, attempts_succeeded)
        SELECT p.created_at, p.source_id, p.country_iso, p.currency, NEW.method,
          NEW.terminal_id, started, succeeded
        FROM payments p WHERE p.id = NEW.payment_id;
      END IF;
      RETURN NULL;
    END
  $function$

CREATE OR REPLACE FUNCTION public.note_payment_moved()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      INSERT INTO figure_deltas (created_at, money_at, source_id, country_iso, currency, method,
        product, terminal_id, status, payments, original_tiyn, pay_ms)
      VALUES
        (OLD.created_at, OLD.paid_at, OLD.source_id, OLD.country_iso, OLD.currency,
          OLD.chosen_method, OLD.used_method, OLD.terminal_id, OLD.status, -1, -OLD.original_tiyn,
          (-1000 * extract(epoch FROM OLD.paid_at - OLD.created_at))::bigint),
        (NEW.created_at, NEW.paid_at, NEW.source_id, NEW.country_iso, NEW.currency,
          NEW.chosen_method, NEW.used_method, NEW.terminal_id, NEW.status, 1, NEW.original_tiyn,
          (1000 * extract(epoch FROM NEW.paid_at - NEW.created_at))::bigint);
      RETURN NULL;
    END
  $function$

CREATE OR REPLACE FUNCTION public.note_payments_created()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      INSERT INTO figure_deltas (created_at, money_at, source_id, country_iso, currency, method,
        product, terminal_id, status, payments, original_tiyn, pay_ms)
      SELECT created_at, paid_at, source_id, country_iso, currency, chosen_method, used_method,
        terminal_id, status, 1, original_tiyn,
        (1000 * extract(epoch FROM paid_at - created_at))::bigint
      FROM added;
      RETURN NULL;
    END
  $function$

CREATE OR REPLACE FUNCTION public.note_postings()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      INSERT INTO figure_deltas (created_at, money_at, source_id, country_iso, currency, method,
        product, terminal_id, gross_tiyn, credited_tiyn, commission_tiyn, rounding_tiyn,
        overpaid_tiyn, forgiven_tiyn, fee_tiyn, refunded_tiyn)
      SELECT p.created_at, s.at, p.source_id, p.country_iso, p.currency, a.method, c.used_method,
        a.terminal_id, s.gross, s.credited, s.commission, s.rounding, s.overpaid, s.forgiven, s.fee,
        s.refunded
      FROM (
        SELECT payment_id, attempt_id, at,
          sum(-tiyn) FILTER (WHERE set_kind = 'capture' AND account = 'customer') AS gross,
          sum(tiyn) FILTER (WHERE set_kind = 'capture' AND account = 'source_credit') AS credited,
          sum(tiyn) FILTER (WHERE account = 'commission_charged') AS commission,
          sum(tiyn) FILTER (WHERE account = 'rounding') AS rounding,
          sum(tiyn) FILTER (WHERE account = 'overpaid') AS overpaid,
          sum(-tiyn) FILTER (WHERE account = 'forgiven') AS forgiven,
          sum(tiyn) FILTER (WHERE account = 'provider_fee_expected') AS fee,
          sum(tiyn) FILTER (WHERE account = 'refunded') AS refunded
        FROM added GROUP BY payment_id, attempt_id, at
      ) s
      JOIN payments p ON p.id = s.payment_id
      LEFT JOIN attempts a ON a.id = s.attempt_id
      LEFT JOIN captures c ON c.attempt_id = s.attempt_id;
      RETURN NULL;
    END
  $function$

CREATE OR REPLACE FUNCTION public.note_quarantine()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      IF NEW.quarantined_until IS NOT NULL AND NEW.deleted_at IS NULL THEN
        INSERT INTO tasks (kind, terminal_id, opened_at)
        SELECT 'quarantined', NEW.id, centre_now()
        WHERE NOT EXISTS (
          SELECT FROM tasks
          WHERE terminal_id = NEW.id AND kind = 'quarantined' AND closed_at IS NULL);
      ELSE
        UPDATE tasks SET closed_at = centre_now()
        WHERE terminal_id = NEW.id AND kind = 'quarantined' AND closed_at IS NULL;
      END IF;
      RETURN NULL;
    END
  $function$

CREATE OR REPLACE FUNCTION public.order_of(metadata json)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT left(coalesce(metadata ->> 'order_id', metadata ->> 'order', metadata ->> 'orderId',
      metadata ->> 'order_number', metadata ->> 'tour_id', metadata ->> 'booking_id',
      metadata ->> 'invoice_id'), 128)
  $function$

CREATE OR REPLACE FUNCTION public.refund_holds(state text, amount bigint)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$ SELECT CASE WHEN state IN ('failed', 'declined', 'cancelled') THEN 0 ELSE amount END $function$

CREATE OR REPLACE FUNCTION public.refuse_audit_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      IF TG_OP = 'UPDATE' AND OLD.words_hash IS NOT NULL AND OLD.words_forgotten_at IS NULL
        AND NEW.words_forgotten_at IS NOT NULL AND NEW.words_salt IS NULL
        AND NEW.facts = OLD.facts - ARRAY['reason', 'evidence', 'note']
        AND to_jsonb(NEW) - ARRAY['facts', 'words_salt', 'words_forgotten_at']
          = to_jsonb(OLD) - ARRAY['facts', 'words_salt', 'words_forgotten_at'] THEN
        RETURN NEW;
      END IF;
      RAISE EXCEPTION 'audit_log is append-only';
    END
  $function$

CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $function$

CREATE OR REPLACE FUNCTION public.refuse_sealed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  BEGIN
    RAISE EXCEPTION 'the month of % is sealed', TG_TABLE_NAME
      USING ERRCODE = 'check_violation', CONSTRAINT = 'month_sealed';
  END
$function$

CREATE OR REPLACE FUNCTION public.sum_figure_days()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      EXECUTE summing_figure_days(CASE TG_OP
        WHEN 'INSERT' THEN 'SELECT 1 AS sign, * FROM added'
        WHEN 'DELETE' THEN 'SELECT -1 AS sign, * FROM removed'
        ELSE 'SELECT 1 AS sign, * FROM added UNION ALL SELECT -1 AS sign, * FROM removed'
      END);
      RETURN NULL;
    END
  $function$

CREATE OR REPLACE FUNCTION public.summing_figure_days(changed text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
    SELECT format($sum$
      INSERT INTO figure_sums AS kept (dated_by, span, since, source_id, country_iso, currency,
        method, product, status, payments, original_tiyn, pay_ms, attempts_started,
        attempts_succeeded, gross_tiyn, credited_tiyn, commission_tiyn, rounding_tiyn,
        overpaid_tiyn, forgiven_tiyn, fee_tiyn, refunded_tiyn)
      SELECT * FROM (
        SELECT dated_by, span, CASE span WHEN 'day' THEN at ELSE date_trunc('month', at)::date END AS since,
          source_id, country_iso, currency, method, product, status,
          sum(sign * payments)::bigint AS payments, sum(sign * original_tiyn)::bigint AS original_tiyn,
          sum(sign * pay_ms)::bigint AS pay_ms,
          sum(sign * attempts_started)::bigint AS attempts_started,
          sum(sign * attempts_succeeded)::bigint AS attempts_succeeded,
          sum(sign * gross_tiyn)::bigint AS gross_tiyn,
          sum(sign * credited_tiyn)::bigint AS credited_tiyn,
          sum(sign * commission_tiyn)::bigint AS commission_tiyn,
          sum(sign * rounding_tiyn)::bigint AS rounding_tiyn,
          sum(sign * overpaid_tiyn)::bigint AS overpaid_tiyn,
          sum(sign * forgiven_tiyn)::bigint AS forgiven_tiyn,
          sum(sign * fee_tiyn)::bigint AS fee_tiyn,
          sum(sign * refunded_tiyn)::bigint AS refunded_tiyn
        FROM (%s) AS changed
          CROSS JOIN LATERAL (VALUES ('created_at', day), ('paid_at', money_day)) AS dated (dated_by, at)
          CROSS JOIN (VALUES ('day'), ('month')) AS spans (span)
        WHERE at IS NOT NULL
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
      ) AS summed
      WHERE (payments, original_tiyn, pay_ms, attempts_started, attempts_succeeded, gross_tiyn,
        credited_tiyn, commission_tiyn, rounding_tiyn, overpaid_tiyn, forgiven_tiyn, fee_tiyn,
        refunded_tiyn) <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
      ON CONFLICT ON CONSTRAINT figure_sums_once DO UPDATE SET
        payments = kept.payments + EXCLUDED.payments,
        original_tiyn = kept.original_tiyn + EXCLUDED.original_tiyn,
        pay_ms = kept.pay_ms + EXCLUDED.pay_ms,
        attempts_started = kept.attempts_started + EXCLUDED.attempts_started,
        attempts_succeeded = kept.attempts_succeeded + EXCLUDED.attempts_succeeded,
        gross_tiyn = kept.gross_tiyn + EXCLUDED.gross_tiyn,
        credited_tiyn = kept.credited_tiyn + EXCLUDED.credited_tiyn,
        commission_tiyn = kept.commission_tiyn + EXCLUDED.commission_tiyn,
        rounding_tiyn = kept.rounding_tiyn + EXCLUDED.rounding_tiyn,
        overpaid_tiyn = kept.overpaid_tiyn + EXCLUDED.overpaid_tiyn,
        forgiven_tiyn = kept.forgiven_tiyn + EXCLUDED.forgiven_tiyn,
        fee_tiyn = kept.fee_tiyn + EXCLUDED.fee_tiyn,
        refunded_tiyn = kept.refunded_tiyn + EXCLUDED.refunded_tiyn
    $sum$, changed)
  $function$

CREATE OR REPLACE FUNCTION public.tell_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      PERFORM pg_notify('centre', TG_ARGV[0] || ':' || (to_jsonb(NEW) ->> TG_ARGV[1]));
      RETURN NULL;
    END
  $function$

CREATE OR REPLACE FUNCTION public.tell_staff()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      PERFORM pg_notify('centre', 'staff');
      RETURN NULL;
    END
  $function$

CREATE OR REPLACE FUNCTION public.uuid7_at(at timestamp with time zone)
 RETURNS uuid
 LANGUAGE sql
 PARALLEL SAFE
AS $function$
    SELECT encode(
      set_bit(set_bit(
        overlay(uuid_send(gen_random_uuid())
          PLACING substring(int8send(floor(extract(epoch FROM at) * 1000)::bigint) FROM 3)
          FROM 1 FOR 6),
        52, 1), 53, 1),
      'hex')::uuid
  $function$

CREATE OR REPLACE FUNCTION public.uuid7_floor(at timestamp with time zone)
 RETURNS uuid
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT (lpad(to_hex(floor(extract(epoch FROM at) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
  $function$

CREATE OR REPLACE FUNCTION public.uuid7_month(id uuid)
 RETURNS date
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  SELECT date_trunc('month', to_timestamp(
    ('x' || lpad(left(replace(id::text, '-', ''), 12), 16, '0'))::bit(64)::bigint / 1000.0)
      AT TIME ZONE 'UTC')::date
$function$
