-- What staff are warned of: one row for one trouble from its beginning to its end, who has read of it, and
-- the messages about it. Nothing here changes a payment.

CREATE TABLE alerts (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('terminal_offline', 'terminal_suspended', 'terminal_quarantined',
    'terminal_needs_mending', 'result_unknown', 'endpoint_failing', 'sms_balance_low',
    'reconciliation_gap', 'unusual_sum')),
  -- Names the trouble within its kind.
  key text NOT NULL CHECK (char_length(key) BETWEEN 1 AND 2200),
  severity text NOT NULL CHECK (severity IN ('warning', 'critical')),
  -- Where it belongs (L4); a country that is null is the whole centre's.
  country_iso text,
  payment_system text,
  source_id integer,
  terminal_id integer,
  payment_id uuid,
  -- Names and numbers for the sentence.
  facts jsonb NOT NULL DEFAULT '{}',
  opened_at timestamptz NOT NULL DEFAULT centre_now(),
  last_seen_at timestamptz NOT NULL DEFAULT centre_now(),
  reminded_at timestamptz,
  ended_at timestamptz
);
-- One trouble is one alert, however many instances find it at once.
CREATE UNIQUE INDEX alerts_open_once ON alerts (kind, key) WHERE ended_at IS NULL;
CREATE INDEX alerts_ended ON alerts (ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE alert_reads (
  alert_id integer NOT NULL REFERENCES alerts ON DELETE CASCADE,
  admin_id integer NOT NULL REFERENCES admins,
  read_at timestamptz NOT NULL DEFAULT centre_now(),
  PRIMARY KEY (alert_id, admin_id)
);

-- Rules that staff changed; the others are as they come.
CREATE TABLE alert_rules (
  kind text PRIMARY KEY,
  is_on boolean NOT NULL,
  severity text NOT NULL CHECK (severity IN ('warning', 'critical')),
  after_seconds integer NOT NULL CHECK (after_seconds BETWEEN 0 AND 2592000),
  threshold integer CHECK (threshold BETWEEN 0 AND 1000000000)
);

CREATE TABLE alert_settings (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  -- Minutes since local midnight; null where there are no quiet hours.
  quiet_from integer CHECK (quiet_from BETWEEN 0 AND 1439),
  quiet_to integer CHECK (quiet_to BETWEEN 0 AND 1439),
  remind_after_minutes integer CHECK (remind_after_minutes BETWEEN 1 AND 10080),
  CONSTRAINT alert_settings_quiet_whole CHECK (num_nulls(quiet_from, quiet_to) IN (0, 2))
);
INSERT INTO alert_settings (quiet_from, quiet_to, remind_after_minutes) VALUES (1320, 480, 60);

-- Who is told besides the bell: a person or a role by SMS, a chat by Telegram.
CREATE TABLE alert_recipients (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  channel text NOT NULL CHECK (channel IN ('sms', 'telegram')),
  admin_id integer REFERENCES admins,
  role text CHECK (role IN ('super_admin', 'country_admin', 'accountant', 'cashier', 'developer')),
  chat_id text CHECK (chat_id ~ '^(-?[0-9]{1,20}|@[A-Za-z0-9_]{5,32})$'),
  -- Nothing less grave is sent.
  severity text NOT NULL DEFAULT 'warning' CHECK (severity IN ('warning', 'critical')),
  CONSTRAINT alert_recipients_whole CHECK (CASE channel
    WHEN 'sms' THEN num_nonnulls(admin_id, role) = 1 AND chat_id IS NULL
    -- A chat sees what its person may see, or everything where it is nobody's.
    ELSE chat_id IS NOT NULL AND role IS NULL END),
  CONSTRAINT alert_recipients_once UNIQUE NULLS NOT DISTINCT (channel, admin_id, role, chat_id)
);

-- Messages on their way to a messenger; SMS have an outbox of their own.
CREATE TABLE alert_messages (
  id uuid PRIMARY KEY DEFAULT new_id(),
  alert_id integer NOT NULL REFERENCES alerts ON DELETE CASCADE,
  news text NOT NULL CHECK (news IN ('opened', 'still', 'ended')),
  channel text NOT NULL CHECK (channel IN ('telegram')),
  address text NOT NULL,
  text text NOT NULL CHECK (char_length(text) <= 1000),
  state text NOT NULL DEFAULT 'waiting'
    CHECK (state IN ('waiting', 'sent', 'refused', 'given_up', 'superseded')),
  tries integer NOT NULL DEFAULT 0 CHECK (tries >= 0),
  -- While it is being sent, when another may take it up.
  next_at timestamptz,
  fault text,
  created_at timestamptz NOT NULL DEFAULT centre_now(),
  ended_at timestamptz,
  CONSTRAINT alert_messages_once UNIQUE (alert_id, news, channel, address),
  CONSTRAINT alert_messages_waiting CHECK ((state = 'waiting') = (next_at IS NOT NULL))
);
CREATE INDEX alert_messages_due ON alert_messages (next_at) WHERE state = 'waiting';

ALTER TABLE texts
  DROP CONSTRAINT texts_kind_check,
  ADD CONSTRAINT texts_kind_check CHECK (kind IN ('login_code', 'alert')),
  ADD COLUMN alert_id integer,
  ADD COLUMN alert_news text CHECK (alert_news IN ('opened', 'still', 'ended')),
  ADD CONSTRAINT texts_alert_whole
    CHECK (num_nulls(alert_id, alert_news) = CASE kind WHEN 'alert' THEN 0 ELSE 2 END);
CREATE UNIQUE INDEX texts_alert_once ON texts (alert_id, alert_news, admin_id)
  WHERE alert_id IS NOT NULL;

-- What 99 of 100 payments of a source stay under, of its last ones; looked up anew now and then.
CREATE TABLE usual_sums (
  source_id integer PRIMARY KEY,
  p99_tiyn tiyn NOT NULL,
  payments integer NOT NULL,
  measured_at timestamptz NOT NULL DEFAULT centre_now()
);

-- What the SMS gateway said of the account last.
CREATE TABLE sms_balance (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  amount numeric NOT NULL,
  currency text,
  measured_at timestamptz NOT NULL DEFAULT centre_now()
);
