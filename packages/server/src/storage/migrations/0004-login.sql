-- Logging in: codes by SMS, the limits of asking for them, the texts on their way, second factors.

-- One row for each number that a code was asked for, whether it is an admin's or not: the table must not
-- tell. Numbers and codes are kept as HMACs under keys of the centre.
CREATE TABLE login_phones (
  phone_key bytea PRIMARY KEY CHECK (octet_length(phone_key) = 32),
  -- Null once it was used.
  code_hash bytea CHECK (octet_length(code_hash) = 32),
  code_expires_at timestamptz NOT NULL,
  tries_left integer NOT NULL CHECK (tries_left >= 0),
  sent_at timestamptz NOT NULL,
  -- A day begins with the first code after the day before it.
  day_began_at timestamptz NOT NULL,
  day_sends integer NOT NULL CHECK (day_sends >= 0),
  day_tries integer NOT NULL CHECK (day_tries >= 0)
);
CREATE INDEX login_phones_sent ON login_phones (sent_at);

-- How often something was done in a window that began with the first time. `used` stops one above the
-- limit, so that a flood makes no number grow.
CREATE TABLE login_budgets (
  key text PRIMARY KEY CHECK (char_length(key) <= 100),
  began_at timestamptz NOT NULL,
  used integer NOT NULL CHECK (used > 0)
);
CREATE INDEX login_budgets_began ON login_budgets (began_at);

-- SMS on their way and what became of them. Number and text are sealed, and gone once it has ended.
CREATE TABLE texts (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('login_code')),
  admin_id integer NOT NULL REFERENCES admins,
  sealed_to bytea,
  sealed_text bytea,
  masked_to text NOT NULL CHECK (char_length(masked_to) <= 40),
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN (
    'waiting', 'sending', 'accepted', 'refused', 'unknown', 'given_up', 'expired', 'superseded')),
  tries integer NOT NULL DEFAULT 0 CHECK (tries >= 0),
  next_at timestamptz,
  -- While it is being sent; a process that dies leaves it like this.
  sending_since timestamptz,
  provider text,
  provider_id text CHECK (char_length(provider_id) <= 64),
  fault text,
  provider_word text CHECK (char_length(provider_word) <= 200),
  created_at timestamptz NOT NULL DEFAULT centre_now(),
  expires_at timestamptz NOT NULL,
  ended_at timestamptz,
  CONSTRAINT texts_waiting_has_time CHECK ((state = 'waiting') = (next_at IS NOT NULL)),
  CONSTRAINT texts_sending_since CHECK ((state = 'sending') = (sending_since IS NOT NULL)),
  CONSTRAINT texts_ended CHECK ((state IN ('waiting', 'sending')) = (ended_at IS NULL)),
  CONSTRAINT texts_forgotten CHECK (
    num_nulls(sealed_to, sealed_text) = CASE WHEN ended_at IS NULL THEN 0 ELSE 2 END)
);
CREATE INDEX texts_open ON texts (next_at) WHERE ended_at IS NULL;
CREATE INDEX texts_faults ON texts (id) WHERE fault IS NOT NULL;

----------------------------------------------------------------------------------------- second factor

-- The secret of an authenticator app, sealed. Until `confirmed_at` it was only shown.
CREATE TABLE admin_totp (
  admin_id integer PRIMARY KEY REFERENCES admins,
  secret bytea NOT NULL,
  started_at timestamptz NOT NULL DEFAULT centre_now(),
  confirmed_at timestamptz,
  -- The last time step whose code was taken: neither it nor an earlier one is taken again.
  last_step bigint,
  CONSTRAINT admin_totp_confirmed CHECK ((confirmed_at IS NULL) = (last_step IS NULL))
);

CREATE TABLE admin_recovery_codes (
  admin_id integer NOT NULL REFERENCES admins,
  code_hash bytea NOT NULL CHECK (octet_length(code_hash) = 32),
  used_at timestamptz,
  PRIMARY KEY (admin_id, code_hash)
);

-- Whom a super admin obliges to have one; everybody where the setting says so.
ALTER TABLE admins ADD COLUMN second_factor_obligatory boolean NOT NULL DEFAULT false;
CREATE TABLE login_settings (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  second_factor_obligatory boolean NOT NULL DEFAULT false
);
INSERT INTO login_settings DEFAULT VALUES;
