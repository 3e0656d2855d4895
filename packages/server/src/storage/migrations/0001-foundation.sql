-- The whole schema of the first release.
--
-- Two kinds of tables. What grows with every payment is partitioned by month on its UUIDv7 id, so
-- that the primary key stays global and prunes. What must be unique for ever lives in narrow
-- unpartitioned tables that outlive detached months; they carry no foreign keys to partitions.
-- Hot inserts carry no foreign keys to `sources` either: each would lock the source's row.

------------------------------------------------------------------------------------------ time, ids

-- The one clock of ids, leases and expiry: a machine whose own clock is wrong changes nothing.
CREATE FUNCTION centre_now() RETURNS timestamptz
  LANGUAGE sql VOLATILE PARALLEL SAFE
  AS $$ SELECT date_trunc('milliseconds', clock_timestamp()) $$;

-- UUID version 7 of a moment: 48 bits of milliseconds, then 74 random bits (N1). Written out
-- because PostgreSQL 15 has no uuidv7().
CREATE FUNCTION uuid7_at(at timestamptz) RETURNS uuid
  LANGUAGE sql VOLATILE PARALLEL SAFE
  AS $$
    SELECT encode(
      set_bit(set_bit(
        overlay(uuid_send(gen_random_uuid())
          PLACING substring(int8send(floor(extract(epoch FROM at) * 1000)::bigint) FROM 3)
          FROM 1 FOR 6),
        52, 1), 53, 1),
      'hex')::uuid
  $$;

CREATE FUNCTION new_id() RETURNS uuid
  LANGUAGE sql VOLATILE PARALLEL SAFE
  AS $$ SELECT uuid7_at(centre_now()) $$;

-- The least UUIDv7 of a moment: the bound of a partition.
CREATE FUNCTION uuid7_floor(at timestamptz) RETURNS uuid
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$
    SELECT (lpad(to_hex(floor(extract(epoch FROM at) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
  $$;

-- Money: integer tiyn, never more than a JSON number holds exactly. bigint, because numeric lets
-- NaN pass a CHECK.
CREATE DOMAIN tiyn AS bigint CHECK (VALUE BETWEEN 0 AND 9007199254740991);

------------------------------------------------------------------------------------ accounts, rates

CREATE TABLE sources (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
  type text NOT NULL CHECK (type IN ('website', 'mobile_app', 'desktop_app', 'other')),
  description text,
  country_iso text NOT NULL DEFAULT 'KZ' CHECK (country_iso ~ '^[A-Z]{2}$'),
  is_active boolean NOT NULL DEFAULT true,
  amount_unit text NOT NULL DEFAULT 'tiyn' CHECK (amount_unit IN ('tiyn', 'tenge')),
  ceiling_tiyn tiyn NOT NULL DEFAULT 10000000000,
  tolerance_tiyn tiyn NOT NULL DEFAULT 100 CHECK (tolerance_tiyn <= 100000),
  lifetime_seconds integer NOT NULL DEFAULT 3600 CHECK (lifetime_seconds BETWEEN 60 AND 31536000),
  add_commission_to_amount boolean,
  overpaid_policy text NOT NULL DEFAULT 'task' CHECK (overpaid_policy IN ('task', 'keep')),
  default_webhook_url text CHECK (char_length(default_webhook_url) <= 2048),
  webhook_events text[] NOT NULL DEFAULT '{}'
    CHECK (webhook_events <@ ARRAY['partially_paid', 'failed', 'cancelled', 'refunded']),
  daily_limit_tiyn tiyn,
  phone_hourly_limit integer CHECK (phone_hourly_limit > 0),
  open_attempts_limit integer CHECK (open_attempts_limit > 0),
  allowed_ips text[] NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT centre_now(),
  deleted_at timestamptz
);

-- SHA-256 of 64 hex digits that were shown once (L5). A rotated token carries its end.
CREATE TABLE source_tokens (
  token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
  source_id integer NOT NULL REFERENCES sources,
  created_at timestamptz NOT NULL DEFAULT centre_now(),
  expires_at timestamptz
);
CREATE INDEX source_tokens_source ON source_tokens (source_id);

-- Webhook secrets, encrypted by the centre's own key (W1).
CREATE TABLE source_secrets (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source_id integer NOT NULL REFERENCES sources,
  sealed bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT centre_now(),
  expires_at timestamptz
);
CREATE INDEX source_secrets_source ON source_secrets (source_id);

CREATE TABLE settings (
  name text PRIMARY KEY,
  value jsonb NOT NULL
);
INSERT INTO settings VALUES ('taking_money', 'true');

CREATE TABLE payment_systems (
  code text PRIMARY KEY,
  name text NOT NULL,
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  -- What its terminals can take: whole tenge.
  step_tiyn tiyn NOT NULL CHECK (step_tiyn > 0)
);
INSERT INTO payment_systems VALUES ('kaspi', 'Kaspi', 'KZT', 100);

CREATE TABLE payment_methods (
  id integer PRIMARY KEY,
  code text NOT NULL UNIQUE CHECK (code ~ '^[a-z][a-z0-9_]{0,62}$'),
  name text NOT NULL,
  payment_system text NOT NULL REFERENCES payment_systems,
  country_iso text NOT NULL DEFAULT 'KZ' CHECK (country_iso ~ '^[A-Z]{2}$'),
  months integer CHECK (months > 0),
  min_tiyn tiyn NOT NULL DEFAULT 1000,
  max_tiyn tiyn NOT NULL DEFAULT 9007199254740991,
  add_commission_to_amount boolean NOT NULL DEFAULT true,
  commission_mode text NOT NULL DEFAULT 'markup' CHECK (commission_mode IN ('markup', 'gross_up')),
  is_active boolean NOT NULL DEFAULT true,
  -- False for products that only a terminal can report, such as a card on the reader.
  is_selectable boolean NOT NULL DEFAULT true
);

CREATE TABLE method_rates (
  method_id integer NOT NULL REFERENCES payment_methods,
  valid_from timestamptz NOT NULL,
  rate_bp integer NOT NULL CHECK (rate_bp BETWEEN 0 AND 9000),
  PRIMARY KEY (method_id, valid_from)
);

-- The documented methods, in the documented order (N2), with the documented rates (M11). A card or
-- Alaqan at the reader has no documented rate: it starts at Gold's and is to be set by the owner.
INSERT INTO payment_methods (id, code, name, payment_system, months, is_selectable) VALUES
  (1, 'kaspi_gold', 'Kaspi Gold', 'kaspi', NULL, true),
  (2, 'kaspi_red', 'Kaspi Red', 'kaspi', NULL, true),
  (3, 'kaspi_credit', 'Kaspi Кредит', 'kaspi', NULL, true),
  (4, 'kaspi_installment_12', 'Рассрочка 12 мес.', 'kaspi', 12, true),
  (5, 'kaspi_installment_24', 'Рассрочка 24 мес.', 'kaspi', 24, true),
  (6, 'card', 'Банковская карта на терминале', 'kaspi', NULL, false),
  (7, 'alaqan', 'Kaspi Alaqan', 'kaspi', NULL, false);
INSERT INTO method_rates (method_id, valid_from, rate_bp) VALUES
  (1, '-infinity', 100), (2, '-infinity', 100), (3, '-infinity', 1400), (4, '-infinity', 1400),
  (5, '-infinity', 1400), (6, '-infinity', 100), (7, '-infinity', 100);

----------------------------------------------------------------------------------------- terminals

CREATE TABLE terminals (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
  payment_system text NOT NULL DEFAULT 'kaspi' REFERENCES payment_systems,
  country_iso text NOT NULL DEFAULT 'KZ' CHECK (country_iso ~ '^[A-Z]{2}$'),
  -- As it was sent (N6); scheme and host are what is called.
  ip_address text NOT NULL,
  scheme text NOT NULL CHECK (scheme IN ('http', 'https')),
  host text NOT NULL,
  port integer NOT NULL CHECK (port BETWEEN 1 AND 65535),
  camera_id integer,
  camera_url text,
  own_cheque boolean NOT NULL DEFAULT false,
  access_token bytea,
  -- A process id is unique only within one device and one registration of it (protocol, rule 7).
  serial text,
  registration integer NOT NULL DEFAULT 1,
  is_active boolean NOT NULL DEFAULT true,
  quarantined_until timestamptz,
  quarantine_reason text CHECK (quarantine_reason IN ('start_lost', 'terminal_busy', 'access_denied')),
  needs_probe boolean NOT NULL DEFAULT false,
  offline_until timestamptz,
  last_reserved_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT centre_now(),
  deleted_at timestamptz
);

---------------------------------------------------------------------------------- payments, by month

CREATE TABLE payments (
  id uuid PRIMARY KEY,
  source_id integer NOT NULL,
  country_iso text NOT NULL,
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  original_tiyn tiyn NOT NULL CHECK (original_tiyn > 0),
  tolerance_tiyn tiyn NOT NULL,
  status text NOT NULL DEFAULT 'pending'
    CHECK (status IN ('pending', 'processing', 'paid', 'partially_paid', 'cancelled', 'failed')),
  status_detail text,
  cancel_reason text CHECK (cancel_reason IN ('requested', 'expired')),
  failure_reason text,
  description text,
  customer_phone text,
  customer_email text,
  customer_name text,
  preselected_method integer,
  webhook_url text,
  -- Kept as the text it was sent as: the order of its keys is the source's.
  metadata json NOT NULL DEFAULT '{}',
  external_id text,
  chosen_method text,
  chosen_mode text CHECK (chosen_mode IN ('none', 'markup', 'gross_up')),
  chosen_rate_bp integer,
  chosen_step_tiyn tiyn,
  paid_tiyn tiyn NOT NULL DEFAULT 0,
  credited_tiyn tiyn NOT NULL DEFAULT 0,
  overpaid_tiyn tiyn NOT NULL DEFAULT 0,
  forgiven_tiyn tiyn NOT NULL DEFAULT 0,
  paid_at timestamptz,
  late boolean NOT NULL DEFAULT false,
  qr_text text,
  qr_url text,
  qr_expires_at timestamptz,
  sequence integer NOT NULL DEFAULT 0,
  told text,
  -- Counts the changes; each has the line of payment_history with the same number.
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  -- I7: paid exactly when the credits reach the original but for the tolerance.
  CONSTRAINT payments_paid_by_credits CHECK (
    (paid_at IS NOT NULL)
      = (credited_tiyn > 0 AND credited_tiyn >= original_tiyn - tolerance_tiyn)),
  CONSTRAINT payments_paid_status CHECK ((status = 'paid') = (paid_at IS NOT NULL)),
  CONSTRAINT payments_cancelled_status CHECK ((status = 'cancelled') = (cancel_reason IS NOT NULL)),
  CONSTRAINT payments_credits_bounded CHECK (credited_tiyn <= original_tiyn),
  CONSTRAINT payments_gross_covers CHECK (credited_tiyn + overpaid_tiyn <= paid_tiyn),
  CONSTRAINT payments_chosen_whole CHECK (
    num_nulls(chosen_method, chosen_mode, chosen_rate_bp, chosen_step_tiyn) IN (0, 4)),
  CONSTRAINT payments_qr_whole CHECK (num_nulls(qr_text, qr_url, qr_expires_at) IN (0, 3))
) PARTITION BY RANGE (id);
-- A source's payments by time: its lists and its limits (T4, T11).
CREATE INDEX payments_source ON payments (source_id, id);
-- What the sweeper of expired payments looks for, and nothing else.
CREATE INDEX payments_expiring ON payments (expires_at) WHERE status IN ('pending', 'failed');
-- What the look for idle part payments needs (S2).
CREATE INDEX payments_part_paid ON payments (updated_at) WHERE status = 'partially_paid';

CREATE TABLE payment_history (
  id uuid PRIMARY KEY,
  payment_id uuid NOT NULL,
  -- The payment's version that this line made. It orders the lines: two of them may be written in one
  -- millisecond, and a clock may be set back.
  version integer NOT NULL,
  attempt_id uuid,
  at timestamptz NOT NULL,
  what text NOT NULL,
  status_before text,
  status_after text NOT NULL,
  detail text,
  facts jsonb NOT NULL DEFAULT '{}'
) PARTITION BY RANGE (id);
CREATE INDEX payment_history_payment ON payment_history (payment_id, version);

CREATE TABLE attempts (
  id uuid PRIMARY KEY,
  payment_id uuid NOT NULL,
  terminal_id integer NOT NULL,
  -- Serial number and registration of the terminal when the attempt began (protocol, rule 7).
  device text NOT NULL,
  presence text NOT NULL CHECK (presence IN ('remote', 'in_person')),
  state text NOT NULL CHECK (state IN ('reserved', 'calling', 'live', 'unknown', 'lost', 'stray',
    'held', 'released', 'refused', 'succeeded', 'failed', 'abandoned')),
  reason text,
  phase text,
  since timestamptz,
  process_id text,
  method text NOT NULL,
  mode text NOT NULL CHECK (mode IN ('none', 'markup', 'gross_up')),
  rate_bp integer NOT NULL,
  step_tiyn tiyn NOT NULL,
  charge_tiyn tiyn NOT NULL CHECK (charge_tiyn > 0),
  original_tiyn tiyn NOT NULL CHECK (original_tiyn > 0),
  rates jsonb NOT NULL,
  qr_text text,
  qr_url text,
  qr_expires_at timestamptz,
  stop_requested boolean NOT NULL DEFAULT false,
  holds_terminal boolean NOT NULL DEFAULT true,
  lost_at timestamptz,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  -- When it stopped being open; null while it is.
  ended_at timestamptz,
  CONSTRAINT attempts_qr_whole CHECK (num_nulls(qr_text, qr_url, qr_expires_at) IN (0, 3))
) PARTITION BY RANGE (id);
CREATE INDEX attempts_payment ON attempts (payment_id, id);

CREATE TABLE postings (
  id uuid PRIMARY KEY,
  set_id uuid NOT NULL,
  set_kind text NOT NULL CHECK (set_kind IN ('capture', 'forgiven', 'provider_fee')),
  payment_id uuid NOT NULL,
  attempt_id uuid,
  account text NOT NULL CHECK (account IN ('customer', 'source_credit', 'commission_charged',
    'rounding', 'forgiven', 'overpaid', 'refunded', 'provider_fee_expected', 'provider_receivable')),
  tiyn bigint NOT NULL CHECK (tiyn <> 0 AND tiyn BETWEEN -9007199254740991 AND 9007199254740991),
  at timestamptz NOT NULL
) PARTITION BY RANGE (id);
CREATE INDEX postings_payment ON postings (payment_id, id);

CREATE TABLE deliveries (
  id uuid PRIMARY KEY,
  payment_id uuid NOT NULL,
  source_id integer NOT NULL,
  event text NOT NULL,
  sequence integer NOT NULL,
  url text NOT NULL,
  -- Scheme, host and path of the URL: the receiver that is switched off when it only fails (W4).
  endpoint text NOT NULL,
  -- The exact text that is signed and sent on every try (W2).
  body text NOT NULL,
  state text NOT NULL
    CHECK (state IN ('held', 'waiting', 'delivered', 'parked', 'superseded')),
  tries integer NOT NULL DEFAULT 0,
  next_at timestamptz,
  last_http_status integer,
  last_reason text,
  created_at timestamptz NOT NULL,
  delivered_at timestamptz,
  CONSTRAINT deliveries_waiting_has_time CHECK ((state = 'waiting') = (next_at IS NOT NULL))
) PARTITION BY RANGE (id);
CREATE INDEX deliveries_due ON deliveries (next_at) WHERE state = 'waiting';
CREATE INDEX deliveries_payment ON deliveries (payment_id, id);

-- Creates the partitions of the months from `first` on. Its bounds are month starts in UTC. The
-- centre's own role may call it without owning the tables. A partition is made beside its parent and
-- attached: CREATE TABLE … PARTITION OF would keep everybody out of the parent meanwhile.
CREATE FUNCTION ensure_partitions(first date, months integer) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$
    DECLARE
      parent text;
      part text;
      starts timestamp;
    BEGIN
      PERFORM pg_advisory_xact_lock(7204117002);
      FOR n IN 0 .. months - 1 LOOP
        starts := date_trunc('month', first::timestamp) + make_interval(months => n);
        FOREACH parent IN ARRAY
          ARRAY['payments', 'payment_history', 'attempts', 'postings', 'deliveries'] LOOP
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
  $$;

------------------------------------------------------------------------------- what is never undone

CREATE FUNCTION refuse_change() RETURNS trigger
  LANGUAGE plpgsql
  AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;

CREATE TRIGGER payment_history_append_only BEFORE UPDATE OR DELETE ON payment_history
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER postings_append_only BEFORE UPDATE OR DELETE ON postings
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- M14: a set of postings is written by one statement and adds up to zero.
CREATE FUNCTION check_postings_balance() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
    BEGIN
      IF EXISTS (SELECT FROM added GROUP BY set_id HAVING sum(tiyn) <> 0) THEN
        RAISE EXCEPTION 'a set of postings does not add up to zero'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'postings_balance';
      END IF;
      RETURN NULL;
    END
  $$;
CREATE TRIGGER postings_balance AFTER INSERT ON postings
  REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION check_postings_balance();

-- I5: what was promised to a source is not rewritten, and `paid` stays.
CREATE FUNCTION check_payment_facts() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
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
  $$;
CREATE TRIGGER payments_facts BEFORE UPDATE ON payments
  FOR EACH ROW EXECUTE FUNCTION check_payment_facts();

----------------------------------------------------------------------- narrow tables, unique for ever

-- Exactly the attempts about which something is still to be learned. Free terminals are those that
-- no row here holds; there is no busy flag beside it.
CREATE TABLE open_attempts (
  attempt_id uuid PRIMARY KEY,
  payment_id uuid NOT NULL,
  terminal_id integer NOT NULL,
  holds_terminal boolean NOT NULL,
  -- At work for its payment; one that is held for a person is not (S6b).
  holds_payment boolean NOT NULL,
  state text NOT NULL,
  -- What a process id is unique in.
  device text NOT NULL,
  process_id text,
  source_id integer NOT NULL,
  lease_owner text NOT NULL,
  lease_until timestamptz NOT NULL,
  -- Counts the holders of the lease; a write of an earlier one is refused.
  fence bigint NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX open_attempts_terminal ON open_attempts (terminal_id) WHERE holds_terminal; -- I1
CREATE UNIQUE INDEX open_attempts_one_per_payment ON open_attempts (payment_id) WHERE holds_payment; -- I2
-- I8. One that is held for a person has ended on its terminal, which may count from 1 again by then.
CREATE UNIQUE INDEX open_attempts_process ON open_attempts (device, process_id)
  WHERE state <> 'held';
CREATE INDEX open_attempts_payment ON open_attempts (payment_id);
CREATE INDEX open_attempts_lease ON open_attempts (lease_until);

CREATE TABLE captures (
  attempt_id uuid PRIMARY KEY,
  payment_id uuid NOT NULL,
  source_id integer NOT NULL,
  terminal_id integer NOT NULL,
  device text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('qr', 'card', 'alaqan')),
  provider_transaction_id text,
  gross_tiyn tiyn NOT NULL CHECK (gross_tiyn > 0),
  credit_tiyn tiyn NOT NULL,
  overpaid_tiyn tiyn NOT NULL,
  used_method text,
  product_word text NOT NULL,
  rate_bp integer NOT NULL,
  late boolean NOT NULL,
  at timestamptz NOT NULL,
  CONSTRAINT captures_money_once UNIQUE (device, kind, provider_transaction_id) -- I8
);
CREATE INDEX captures_payment ON captures (payment_id);

CREATE TABLE qr_seen (
  qr_hash bytea PRIMARY KEY CHECK (octet_length(qr_hash) = 32), -- I17
  attempt_id uuid NOT NULL,
  at timestamptz NOT NULL
);

CREATE TABLE external_ids (
  source_id integer NOT NULL,
  external_id text NOT NULL,
  payment_id uuid NOT NULL,
  CONSTRAINT external_ids_once PRIMARY KEY (source_id, external_id)
);

CREATE TABLE idempotency_keys (
  source_id integer NOT NULL,
  key text NOT NULL CHECK (char_length(key) BETWEEN 1 AND 255),
  route text NOT NULL,
  target uuid,
  body_hash bytea NOT NULL,
  -- What the call has brought about: a payment or an attempt, from which the answer can be rebuilt.
  effect_id uuid,
  http_status integer,
  body text,
  -- While a call is at work on it; in the past when that call is gone.
  busy_until timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (source_id, key)
);
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);

------------------------------------------------------------------------------------ queue and desks

CREATE TABLE queue_tickets (
  payment_id uuid PRIMARY KEY,
  source_id integer NOT NULL,
  enqueued_at timestamptz NOT NULL,
  -- The round of the queue that it was given when it joined.
  turn integer NOT NULL,
  last_seen_at timestamptz NOT NULL,
  granted_until timestamptz
);

CREATE TABLE webhook_endpoints (
  source_id integer NOT NULL,
  -- Scheme, host and path: one receiver of one source (W4).
  endpoint text NOT NULL,
  failing_since timestamptz,
  warned_at timestamptz,
  switched_off_at timestamptz,
  PRIMARY KEY (source_id, endpoint)
);

-- What a person has to look at.
CREATE TABLE tasks (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  payment_id uuid,
  attempt_id uuid,
  terminal_id integer,
  source_id integer,
  facts jsonb NOT NULL DEFAULT '{}',
  opened_at timestamptz NOT NULL,
  closed_at timestamptz
);
CREATE INDEX tasks_open ON tasks (opened_at) WHERE closed_at IS NULL;
CREATE INDEX tasks_payment ON tasks (payment_id);

-- Differences between the books and the devices that nothing has explained yet (I4).
CREATE TABLE reconciliation (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('lost_start')),
  payment_id uuid NOT NULL,
  attempt_id uuid NOT NULL UNIQUE,
  terminal_id integer NOT NULL,
  opened_at timestamptz NOT NULL,
  closed_at timestamptz
);

-- What runs once in all is leased here.
CREATE TABLE leases (
  name text PRIMARY KEY,
  owner text NOT NULL,
  until timestamptz NOT NULL
);

SELECT ensure_partitions((date_trunc('month', centre_now() AT TIME ZONE 'UTC') - interval '1 month')::date, 5);
